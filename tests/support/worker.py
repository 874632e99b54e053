"""A process that admits members and gives out, after each, its receipt. Run by tests.

A line for each: the entry, the member, the receipt in base64.

Arguments: the organisation's folder, a word for its idempotency keys, how many, how many threads.
"""

import base64
import sys
import threading
from pathlib import Path

from quorate.cli.opening import open_organisation


def main() -> None:
    folder, word, number, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    lane = open_organisation(Path(folder))
    from quorate.store.handing_in import hand_in
    from quorate.store.leaves import Leaves
    from quorate.store.receipts import receipt_for
    from quorate.store.recorded import Recorded
    from quorate.store.rows import new_pseudonym

    out, leaves = threading.Lock(), Leaves()

    def admit(first: int) -> None:
        for count in range(first, number, threads):
            fields = {
                "member": new_pseudonym(),
                "branch": "NG",
                "person": {"name": f"{word} {count}", "email": f"{word}{count}@example.org"},
            }
            answer = lane.submit(
                hand_in("membership.admit", fields, "founder", key=f"{word}{count}")
            )
            assert isinstance(answer, Recorded), answer
            receipt = receipt_for(
                lane.place, lane.standing.state, leaves, answer.sequence, own=True
            )
            with out:
                shown = base64.b64encode(receipt.encode()).decode()
                print(answer.sequence, fields["member"], shown, flush=True)

    running = [threading.Thread(target=admit, args=(first,)) for first in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


main()
