"""What the demo lends to whoever plays in it is put into its folder."""

from __future__ import annotations

from pathlib import Path

from quorate.ballots import trustee_file
from quorate.demo.telling import Telling
from quorate.demo.trustees import register
from quorate.web.accounts import lent
from quorate.web.secret.steps import purpose


def lend(telling: Telling, folder: Path) -> None:
    """The trustees' files, and the keys that are still to be voted with, in the order of seats."""
    of = purpose(telling.state, register(telling))
    files = {side: trustee_file.write(of, seed) for side, seed in telling.seeds.items()}
    seats = telling.state.delegates.assemblies[1].seats
    holders = [seat.holder for _, seat in sorted(seats.items())]
    own = telling.credentials
    lent.lend(folder, {one: own[one] for one in holders if one is not None and one in own}, files)
