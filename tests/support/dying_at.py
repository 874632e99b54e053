"""A keeper that admits members, has each entry cosigned and gives out its receipt, and is killed
(kill -9) at a named step, once it has given out two. Run by tests.

A line for each: the entry, the member, the receipt in base64.

Arguments: the organisation's folder, a step of STEPS or "-" for none, words for its idempotency
keys. The same word hands in the same acts again.
"""

from __future__ import annotations

import base64
import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

from support.steps import STEPS

NUMBER = 5
"""So many acts belong to a word."""

AFTER_GIVING = 2

SIGNAL = signal.Signals[os.environ.get("DYING_BY", "SIGKILL")]
"""SIGSTOP makes of it a server that is cut off at that step, and does not know."""


class Killing:
    """Kills this process when the step is come to and enough receipts are given out."""

    def __init__(self, step: str) -> None:
        self.given = 0
        if step == "-":
            return
        where = STEPS[step]
        module, _, path = where.name.partition(":")
        *owners, name = path.split(".")
        owner = reduce(getattr, owners, import_module(module))
        setattr(owner, name, self.wrapped(getattr(owner, name), before=where.before))

    def wrapped(self, called: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
        def instead(*given: Any, **named: Any) -> Any:
            if before:
                self.now()
            done = called(*given, **named)
            self.now()
            return done

        return instead

    def now(self) -> None:
        if self.given >= AFTER_GIVING:
            os.kill(os.getpid(), SIGNAL)


def pseudonym(word: str, number: int) -> str:
    drawn = hashlib.sha256(f"{word} {number}".encode()).digest()[:10]
    return "m-" + base64.b32encode(drawn).decode().lower()


def main() -> None:
    from quorate.cli.opening import open_organisation

    folder, step, *words = sys.argv[1:]
    lane = open_organisation(Path(folder))
    from quorate.store import checkpoints, receipts, witnessing
    from quorate.store.handing_in import hand_in
    from quorate.store.recorded import Recorded

    killing, leaves = Killing(step), receipts.Leaves()
    lane.now()
    for word in words:
        for number in range(NUMBER):
            fields = {
                "member": pseudonym(word, number),
                "branch": "NG",
                "person": {"name": f"{word} {number}", "email": f"{word}{number}@example.org"},
            }
            answer = lane.submit(
                hand_in("membership.admit", fields, "founder", key=f"{word}{number}")
            )
            assert isinstance(answer, Recorded), answer
            last = checkpoints.latest()
            assert last is not None
            # Later than a process that was killed may have kept the witness to itself.
            now = time.time_ns() // 1_000_000 + answer.sequence * 2 * witnessing.LEASE
            for one in lane.standing.state.witnesses.now.values():
                witnessing.ask_one(one, last, leaves, now)
            receipt = receipts.receipt_for(
                lane.place, lane.standing.state, leaves, answer.sequence, own=True
            )
            shown = base64.b64encode(receipt.encode()).decode()
            print(answer.sequence, fields["member"], shown, flush=True)
            killing.given += 1


if __name__ == "__main__":
    main()
