"""The keeper has the server, and wants another result of a secret ballot; or a voter wants a second
vote. The record is one that the rules allow, as a server records it that checks nothing beside it;
then it is exported, signed, and checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots import ballot, box, choices, tally, writing
from quorate.ballots.ballot import read_ballot
from quorate.ballots.door import Admitted, NotAdmitted
from quorate.ballots.elections import fingerprint, read_election
from quorate.ballots.register import GROUP
from quorate.chapters.calendar import Deadline
from quorate.chapters.secret import contents
from quorate.chapters.secret.boxes import end_of
from quorate.chapters.state import State
from quorate.record import folder, promise
from quorate.record.report import Report
from quorate.record.verify import verify
from support.boxes import Boxes, tallied
from support.caught import RECEIPT, VERIFY, caught_by
from support.exported import ORIGIN, SIGNING, VERIFIER, exported
from support.pure import Pure
from support.secret_poll import Poll, voting
from support.somewhere import copy_of
from support.year import delegates

CROSSES = {"bodies.steering-committee__count": '"plurality-at-large/1"'}
OWN = 5
"""The secret of the keeper's own key."""


@pytest.fixture(scope="module")
def begun() -> Poll:
    """Voting is open, one batch is in, and another ballot waits. Two have no key."""
    made = voting(without=2, batch_minutes="3", **CROSSES)
    for place, member in enumerate(delegates(made.small)[:8]):
        made.cast(member, place % 3 + 1)
    made.small.pure.go_to(made.election.opens + 3 * 60_000)
    made.small.pure.let_fall_due()
    made.cast(delegates(made.small)[8], 2)
    return made


@pytest.fixture
def poll(begun: Poll) -> Poll:
    """A copy of it, to go on with."""
    return Poll(copy_of(begun.small), begun.own, begun.number)


def pure(poll: Poll) -> Pure:
    return poll.small.pure


def finished(poll: Poll) -> None:
    """It is closed if it was not, opened by two, and its result is stated."""
    if poll.box.closed is None:
        poll.close()
    poll.papers_over()
    poll.decrypt(1)
    poll.decrypt(2)
    poll.state()


def checked(poll: Poll, path: Path) -> Report:
    return verify(folder.open_export(exported(pure(poll), path / "out")), VERIFIER)


def findings(poll: Poll, path: Path) -> list[str]:
    report = checked(poll, path)
    assert not report.sound, "the attack was not found"
    return [finding.what for finding in report.findings]


def inside(poll: Poll) -> list[bytes]:
    return pure(poll).boxes.inside[poll.number]


def changed_entry(poll: Poll, act: str, last: bool = False, **fields: Any) -> int:
    """The first entry of this act, or the last, with these fields in the place of its own."""
    every = pure(poll).entries
    places = [n for n, (_, done) in enumerate(every) if type(done).__name__ == act]
    place = places[-1 if last else 0]
    every[place] = (every[place][0], replace(every[place][1], **fields))
    return place


def test_nothing_done_to_it_is_sound(poll: Poll, tmp_path: Path) -> None:
    finished(poll)
    report = checked(poll, tmp_path)
    assert report.sound, report.findings
    assert report.boxes == 1


@caught_by(RECEIPT)
def test_a_ballot_is_dropped_after_its_promise(poll: Poll, tmp_path: Path) -> None:
    """Before it was in the box: the record does not know of it, and its voter can prove it."""
    data = poll.ballot(delegates(poll.small)[9], 1)
    given = promise.Promise(ORIGIN, poll.number, box_hash(data), poll.election.opens + 6 * 60_000)
    note = promise.sign(given, SIGNING)
    finished(poll)
    report = checked(poll, tmp_path)
    assert report.sound
    content = folder.archive(folder.open_export(tmp_path / "out"), poll.number)
    broken = promise.broken(promise.read(note, [VERIFIER]), report.state, content)
    assert broken is not None
    assert "is not among the 9 that were in it then" in broken


@caught_by(RECEIPT)
@pytest.mark.parametrize("due", [1, 10**15 - 1], ids=["a little later", "for ever"])
def test_a_ballot_is_promised_for_after_the_close_and_dropped(
    poll: Poll, tmp_path: Path, due: int
) -> None:
    """Such a promise would never be due: once the box is closed it counts as broken."""
    data = poll.ballot(delegates(poll.small)[9], 1)
    time = poll.election.closes + due if due == 1 else due
    given = promise.Promise(ORIGIN, poll.number, box_hash(data), time)
    note = promise.sign(given, SIGNING)
    finished(poll)
    report = checked(poll, tmp_path)
    content = folder.archive(folder.open_export(tmp_path / "out"), poll.number)
    broken = promise.broken(promise.read(note, [VERIFIER]), report.state, content)
    assert broken is not None
    assert "is not among the 9 that were in it then" in broken


def box_hash(data: bytes) -> str:
    return sha256(data).hexdigest()


@caught_by(VERIFY)
def test_a_ballot_is_dropped_from_the_box(poll: Poll, tmp_path: Path) -> None:
    finished(poll)
    del inside(poll)[3]
    found = findings(poll, tmp_path)
    assert any("it was changed afterwards" in one for one in found)
    assert any("holds 8 ballots, and 9 by the record" in one for one in found)


def by_nobody(poll: Poll) -> bytes:
    """A ballot that is signed by the keeper's own key."""
    asked = poll.asked
    votes = choices.of_marks(asked.questions[0], [1])  # type: ignore[arg-type]
    made = ballot.cast(poll.key, asked, poll.box.phi, OWN, [votes])
    return ballot.write_ballot(asked, made)


@caught_by(VERIFY)
def test_the_administrator_adds_a_ballot(poll: Poll, tmp_path: Path) -> None:
    """By a key that is on no roll, with a head that fits."""
    data = by_nobody(poll)
    assert kept_out(poll, data) == "roll"
    assert "its credential is not on the roll" in let_in(poll, data, tmp_path)


def kept_out(poll: Poll, data: bytes) -> str:
    """Which question an honest server's door keeps it out for."""
    with pytest.raises(NotAdmitted) as outside:
        poll.door.admit(data, (), lambda _: 0)
    return outside.value.kind


def let_in(poll: Poll, data: bytes, path: Path) -> str:
    """What is found where the keeper lets it in all the same."""
    key = GROUP.write(read_ballot(poll.asked, data).credential)
    pure(poll).boxes.waiting[poll.number].append(Admitted(data, key, fingerprint(data)))
    poll.close()
    return " ".join(findings(poll, path))


@caught_by(VERIFY)
def test_a_batch_is_put_into_another_order(poll: Poll, tmp_path: Path) -> None:
    """So that another of a voter's ballots counts."""
    finished(poll)
    inside(poll)[0], inside(poll)[1] = inside(poll)[1], inside(poll)[0]
    assert any("it was changed afterwards" in one for one in findings(poll, tmp_path))


@caught_by(VERIFY)
def test_the_record_states_a_head_of_another_box(poll: Poll, tmp_path: Path) -> None:
    finished(poll)
    place = changed_entry(poll, "BoxGrew", head="ab" * 32)
    report = checked(poll, tmp_path)
    assert [one.entry for one in report.findings] == [place]
    assert "is not the one that it names, with 8 ballots" in report.findings[0].what


@caught_by(VERIFY)
def test_another_election_is_put_into_the_setup(poll: Poll, tmp_path: Path) -> None:
    place = changed_entry(poll, "BoxOpened", head="ab" * 32)
    (found, *_) = checked(poll, tmp_path).findings
    assert found.entry == place
    assert "not the box that follows from the record" in found.what


class Earlier(Boxes):
    """A box that the keeper closes with less in it than the record says."""

    def states(self, state: State, due: Deadline) -> dict[str, Any]:
        if due.act != "secret.box_closed":
            return super().states(state, due)
        self.waiting.pop(due.of, None)
        first = state.secret.boxes[due.of]
        before = replace(first, heads=first.heads[:1])
        kept = self.inside[due.of] = self.inside[due.of][:6]
        made, counted = tallied(read_election(first.asked.encode()), kept)
        said = contents.closed(before, [box_hash(one) for one in kept], made, counted)
        self.tallies[said["tally"]] = made
        return said | {"ballots": first.heads[-1].ballots}


@caught_by(VERIFY)
def test_voting_is_ended_earlier_than_the_record_says(poll: Poll, tmp_path: Path) -> None:
    """EndBallots comes after six ballots, of which the tally is."""
    boxes = pure(poll).boxes
    pure(poll).boxes = Earlier(boxes.waiting, boxes.inside, boxes.tallies)
    finished(poll)
    found = findings(poll, tmp_path)
    assert any("is not the one that it names, with 9 ballots" in one for one in found)
    assert any("holds 6 ballots, and 9 by the record" in one for one in found)


@caught_by(VERIFY)
def test_a_vote_is_added_after_the_close(poll: Poll, tmp_path: Path) -> None:
    late = poll.ballot(delegates(poll.small)[9], 3)
    finished(poll)
    inside(poll).append(late)
    assert any("holds 10 ballots, and 9 by the record" in one for one in findings(poll, tmp_path))


@caught_by(VERIFY)
def test_another_result_is_stated(poll: Poll, tmp_path: Path) -> None:
    finished(poll)
    assert poll.election.box is not None
    blank, first, *rest = poll.election.box.sums
    for place, (occasion, act) in enumerate(pure(poll).entries):
        if type(act).__name__ == "StateResult":
            forged = replace(act, sums=(blank, first - 1, *rest))
            pure(poll).entries[place] = (occasion, forged)
    found = findings(poll, tmp_path)
    assert any("gives another result than is stated" in one for one in found)


class OfOne(Boxes):
    """A box that the keeper closes with the tally of its first ballot alone."""

    def states(self, state: State, due: Deadline) -> dict[str, Any]:
        said = super().states(state, due)
        if due.act != "secret.box_closed":
            return said
        kept = state.secret.boxes[due.of]
        asked = read_election(kept.asked.encode())
        read = read_ballot(asked, self.inside[due.of][0])
        data = tally.write_tally(GROUP, tally.tally(asked, [tally.Weighted(1, read.answers)]))
        end = end_of(kept)
        assert kept.heads[-1].ballots == said["ballots"]
        _, end = writing.end_ballots(end)
        _, end = writing.encrypted_tally(end, data, said["counted"], said["counted"])
        self.tallies = {box_hash(data): data}
        return said | {"head": end.last, "tally": box_hash(data)}


@caught_by(VERIFY)
def test_the_record_states_another_tally(poll: Poll, tmp_path: Path) -> None:
    finished(poll)
    place = changed_entry(poll, "BoxClosed", tally="ab" * 32)
    report = checked(poll, tmp_path)
    assert place in [one.entry for one in report.findings]


@caught_by(VERIFY)
def test_the_trustees_are_given_a_tally_of_one_ballot(poll: Poll, tmp_path: Path) -> None:
    """To read how one voter voted. Trustees' own programs compute the tally, too."""
    boxes = pure(poll).boxes
    pure(poll).boxes = OfOne(boxes.waiting, boxes.inside)
    poll.close()
    found = findings(poll, tmp_path)
    assert any("it is not that of the ballots" in one for one in found)


@caught_by(VERIFY)
def test_somebody_votes_with_anothers_key(poll: Poll, tmp_path: Path) -> None:
    """They know the key, which is on the roll, and not its secret."""
    mine, theirs = delegates(poll.small)[:2]
    asked, (question,) = poll.asked, poll.asked.questions
    votes = choices.of_marks(question, [3])
    made = ballot.cast(poll.key, asked, poll.box.phi, poll.own.voters[mine], [votes])
    key = GROUP.power(GROUP.g, poll.own.voters[theirs])
    taken = replace(made, credential=key)
    signed = ballot.signed(GROUP, poll.own.voters[mine], taken)
    data = ballot.write_ballot(asked, signed)
    assert kept_out(poll, data) == "signature"
    assert "its signature does not hold" in let_in(poll, data, tmp_path)


@caught_by(VERIFY)
def test_somebody_copies_anothers_ballot(poll: Poll, tmp_path: Path) -> None:
    """Signed anew with their own key: the proofs are bound to the other's."""
    mine, theirs = delegates(poll.small)[:2]
    read = read_ballot(poll.asked, poll.ballot(theirs, 1))
    own = replace(read, credential=GROUP.power(GROUP.g, poll.own.voters[mine]))
    signed = ballot.signed(GROUP, poll.own.voters[mine], own)
    data = ballot.write_ballot(poll.asked, signed)
    assert kept_out(poll, data) == "proofs"
    assert "question 1" in let_in(poll, data, tmp_path)


@caught_by(VERIFY)
def test_somebody_votes_by_key_and_on_paper(poll: Poll, tmp_path: Path) -> None:
    """There are no more papers than voters who claimed no key, whoever enters them."""
    poll.close()
    teller, other = poll.small.holders("credentials-committee")[:2]
    papers = [{"weight": 2, "ranks": [3]}]
    enter = {"election": poll.number, "papers": papers}
    pure(poll).do(teller, "elections.enter_papers", **enter)
    more = {"election": poll.number, "papers": [{"weight": 1, "ranks": [3]}]}
    refusal = pure(poll).tried(teller, "elections.enter_papers", **more)
    assert refusal is not None
    assert refusal.rule == "elections.papers_at_most"
    pure(poll).do(other, "elections.end_papers", election=poll.number, total=2)
    occasion, act = next(
        (occasion, act)
        for occasion, act in pure(poll).entries
        if type(act).__name__ == "EnterPapers"
    )
    place = pure(poll).entries.index((occasion, act))
    forged = replace(act, papers=tuple(replace(one, weight=3) for one in act.papers))
    pure(poll).entries[place] = (occasion, forged)
    assert any("could vote without a key" in one for one in findings(poll, tmp_path))


@caught_by(VERIFY)
def test_a_box_is_left_out_of_the_export(poll: Poll, tmp_path: Path) -> None:
    finished(poll)
    out = exported(pure(poll), tmp_path / "out")
    (out / "ballots" / f"election-{poll.number}.bel").unlink()
    report = verify(folder.open_export(out), VERIFIER)
    assert ["is missing from this export" in one.what for one in report.findings] == [True]


@caught_by(VERIFY)
@pytest.mark.parametrize("name", ["election-99.bel", "election-07.bel"])
def test_a_box_is_put_there_that_the_record_does_not_know(
    poll: Poll, name: str, tmp_path: Path
) -> None:
    finished(poll)
    out = exported(pure(poll), tmp_path / "out")
    content = (out / "ballots" / f"election-{poll.number}.bel").read_bytes()
    (out / "ballots" / name).write_bytes(content)
    report = verify(folder.open_export(out), VERIFIER)
    assert [one.what for one in report.findings] == [f"the record knows no ballot box {name}"]


def all_hashes(data: Iterable[bytes]) -> list[str]:
    return [box_hash(one) for one in data]


def test_batches_go_in_by_their_hashes(poll: Poll) -> None:
    first = all_hashes(inside(poll)[:8])
    assert first == sorted(first)
    assert box.uuid_of(ORIGIN, poll.number) == poll.asked.uuid
