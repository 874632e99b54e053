"""Who nominates, who stands, and when."""

from __future__ import annotations

import pytest

from support.pure import document
from support.small import Small, founded
from support.year import (
    apportioned,
    branch_elections,
    called,
    delegates_elected,
    poll,
    sitting,
)


@pytest.fixture
def small() -> Small:
    return apportioned(called(founded()))


def election_in(small: Small, branch: str) -> int:
    return next(e.number for e in branch_elections(small) if e.place == branch)


def refused(small: Small, by: str, act: str, rule: str, **fields: object) -> str:
    refusal = small.pure.tried(by, act, **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def standing(small: Small, number: int) -> list[str]:
    return [c.member for c in small.state.elections.elections[number].standing]


def test_nobody_stands_without_their_consent(small):
    number = election_in(small, "A1")
    first, second = small.members["A1"][2:4]
    small.pure.do(first, "elections.nominate", election=number, member=second)
    assert standing(small, number) == []
    small.pure.do(second, "elections.accept", election=number, yes=True)
    assert standing(small, number) == [second]
    small.pure.do(second, "elections.accept", election=number, yes=False)
    assert standing(small, number) == []


def test_who_nominates_themselves_stands(small):
    number, member = election_in(small, "A1"), small.members["A1"][2]
    small.pure.do(
        member, "elections.nominate", election=number, member=member, statement=document("me")
    )
    assert standing(small, number) == [member]


def test_nobody_puts_words_into_a_candidate_s_mouth(small):
    number = election_in(small, "A1")
    first, second = small.members["A1"][2:4]
    theirs = {"election": number, "member": second}
    because = refused(
        small,
        first,
        "elections.nominate",
        "elections.statements_by",
        statement=document("I love the bosses"),
        **theirs,
    )
    assert "candidate's own words" in because
    small.pure.do(first, "elections.nominate", **theirs)
    own = document("Nobody asked me what I love.")
    small.pure.do(second, "elections.accept", election=number, yes=True, statement=own)
    (candidate,) = small.state.elections.elections[number].candidates
    assert (candidate.nominated_by, candidate.statement) == (first, own)


def test_under_a_rule_that_lets_them_a_nominator_writes_it():
    small = apportioned(called(founded(statements_by='"anyone"')))
    number = election_in(small, "A1")
    first, second = small.members["A1"][2:4]
    words = document("She would never say so herself.")
    fields = {"election": number, "member": second, "statement": words}
    small.pure.do(first, "elections.nominate", **fields)
    assert small.state.elections.elections[number].candidates[0].statement == words


def test_nobody_is_nominated_twice_nor_accepts_for_another(small):
    number = election_in(small, "A1")
    first, second = small.members["A1"][2:4]
    small.pure.do(first, "elections.nominate", election=number, member=second)
    rule = "delegates.nominations_open"
    refused(small, first, "elections.nominate", rule, election=number, member=second)
    refused(small, first, "elections.accept", rule, election=number, yes=True)


def test_organisers_do_not_nominate_delegates(small):
    organiser = small.holder("regional-organiser", "A")
    branch = small.state.membership.members[organiser].branch
    refused(
        small,
        organiser,
        "elections.nominate",
        "delegates.may_not_nominate.0",
        election=election_in(small, branch),
        member=small.members[branch][-1],
    )


def test_in_a_closed_slate_organisation_organisers_do(small):
    closed = apportioned(called(founded("closed-slate")))
    organiser = closed.holder("regional-organiser", "A")
    branch = closed.state.membership.members[organiser].branch
    closed.pure.do(
        organiser,
        "elections.nominate",
        election=election_in(closed, branch),
        member=closed.members[branch][-1],
    )


def test_only_members_of_the_branch_nominate_and_stand(small):
    number = election_in(small, "A1")
    own, other = small.members["A1"][2], small.members["A2"][2]
    refused(small, other, "elections.nominate", "delegates.count", election=number, member=own)
    refused(small, own, "elections.nominate", "delegates.count", election=number, member=other)


def test_who_has_left_neither_nominates_nor_accepts(small):
    number, member = election_in(small, "A1"), small.members["A1"][2]
    small.pure.do(small.members["A1"][3], "elections.nominate", election=number, member=member)
    small.pure.do(member, "membership.resign")
    refused(small, member, "elections.accept", "membership.admission", election=number, yes=True)
    refused(
        small,
        member,
        "elections.nominate",
        "membership.admission",
        election=number,
        member=member,
    )


def test_nominations_have_their_time():
    small = called(founded())
    small.pure.go_to(small.state.floor.conventions[1].dates.roll_final)
    member = small.members["A1"][2]
    number = election_in(small, "A1")
    rule = "delegates.nominations_open"
    refused(small, member, "elections.nominate", rule, election=number, member=member)
    small.pure.go_to(small.state.floor.conventions[1].dates.nominations_open)
    small.pure.do(member, "elections.nominate", election=number, member=member)
    small.pure.go_to(small.state.floor.conventions[1].dates.election_opens)
    late = small.members["A1"][3]
    refused(small, late, "elections.nominate", rule, election=number, member=late)
    refused(small, member, "elections.accept", rule, election=number, yes=False)


def test_there_is_no_such_election(small):
    refused(
        small,
        small.members["A1"][2],
        "elections.nominate",
        "record.subject",
        election=99,
        member=small.members["A1"][2],
    )


def test_at_the_convention_only_delegates_nominate():
    small = sitting(delegates_elected(founded()))
    election = poll(small, "steering-committee")
    nobody = small.members["A1"][-1]
    refused(
        small,
        nobody,
        "elections.nominate",
        "bodies.steering-committee",
        election=election.number,
        member=nobody,
    )
    nominated_by = small.state.delegates.assemblies[1].seats["A1-1"].holder
    small.pure.do(nominated_by, "elections.nominate", election=election.number, member=nobody)
