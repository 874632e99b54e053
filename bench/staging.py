"""Stages a convention with an open vote in a new organisation's folder, for the lane's bench.

    python -m bench.staging DIR SEATS [POSTGRESQL]

The year is told in memory and its entries are put into the database; whoever serves it replays and
checks them. Prints each delegate's pseudonym with a token for the API.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench import organisation
from quorate.chapters.calendar import DAY
from quorate.cli.opening import set_up
from quorate.record import checkpoint, keeper, tree
from quorate.store.place import make_place
from support.pure import Pure
from support.year import delegates, opened_vote


def main() -> None:
    folder, seats, database = Path(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:])
    place = make_place(folder, organisation.ORIGIN, database=database)
    set_up(folder)
    from django.core.management import call_command

    from quorate.store.models import Checkpoint, RecordEntry
    from quorate.store.record_keys import signing
    from quorate.web.api.tokens import make_token

    call_command("migrate", verbosity=0)
    opens = time.time_ns() // 1_000_000 - DAY
    year = organisation.sitting_convention(
        Pure(opens - 150 * DAY), members=5_000, seats=seats, proposals=1, ballots=2_000
    )
    opened_vote(year.small, 1)
    lines = list(organisation.written(year))
    RecordEntry.objects.bulk_create(
        (RecordEntry(sequence=n, data=line) for n, line in enumerate(lines)), batch_size=500
    )
    root = tree.levels([tree.leaf_hash(line) for line in lines]).root_of(0, len(lines))
    point = checkpoint.Checkpoint(place.origin, len(lines), root)
    Checkpoint.objects.create(
        size=len(lines), note=keeper.sign(point, signing(place, place.verifier_keys)[:1], 1)
    )
    for member in delegates(year.small):
        print(member, make_token(member, "bench"))


main()
