"""Appending in groups: the write lane with groups of admissions, each group committed with fsync,
beside putting the same bytes into a bare table of the same database in the same groups; then the
tree over what was appended, and its tiles. Prints lines for the table, parted by tabs.

    python -m bench.appending DIR [POSTGRESQL]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from quorate.cli.opening import set_up
from quorate.record import tiles
from quorate.record.tree import leaf_hash, levels
from quorate.rulebook.reading import preset
from quorate.store.place import Place, make_place
from support.pure import pseudonym

ORIGIN = "bench.record"
GROUPS, GROUP = 40, 500
"""So many groups of so many acts: a group of the lane is 500 at most."""


def main() -> None:
    folder, database = Path(sys.argv[1]), "".join(sys.argv[2:])
    place = make_place(folder, ORIGIN, database=database)
    set_up(folder)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    where = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    measured(place, where)


def measured(place: Place, where: str) -> None:
    """Group by group in turns, so that whatever else the machine does meets both alike."""
    from django.db import connection, transaction

    from quorate.store import entries
    from quorate.store.asking import put
    from quorate.store.handing_in import HandedIn, hand_in
    from quorate.store.lane import Lane

    lane = Lane(place)
    founding = {"origin": ORIGIN, "rules_text": preset("open-convention")}
    for act, fields in (
        ("founding.adopt", founding),
        ("membership.open_region", {"code": "R", "name": "Region"}),
        ("membership.open_branch", {"code": "B", "name": "Branch", "region": "R"}),
    ):
        lane.submit(hand_in(act, fields, "founder"))
    with connection.cursor() as cursor:
        kind = "BYTEA" if connection.vendor == "postgresql" else "BLOB"
        cursor.execute(f"CREATE TABLE bench_bare (sequence BIGINT PRIMARY KEY, data {kind})")
    # The lane has grown its own tree by the time it answers: here the same is done again, apart.
    grown = levels([leaf_hash(data) for _, data in entries.between(0)])
    ours, bare, tree = [], [], []
    for group in range(GROUPS):
        acts: list[HandedIn] = [
            hand_in(
                "membership.admit",
                {
                    "member": pseudonym(n),
                    "branch": "B",
                    "person": {"name": f"Member {n}", "email": f"m{n}@example.org"},
                },
                "founder",
            )
            for n in range(group * GROUP, (group + 1) * GROUP)
        ]
        before = lane.standing.state.size
        start = time.perf_counter()
        lane.submit_all(acts)
        ours.append(time.perf_counter() - start)
        rows = list(entries.between(before))
        start = time.perf_counter()
        with transaction.atomic():
            put("bench_bare (sequence, data)", rows)
        bare.append(time.perf_counter() - start)
        size = lane.standing.state.size
        start = time.perf_counter()
        for _, data in rows:
            grown.append(leaf_hash(data))
        for tile in tiles.tiles_of(size):
            if tile.level or tile.start + tile.width > before:
                tiles.hashes(grown, tile)
        tree.append(time.perf_counter() - start)
    lap, row, tiled = median(ours), median(bare), median(tree)
    print(
        f"entries appended in groups of {GROUP}, fsync, {where}\t{GROUP / lap:,.0f}/s\t"
        f"bare rows in the same groups: {GROUP / row:,.0f}/s\t{row / lap:.2f}"
    )
    print(
        f"integrated into the tree and its tiles, {where}\t{GROUP / tiled:,.0f}/s\t"
        f"appended: {GROUP / lap:,.0f}/s\t{lap / tiled:.1f}"
    )


main()
