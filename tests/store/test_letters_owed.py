"""Whom each entry owes a letter: whoever must act in time, or was acted upon; nobody else."""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.delegates.seating import next_alternate
from quorate.store.letters_owed import OWED
from support.bulletin import appeal, contribution, days_before, judge, open_bulletin, refuse, revise
from support.device import device
from support.pure import document
from support.small import Small, founded
from support.year import (
    apportioned,
    assembly,
    branch_elections,
    called,
    convention,
    delegates_elected,
    hand_in,
)

COMMITTEE = "credentials-committee"


def owed(small: Small, later: int = 0) -> list[str]:
    """The members to whom the last entry owes a letter that, so many ms later, still tells them
    something."""
    occasion, act = small.pure.entries[-1]
    of = OWED[organisation.clause_of(act).name]
    to = of.to(small.state, act, occasion)
    return sorted(m for m in to if of.still(small.state, act, m, small.pure.time + later))


@pytest.fixture
def small() -> Small:
    """Proposal 1 of a member of A1 is refused, 130 days before."""
    small = open_bulletin()
    small.pure.go_to(days_before(small, 130))
    refuse(small, hand_in(small, small.members["A1"][5]))
    return small


def test_the_author_of_a_refused_text(small: Small) -> None:
    assert owed(small) == [contribution(small, 1).author]
    entries = list(small.pure.entries)
    appeal(small, 1)
    small.pure.entries[:] = entries
    assert owed(small) == [], "who has appealed knows of the refusal"


def test_those_who_judge_an_appeal_and_then_the_author(small: Small) -> None:
    appeal(small, 1)
    judges = small.holders(COMMITTEE)
    assert owed(small) == sorted(judges)
    majority = len(judges) // 2 + 1
    for judging in judges[: majority - 1]:
        judge(small, 1, judging, "upheld")
        assert owed(small) == [], "nothing is decided yet"
    judge(small, 1, judges[majority - 1], "upheld")
    assert owed(small) == [contribution(small, 1).author]


def test_the_author_whose_appeal_nobody_decided(small: Small) -> None:
    appeal(small, 1)
    refusal = contribution(small, 1).refusal
    assert refusal is not None
    assert refusal.appeal is not None
    small.pure.go_to(refusal.appeal.due)
    while organisation.clause_of(small.pure.entries[-1][1]).name != "bulletin.uphold_appeal":
        small.pure.entries.pop()
    assert owed(small) == [contribution(small, 1).author]


def test_each_of_two_appeals_about_one_text_has_letters_of_its_own() -> None:
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    later = revise(small, number, "the second version")
    refuse(small, number, version=first)
    refuse(small, number, version=later)
    refused = small.pure.entries[-1]
    appeal(small, number, first)
    judges = small.holders(COMMITTEE)
    assert owed(small) == sorted(judges)
    appealed = small.pure.entries[-1]
    small.pure.entries.append(refused)
    assert owed(small) == [contribution(small, number).author], "the other can still be appealed"
    small.pure.entries.pop()
    appeal(small, number, later)
    for judging in judges[: len(judges) // 2 + 1]:
        judge(small, number, judging, "upheld", later)
    assert owed(small) == [contribution(small, number).author]
    small.pure.entries.append(appealed)
    assert owed(small) == sorted(judges), "the first is not judged yet"


def test_those_who_judge_a_challenge_and_whom_it_is_about() -> None:
    small = called(founded())
    small.pure.go_to(convention(small).dates.roll_cut_off + DAY)
    about, by = small.members["A1"][5], small.members["B1"][-1]
    fields = {"branch": "A1", "about": "not-a-member", "reason": document("why")}
    small.pure.do(by, "membership.challenge_roll", member=about, **fields)
    judges = small.holders(convention(small).rules.membership.challenges_decided_by)
    assert owed(small) == sorted([*judges, about])


def test_whoever_is_nominated_by_another_until_they_answer() -> None:
    small = apportioned(called(founded()))
    election = branch_elections(small)[0]
    by, other = [m for m in small.members[election.place] if m in election.voters][-2:]
    small.pure.do(by, "elections.nominate", election=election.number, member=by)
    assert owed(small) == []
    small.pure.do(by, "elections.nominate", election=election.number, member=other)
    assert owed(small) == [other]
    assert owed(small, later=election.opens) == [], "the poll is open, and nobody can answer"


def test_the_next_alternate_of_a_branch_whose_delegate_gives_way() -> None:
    small = delegates_elected(founded())
    seat = next(s for s in assembly(small).seats.values() if s.branch == "A1" and s.holder)
    small.pure.do(seat.holder or "", "delegates.give_way")
    following = next_alternate(small.state, assembly(small), "A1")
    assert following is not None
    assert owed(small) == [following]


def test_whoever_is_suspended_once_it_is_decided() -> None:
    small = founded()
    member = small.members["A1"][-1]
    judges = small.holders(small.state.rules.membership.suspended_by)
    written = []
    for suspending in judges[: len(judges) // 2 + 1]:
        fields = {"member": member, "reason": document("why")}
        small.pure.do(suspending, "membership.suspend", **fields)
        written.append(owed(small))
    assert written == [[]] * (len(written) - 1) + [[member]]


def test_whoever_is_to_be_suspended_as_soon_as_it_is_decided() -> None:
    small = founded(suspension_after="14")
    member = small.members["A1"][-1]
    *others, deciding = small.holders(small.state.rules.membership.suspended_by)[:3]
    for suspending in (*others, deciding):
        fields = {"member": member, "reason": document("why")}
        small.pure.do(suspending, "membership.suspend", **fields)
    assert small.state.membership.members[member].standing == "good"
    assert owed(small) == [member]


def test_whoever_is_to_be_recalled() -> None:
    small = founded()
    secretary = small.holder("branch-secretary", "A1")
    fields = {"office": "branch-secretary", "place": "A1", "member": secretary}
    other = next(m for m in small.members["A1"] if m != secretary)
    small.pure.do(other, "offices.demand_recall", **fields, reason=document("why"))
    assert owed(small) == [secretary]


def test_the_branch_that_is_asked_but_those_only_who_said_they_may_be(small: Small) -> None:
    small.pure.do(small.members["B1"][2], "membership.be_reachable", yes=True)
    number = hand_in(small, small.members["A1"][6])
    author = contribution(small, number).author
    small.pure.do(author, "proposals.ask", proposal=number, branch="B1")
    assert owed(small) == [small.members["B1"][2]]


def test_whoever_a_device_is_to_sign_for() -> None:
    small = founded()
    one, colleague = small.members["A1"][5:7]
    small.pure.do(colleague, "devices.add", public=device(1).public)
    assert owed(small) == [colleague]
    small.pure.go_to(small.pure.time + small.state.rules.signing.wait_hours * HOUR)
    small.pure.do(one, "devices.add", public=device(2).public)
    fields = {"member": one, "public": device(2).public}
    assert small.pure.tried_signed(device(1), colleague, "devices.vouch", **fields) is None
    assert owed(small) == [one]
    small.pure.do(one, "devices.end", public=device(2).public)
    assert owed(small) == sorted([one, colleague])  # it did not count yet


def test_whoever_is_said_to_have_vouched_without_a_signature() -> None:
    small = founded()
    one, *others = small.members["A1"][5:9]
    small.pure.do(one, "devices.add", public=device(1).public)
    small.pure.go_to(small.pure.time + small.state.rules.signing.wait_hours * HOUR)
    small.pure.do(one, "devices.add", public=device(2).public)
    for other in others:
        small.pure.do(other, "devices.vouch", member=one, public=device(2).public)
        assert owed(small) == sorted([one, other])
    assert small.pure.tried_signed(device(1), one, "devices.end", public=device(2).public) is None
    assert owed(small) == sorted([one, *others])
