"""Signing a checkpoint with both keys, beside with Ed25519 alone; and what of the time of a group
of one act, and of ten, is signing. Prints lines for the table, parted by tabs.

    python -m bench.signing DIR
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from quorate.cli.opening import set_up
from quorate.record import keeper
from quorate.record.checkpoint import Checkpoint
from quorate.rulebook.reading import preset
from quorate.store import record_keys
from quorate.store.place import make_place

if TYPE_CHECKING:
    from quorate.store.lane import Lane

ORIGIN = "bench.record"
GROUPS = 300


def main() -> None:
    place = make_place(Path(sys.argv[1]), ORIGIN)
    set_up(place.folder)
    from django.core.management import call_command

    from quorate.store.handing_in import hand_in
    from quorate.store.lane import Lane

    call_command("migrate", verbosity=0)
    lane = Lane(place)
    fields = {"origin": ORIGIN, "rules_text": preset("open-convention")}
    lane.submit(hand_in("founding.adopt", {**fields, "keys": list(place.verifier_keys)}, "founder"))
    both = record_keys.signing(place, place.verifier_keys)
    point = Checkpoint(ORIGIN, 1_000_000, bytes(32))
    for size in (1, 10):
        groups, two, one = [], [], []
        for number in range(GROUPS):  # in turns, so that whatever else the machine does meets all
            groups.append(_group(lane, number, size))
            start = time.perf_counter()
            keeper.sign(point, both, 1)
            two.append(time.perf_counter() - start)
            start = time.perf_counter()
            keeper.sign(point, both[:1], 1)
            one.append(time.perf_counter() - start)
        group, signed, alone = median(groups), median(two), median(one)
        if size == 1:
            print(
                f"a checkpoint signed with both keys\t{signed * 1e3:.2f} ms\t"
                f"with Ed25519 alone: {alone * 1e3:.2f} ms\t{signed / alone:.1f}"
            )
        print(
            f"a group of {size}, fsync, SQLite\t{group * 1e3:.2f} ms\t"
            f"the second signature: {(signed - alone) * 1e3:.2f} ms\t{(signed - alone) / group:.2f}"
        )


def _group(lane: Lane, number: int, size: int) -> float:
    """Seconds that recording so many acts together takes."""
    from quorate.store.handing_in import hand_in

    codes = (f"{size}X{number}Y{place}" for place in range(size))
    fields = ({"code": code, "name": code} for code in codes)
    acts = [hand_in("membership.open_region", one, "founder") for one in fields]
    start = time.perf_counter()
    lane.submit_all(acts)
    return time.perf_counter() - start


main()
