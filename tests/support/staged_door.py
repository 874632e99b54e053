"""The door of a ballot box in a real database, as ``staged_box`` leaves it. Run by tests, each step
in a process of its own: python staged_door.py FOLDER STEP BALLOTS, a file of a ballot a line. Says
one JSON object.

    promised    each ballot is cast, its promise said, and the process killed
    twice       each ballot is cast from four connections at once
    full        while no proof is checked, so many ballots come that the door is full
    wrong       each ballot is cast with a proof that does not hold, and then as it is
    lost        the process that checks the proofs dies between two ballots, and during one
    between     each ballot comes twice, and the first is let in after a batch that was due when the
                second came; says the promises of both, and what the box held at each head
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.staged import staged
from support.stored import Told


@dataclass(frozen=True)
class Answer:
    """``after``: when to come again, seconds; "" if nothing is said of it."""

    status: int
    text: str
    after: str


@dataclass(frozen=True)
class Door:
    """The server's, over the API."""

    number: int
    ready: list[bytes]

    def cast(self, data: bytes) -> Answer:
        from django.db import connection
        from django.test import Client

        browser = Client(headers={"Host": "localhost"}, enforce_csrf_checks=True)
        answer = browser.post(f"/api/ballots/{self.number}", data, content_type="application/json")
        connection.close()
        return Answer(
            answer.status_code, answer.content.decode(), answer.headers.get("Retry-After", "")
        )

    def cast_at_once(self, ballots: Sequence[bytes]) -> list[Answer]:
        with ThreadPoolExecutor(len(ballots)) as threads:
            return list(threads.map(self.cast, ballots))


def door(folder: Path, ballots: Path) -> Door:
    stored = staged(folder)
    from quorate.web import lane as web_lane

    web_lane.lane().clock = Told(stored.time)
    (box,) = stored.state.secret.boxes.values()
    return Door(box.election, ballots.read_bytes().splitlines())


def promised(door: Door) -> dict[str, Any]:
    print(json.dumps([door.cast(data).text for data in door.ready]), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def twice(door: Door) -> dict[str, Any]:
    """Ballots of one key two at once: a third is told to come again."""
    every = []
    for data in door.ready:
        answers = door.cast_at_once([data] * 4)
        every.append([_again(door, data, answer) for answer in answers])
    return {"promises": every}


def _again(door: Door, data: bytes, answer: Answer) -> str:
    while answer.status == 503:
        assert answer.after == "1"
        answer = door.cast(data)
    assert answer.status == 200, answer
    return answer.text


def full(door: Door) -> dict[str, Any]:
    from quorate.store import at_the_door, casting
    from quorate.web import lane as web_lane

    go_on, check = threading.Event(), casting._CHECKERS.fault

    def waits(election: bytes, data: bytes) -> str | None:
        assert go_on.wait(60)
        return check(election, data)

    casting._CHECKERS.fault = waits  # type: ignore[method-assign]
    room = at_the_door.ROOM
    inside: list[Answer] = []
    threads = [
        threading.Thread(target=lambda data=data: inside.append(door.cast(data)))
        for data in door.ready[:room]
    ]
    for thread in threads:
        thread.start()
    _until(lambda: casting._AT_THE_DOOR._inside == room)
    outside = [door.cast(data) for data in door.ready[room:]]
    noise = [door.cast(data) for data in (b"", b"{}", b"[" * 10_000, os.urandom(5_000))]
    began = time.monotonic()
    for _ in range(300):
        assert door.cast(b'{"election_uuid":"x"}').status == 409
    standing = web_lane.lane().now()
    acted = _act(door)
    meanwhile = time.monotonic() - began
    still = len(inside)
    go_on.set()
    for thread in threads:
        thread.join()
    later = [
        _again(door, data, answer) for data, answer in zip(door.ready[room:], outside, strict=True)
    ]
    return {
        "outside": [(one.status, one.after) for one in outside],
        "noise": [one.status for one in noise],
        "still": still,
        "acted": acted,
        "meanwhile": meanwhile,
        "size": standing.state.size,
        "inside": [one.status for one in inside],
        "later": len(later),
    }


def _act(door: Door) -> int:
    """The entry of an act that is recorded meanwhile."""
    from quorate.chapters.clause import Refusal
    from quorate.store.handing_in import hand_in
    from quorate.web import lane as web_lane

    lane = web_lane.lane()
    seats = lane.now().state.delegates.assemblies[1].seats.values()
    answer = lane.submit(
        hand_in("floor.leave", {}, next(seat.holder for seat in seats if seat.holder))
    )
    assert not isinstance(answer, Refusal), answer
    return answer.sequence


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def wrong(door: Door) -> dict[str, Any]:
    """Not signed anew: that is for who holds the key; here the signature is found out first."""
    said = []
    for data in door.ready:
        read = json.loads(data)
        read["signature"]["proof"]["response"] = "1"
        unsigned = door.cast(json.dumps(read, separators=(",", ":"), ensure_ascii=False).encode())
        said.append((unsigned.status, json.loads(unsigned.text)["kind"], door.cast(data).status))
    return {"said": said}


def lost(door: Door) -> dict[str, Any]:
    from quorate.store import casting
    from quorate.store.proof_checkers import Checkers

    casting._CHECKERS = checkers = Checkers(1)
    first, second, third = door.ready[:3]
    answers = [door.cast(first)]
    process = checkers._idle.get()
    assert process is not None
    process._running.kill()
    process._running.wait()
    checkers._idle.put(process)
    answers.append(door.cast(second))
    process = checkers._idle.get()
    assert process is not None
    process._running.send_signal(signal.SIGSTOP)
    checkers._idle.put(process)
    threading.Timer(0.5, process._running.kill).start()
    answers.append(door.cast(third))
    answers.append(door.cast(third))
    return {"answers": [(one.status, one.after) for one in answers]}


def between(door: Door) -> dict[str, Any]:
    from quorate.store import casting
    from quorate.web import lane as web_lane

    lane, come_in = web_lane.lane(), casting._AT_THE_DOOR.one
    every = []

    def late(key: Any) -> Any:
        """The other one gets there first, and meanwhile the batch goes in."""
        casting._AT_THE_DOOR.one = come_in  # type: ignore[method-assign]
        box = lane.now().state.secret.boxes[door.number]
        every_ms = box.rules.batch_minutes * 60_000
        lane.clock.time = box.opened + ((lane.clock.now(0) - box.opened) // every_ms + 1) * every_ms  # type: ignore[attr-defined]
        lane.let_fall_due()
        every.append(door.cast(data).text)
        return come_in(key)

    for data in door.ready:
        casting._AT_THE_DOOR.one = late  # type: ignore[method-assign]
        every.append(door.cast(data).text)
    box = lane.now().state.secret.boxes[door.number]
    return {"promises": every, "heads": [(head.ballots, head.time) for head in box.heads]}


STEPS: dict[str, Callable[[Door], dict[str, Any]]] = {
    "promised": promised,
    "twice": twice,
    "full": full,
    "wrong": wrong,
    "lost": lost,
    "between": between,
}


if __name__ == "__main__":
    folder, step, ballots = sys.argv[1:]
    print(json.dumps(STEPS[step](door(Path(folder), Path(ballots)))))
