"""What the demo lends to whoever plays in it: voting keys of delegates, and trustees' files. In any
other organisation only their owners have them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from quorate.chapters.state import State
from quorate.web import names
from quorate.web.lane import lane
from quorate.web.secret import invitations

KEYS = "voting-keys.json"
TRUSTEES = "trustees"
"""In the demo's folder: each delegate's code by their pseudonym; a file for each side."""

_SHOWN = 3


class Voter(NamedTuple):
    """``code``: of their voting key."""

    member: str
    code: str


class Trustee(NamedTuple):
    """``file``: where theirs lies in the demo's folder. ``address``: of their page, where they have
    no account."""

    who: str
    side: str
    file: str
    address: str


def lend(folder: Path, codes: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    """Puts them there. ``codes``: by member. ``files``: by side."""
    (folder / KEYS).write_text(json.dumps(codes, indent=1), "utf-8")
    (folder / TRUSTEES).mkdir()
    for side, data in files.items():
        (folder / TRUSTEES / f"{side}.json").write_bytes(data)


def voters(state: State) -> list[Voter]:
    """Some delegates whose keys are lent, while they are of use."""
    path = lane().place.folder / KEYS
    if not path.exists():
        return []
    codes = json.loads(path.read_text("utf-8"))
    found = [Voter(*one) for one in codes.items() if one[0] in state.membership.members][:_SHOWN]
    names.remember(state, [one.member for one in found])
    return found


def trustees(state: State) -> list[Trustee]:
    """The trustees whose files are lent."""
    folder = lane().place.folder
    found = [
        Trustee(
            one.who,
            one.side,
            f"{TRUSTEES}/{one.side}.json",
            invitations.path_of(number, one.side) if one.way == "outside" else "",
        )
        for number, register in sorted(state.secret.registers.items())
        for one in register.trustees
        if (folder / TRUSTEES / f"{one.side}.json").exists() and one.who
    ]
    names.remember(state, [one.who for one in found])
    return found
