"""The write lane with 16 clients, beside a bare insert of one row on the same database: prints
lines for the table, parted by tabs."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from pathlib import Path

from quorate.cli.opening import set_up
from quorate.rulebook.reading import preset
from quorate.store.place import make_place

CLIENTS, EACH = 16, 60


def main() -> None:
    folder = Path(sys.argv[1]) / "lane"
    place = make_place(folder, "lane.record")
    set_up(folder)
    from django.core.management import call_command
    from django.db import connection, transaction

    from quorate.store.handing_in import hand_in
    from quorate.store.lane import Lane
    from quorate.store.models import Answered
    from quorate.store.rows import new_pseudonym

    call_command("migrate", verbosity=0)
    lane = Lane(place)
    lane.submit_all(
        [
            hand_in(
                "founding.adopt",
                {"origin": "lane.record", "rules_text": preset("open-convention")},
                "founder",
            ),
            hand_in("membership.open_region", {"code": "R", "name": "Region"}, "founder"),
            hand_in(
                "membership.open_branch", {"code": "B", "name": "Branch", "region": "R"}, "founder"
            ),
        ]
    )

    def admit(client: int, count: int) -> None:
        fields = {"member": new_pseudonym(), "branch": "B", "person": {"name": f"{client} {count}"}}
        lane.submit(hand_in("membership.admit", fields, "founder"))

    def insert(client: int, count: int) -> None:
        with transaction.atomic():
            Answered.objects.create(by=f"{client}", key=f"{count}", request="x", sequence=count)

    def clients(work) -> tuple[float, list[float]]:
        waits: list[float] = []

        def run(client: int) -> None:
            for count in range(EACH):
                start = time.perf_counter()
                work(client, count)
                waits.append(time.perf_counter() - start)
            connection.close()

        threads = [threading.Thread(target=run, args=(client,)) for client in range(CLIENTS)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return CLIENTS * EACH / (time.perf_counter() - start), waits

    rate, waits = clients(admit)
    bare, bare_waits = clients(insert)
    waits.sort()
    bare_waits.sort()
    worst = waits[int(0.99 * len(waits))] * 1000
    bare_worst = bare_waits[int(0.99 * len(bare_waits))] * 1000
    print(
        f"acts recorded, {CLIENTS} clients, SQLite\t{rate:,.0f}/s, p99 {worst:.0f} ms, "
        f"median {1000 * statistics.median(waits):.0f} ms\t"
        f"bare insert: {bare:,.0f}/s, p99 {bare_worst:.0f} ms\t{rate / bare:.2f}"
    )


main()
