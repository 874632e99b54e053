"""Acts that wait in the write lane while a deadline passes. Run by tests; prints one JSON object.

Argument: the folder of the demo in the middle of its year. Two acts are handed in a moment before
the bulletin closes, while somebody else has the lane; it is left a moment after.
"""

import json
import sys
import threading
import time
from pathlib import Path

from quorate.cli.opening import open_organisation


def main() -> None:
    lane = open_organisation(Path(sys.argv[1]))
    from quorate.chapters.dates import current
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store.handing_in import hand_in
    from quorate.store.models import Document

    clock = StoryClock(lane.now().state.time)
    lane.clock = clock
    state = lane.now().state
    convention = current(state)
    assert convention is not None
    closes = convention.dates.bulletin_closes
    Telling(lane, clock).go_to(closes - 1)
    member = sorted(state.membership.branches["NG"].members)[3]
    reachable = state.membership.members[member].reachable

    def text(title: str) -> dict[str, object]:
        return {"kind": "perspective", "text": {"title": title, "text": "A text."}}

    in_time = lane.submit(hand_in("bulletin.hand_in", text("In time"), member))
    documents = Document.objects.count()
    waiting = {
        "refused": hand_in("bulletin.hand_in", text("Waits"), member, key="waits"),
        "counted": hand_in("membership.be_reachable", {"yes": not reachable}, member),
    }
    answers = {}

    def submit(name: str) -> None:
        answers[name] = lane.submit(waiting[name])

    threads = [threading.Thread(target=submit, args=(name,)) for name in waiting]
    with lane._alone():
        for thread in threads:
            thread.start()
        while len(lane._queue) < len(waiting):
            time.sleep(0.01)
        clock.time = closes
    for thread in threads:
        thread.join()
    counted = answers["counted"]
    print(
        json.dumps(
            {
                "closes": closes,
                "in_time": in_time.sequence,
                "rule": answers["refused"].rule,
                "because": answers["refused"].because,
                "counted": counted.sequence,
                "counted_at": counted.time,
                "new_texts": Document.objects.count() - documents,
                "again": lane.submit(waiting["refused"]).rule,
            }
        )
    )


main()
