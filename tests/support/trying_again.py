"""A process that admits members and gives out receipts; where the database fails it does the same
again under the same key, on a new connection. Run by tests.

A line for each: the entry, the member, the receipt in base64; "FAILED" for each failure, with what
the database said. After each line it waits for one of its standard input, if it is to.

Arguments: the organisation's folder, a word for its idempotency keys, how many, "waits" or "runs".
"""

from __future__ import annotations

import base64
import sys
import time
from pathlib import Path

from support.dying_at import pseudonym


def main() -> None:
    from quorate.cli.opening import open_organisation

    folder, word, number, how = sys.argv[1:]
    lane = open_organisation(Path(folder))
    from django.db import DatabaseError, connection

    from quorate.store.handing_in import hand_in
    from quorate.store.leaves import Leaves
    from quorate.store.receipts import receipt_for
    from quorate.store.recorded import Recorded

    leaves = Leaves()

    def admit(count: int) -> str:
        fields = {
            "member": pseudonym(word, count),
            "branch": "NG",
            "person": {"name": f"{word} {count}", "email": f"{word}{count}@example.org"},
        }
        answer = lane.submit(hand_in("membership.admit", fields, "founder", key=f"{word}{count}"))
        assert isinstance(answer, Recorded), answer
        receipt = receipt_for(lane.place, lane.standing.state, leaves, answer.sequence, own=True)
        shown = base64.b64encode(receipt.encode()).decode()
        return f"{answer.sequence} {fields['member']} {shown}"

    count = 0
    while count < int(number):
        try:
            print(admit(count), flush=True)
            count += 1
        except DatabaseError as error:
            connection.close()
            print("FAILED", " ".join(str(error).split()), flush=True)
            time.sleep(0.05)
        if how == "waits":
            sys.stdin.readline()


if __name__ == "__main__":
    main()
