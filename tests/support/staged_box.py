"""Elections by secret ballot in a real database. Run by tests, each step in a process of its own:
python staged_box.py FOLDER STEP [MORE …]. Says one JSON object.

    held KIND [DATABASE]   a whole election, of "marks" or "ranks": twelve seats, one of which votes
                           on paper, eleven voters, one of whom votes twice, two of three trustees;
                           what was tried on the way → why not; the promises
    branch [DATABASE]      a whole election of a branch's secretary: sixteen members, of whom
                           fourteen have claimed a key, and two vote on paper
    anew [DATABASE]        too few ballots come, and the poll is held again: they come to that box
    open [DATABASE]        voting is open, and one batch is in the box; two ballots wait; of ten
                           voters two ballots each are ready to be cast
    batch                  the next batch falls due
    dying STEP             the same, killed at this step
    anyone URL …           what the API shows anybody at these addresses
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quorate.ballots.door import Door, NotAdmitted
from quorate.chapters.calendar import MINUTE
from quorate.chapters.clause import Refusal
from support import secret_place
from support.secret_poll import Poll, called, rolled_convention
from support.secret_year import trustees
from support.staged import made, staged
from support.stored import Stored, Told
from support.year import delegates

CROSSES = {"bodies.steering-committee__count": '"plurality-at-large/1"'}


class Outside(Exception):
    """What the API says where no ballot can be cast."""


@dataclass
class StoredBoxes:
    """The store's boxes, as ``support.boxes`` has them. ``promises``: in the order of casting."""

    stored: Stored
    promises: list[str]

    def cast(self, election: int, door: Door, data: bytes) -> None:
        """Over the API, as anybody's program does it, without session and token."""
        from django.test import Client

        from quorate.web import lane as web_lane

        web_lane.lane().clock = self.stored.lane.clock
        self.stored.lane.clock.time = self.stored.time
        browser = Client(headers={"Host": "localhost"}, enforce_csrf_checks=True)
        answer = browser.post(f"/api/ballots/{election}", data, content_type="application/json")
        if answer.status_code == 409:
            raise NotAdmitted(answer.json()["kind"], answer.json()["error"])
        if answer.status_code != 200:
            raise Outside(answer.json()["error"])
        assert not answer.cookies
        self.promises.append(answer.content.decode())
        self.stored.state = self.stored.lane.now().state

    @property
    def tallies(self) -> StoredBoxes:
        return self

    def __getitem__(self, hash: str) -> bytes:
        from quorate.store.ballot_files import there

        data = there(hash)
        assert data is not None
        return data


def voting(folder: Path, database: str, **changed: str) -> Poll:
    made(folder, database)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    poll = called(*rolled_convention(1, stored, **changed))
    stored.go_to(poll.election.opens)
    stored.let_fall_due()
    return poll


def held(folder: Path, kind: str, database: str = "") -> dict[str, Any]:
    from quorate.store import tallying

    poll = voting(folder, database, batch_minutes="3", **(CROSSES if kind == "marks" else {}))
    stored, said = poll.small.pure, {}
    members = delegates(poll.small)[:11]
    cast = [poll.cast(member, place % 4 + 1, 5) for place, member in enumerate(members)]
    tallying.catch_up(poll.box)  # as a thread of the server does, and more comes after it
    poll.cast(members[0], 2)
    said["again"] = _tried(poll, cast[0])
    said["twisted"] = _tried(poll, cast[1].replace(b'"response":"', b'"response":"9999', 1))
    stored.go_to(poll.election.opens + 3 * MINUTE)
    stored.let_fall_due()
    said["in the box"] = _tried(poll, cast[2])
    late = poll.ballot(members[3], 1)
    poll.close()
    said["late"] = _tried(poll, late)
    said["papers"] = _papers(poll)
    if kind == "ranks":
        said["wrong shuffle"] = _wrong_shuffle(poll)
        poll.shuffle(1)
        poll.shuffle(2)
    said["wrong key"] = _refused(poll, 3, "secret.decrypt_box", poll.decrypted(3, by=2))
    poll.decrypt(3)
    poll.decrypt(1)
    said |= _results(poll)
    result = poll.election.result
    assert result is not None
    return {
        "said": said,
        "promises": poll.small.pure.boxes.promises,
        "elected": list(result.elected),
        "number": poll.number,
        "ballots": [head.ballots for head in poll.box.heads],
    }


def anew(folder: Path, database: str = "") -> dict[str, Any]:
    poll = voting(folder, database, batch_minutes="3")
    members = delegates(poll.small)[:3]
    cast = [poll.cast(member, 1) for member in members[:2]]
    poll.small.pure.go_to(poll.election.closes)
    poll.small.pure.let_fall_due()
    again = poll.election.anew
    assert again is not None
    old, number = poll.number, again
    poll = Poll(poll.small, poll.own, number)
    said = [_tried(poll, data) for data in cast]
    at_the_old = Poll(poll.small, poll.own, old)
    return {
        "said": said,
        "promised again": _tried(at_the_old, cast[0]),
        "late": _tried(at_the_old, at_the_old.ballot(members[2], 2)),
        "promises": poll.small.pure.boxes.promises[:2],
        "new": _tried(poll, poll.ballot(members[0], 2)),
        "number": number,
    }


def branch(folder: Path, database: str = "") -> dict[str, Any]:
    made(folder, database)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    poll = secret_place.voting(secret_place.in_places(stored, batch_minutes="720"), claims=14)
    members = poll.small.members[secret_place.BRANCH]
    for place, member in enumerate(members[:14]):
        poll.cast(member, place % 3 + 1)
    poll.close()
    said = {"papers": _papers(poll, 2)}
    poll.decrypt(2)
    poll.decrypt(3)
    poll.state()
    result = poll.election.result
    assert result is not None
    return {
        "said": said,
        "promises": poll.small.pure.boxes.promises,
        "elected": list(result.elected),
        "secretary": poll.small.holders(secret_place.SECRETARY, secret_place.BRANCH),
        "number": poll.number,
        "ballots": [head.ballots for head in poll.box.heads],
    }


def _tried(poll: Poll, data: bytes) -> str:
    try:
        poll.small.pure.boxes.cast(poll.number, poll.door, data)
    except NotAdmitted as error:
        return error.kind
    except Outside as error:
        return str(error)
    return poll.small.pure.boxes.promises[-1]


def _papers(poll: Poll, count: int = 1) -> str:
    teller, other = poll.small.holders("credentials-committee")[:2]
    papers = [{"weight": count, "ranks": [2, 1] if count == 1 else [2]}]
    poll.small.pure.do(teller, "elections.enter_papers", election=poll.number, papers=papers)
    why = poll.small.pure.tried(
        teller, "elections.enter_papers", election=poll.number, papers=papers
    )
    poll.small.pure.do(other, "elections.end_papers", election=poll.number, total=count)
    return why.rule if why is not None else ""


def _wrong_shuffle(poll: Poll) -> str:
    """One that drops a ballot, signed."""
    from quorate.ballots import box, register
    from quorate.ballots.json_form import dump, parse
    from quorate.ballots.roll_of_keys import hash_of

    honest = parse(poll.made[poll.shuffled(1)["shuffle"]])
    honest["ciphertexts"][0].pop()
    data = dump(honest)
    said = box.shuffle_statement(poll.box.phi, 1, poll.box.last, hash_of(data))
    signature = register.sign(poll.own.trusted.signing(1), said)
    fields = {
        "election": poll.number,
        "before": poll.box.last,
        "shuffle": poll.small.pure.beside(data),
        "signature": register.write_signature(signature).decode(),
    }
    return _refused(poll, 1, "secret.shuffle_box", fields)


def _refused(poll: Poll, owner: int, act: str, fields: dict[str, Any]) -> str:
    why = poll.small.pure.tried(trustees(poll.small)[owner - 1], act, **fields)
    return why.because if isinstance(why, Refusal) else ""


def _results(poll: Poll) -> dict[str, str]:
    by, fields = poll.small.members["C2"][-1], poll.result()
    if "sums" in fields:
        first, second, *rest = fields["sums"]
        wrong = fields | {"sums": [first, second - 1, *rest]}
    else:
        weight = fields["rankings"][0]["weight"]
        first = fields["rankings"][0] | {"numbers": [0, 0, 0, 0, 0]}
        wrong = fields | {"rankings": [first | {"weight": weight}, *fields["rankings"][1:]]}
    why = poll.small.pure.tried(by, "secret.result", **wrong)
    poll.state()
    return {"another result": why.because if why is not None else ""}


def open_(folder: Path, database: str = "") -> dict[str, Any]:
    poll = voting(folder, database, batch_minutes="3")
    members = delegates(poll.small)
    for place, member in enumerate(members[:6]):
        poll.cast(member, place % 4 + 1)
    poll.small.pure.go_to(poll.election.opens + 3 * MINUTE)
    poll.small.pure.let_fall_due()
    poll.cast(members[0], 2)
    poll.cast(members[7], 2)
    ready = [poll.ballot(member, 1).decode() for member in members[1:11] for _ in range(2)]
    return {
        "ready": ready,
        "number": poll.number,
        "promises": poll.small.pure.boxes.promises,
        "next": poll.election.opens + 6 * MINUTE,
        "size": poll.small.state.size,
    }


def batch(folder: Path) -> dict[str, Any]:
    stored = staged(folder)
    (box,) = stored.state.secret.boxes.values()
    stored.go_to(box.opened + 6 * MINUTE)
    stored.let_fall_due()
    (box,) = stored.state.secret.boxes.values()
    return {"ballots": [head.ballots for head in box.heads], "size": stored.state.size}


def dying(folder: Path, step: str) -> dict[str, Any]:
    """The same, killed when the step is come to."""
    import os
    import signal
    from importlib import import_module

    stored = staged(folder)
    module, name, before = {
        "placed": ("quorate.store.ballot_boxes", "place_all", False),
        "kept": ("quorate.store.growing.Growing", "keep", False),
        "before the commit": (
            "django.db.backends.base.base.BaseDatabaseWrapper",
            "_commit",
            True,
        ),
    }[step]
    try:
        owner: Any = import_module(module)
    except ModuleNotFoundError:
        path, _, inside = module.rpartition(".")
        owner = getattr(import_module(path), inside)
    called = getattr(owner, name)

    def instead(*given: Any, **more: Any) -> Any:
        if not before:
            called(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, instead)
    (box,) = stored.state.secret.boxes.values()
    stored.go_to(box.opened + 6 * MINUTE)
    stored.let_fall_due()
    return {}


def anyone(folder: Path, *addresses: str) -> dict[str, str]:
    stored = staged(folder)
    from django.test import Client

    from quorate.web import lane as web_lane

    web_lane.lane().clock = Told(stored.time)
    browser = Client(headers={"Host": "localhost"})
    answers = {address: browser.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}, answers
    return {address: answer.getvalue().decode() for address, answer in answers.items()}


STEPS = {
    "dying": dying,
    "anyone": anyone,
    "held": held,
    "branch": branch,
    "anew": anew,
    "open": open_,
    "batch": batch,
}

if __name__ == "__main__":
    folder, step, *more = sys.argv[1:]
    print(json.dumps(STEPS[step](Path(folder), *more)))
