"""Slates: who proposes them, who has to agree, and what a vote on them does."""

from __future__ import annotations

import pytest

from support.small import Small, founded, founded_with, rules_text
from support.year import chair, delegates, delegates_elected, poll, sitting, vote_all_alike

PATH = "bodies.steering-committee"


@pytest.fixture
def small() -> Small:
    """A convention of the closed-slate organisation that elects its steering committee."""
    small = sitting(delegates_elected(founded("closed-slate", delegates="3")))
    poll(small, "steering-committee")
    return small


def number(small: Small) -> int:
    return len(small.state.elections.elections)


def propose(small: Small, by: str, members: list[str]) -> object:
    return small.pure.tried(
        by, "elections.propose_slate", election=number(small), title="Ours", members=members
    )


def consent(small: Small, slate: int, members: list[str]) -> None:
    for member in members:
        small.pure.do(member, "elections.consent", election=number(small), slate=slate, yes=True)


def counted(small: Small, ballots: dict[str, str]):
    election = small.state.elections.elections[number(small)]
    small.pure.go_to(election.opens)
    for voter, ballot in ballots.items():
        vote_all_alike(small, election.number, [voter], ballot)
    small.pure.go_to(election.closes)
    return small.state.elections.elections[election.number].result


def outgoing(small: Small) -> str:
    return small.holder("steering-committee")


def others(small: Small) -> list[str]:
    """Nine who hold no office."""
    held = {h.member for holdings in small.state.offices.now.values() for h in holdings}
    return [member for member in small.everyone if member not in held][:9]


def test_only_the_outgoing_leadership_proposes_a_slate(small):
    refusal = propose(small, delegates(small)[-1], others(small))
    outside = delegates(small)[-1] not in small.holders("steering-committee")
    assert outside
    assert refusal.rule == PATH
    assert propose(small, outgoing(small), others(small)) is None


def test_a_slate_names_a_different_member_for_each_seat(small):
    nine = others(small)
    for members in (nine[:8], [*nine[:8], nine[0]], [*nine, small.everyone[-1]]):
        assert propose(small, outgoing(small), members).rule == PATH
    small.pure.do(nine[0], "membership.resign")
    assert propose(small, outgoing(small), nine).rule == "membership.admission"


def test_nobody_consents_for_another(small):
    propose(small, outgoing(small), others(small))
    refusal = small.pure.tried(
        small.everyone[-1], "elections.consent", election=number(small), slate=1, yes=True
    )
    assert refusal.rule == PATH


def test_more_yes_than_no_elects_the_whole_slate(small):
    nine = others(small)
    propose(small, outgoing(small), nine)
    consent(small, 1, nine)
    voters = delegates(small)
    result = counted(small, {v: "1" if i < 7 else "2" for i, v in enumerate(voters[:12])})
    assert result.elected == tuple(nine)
    small.pure.do(chair(small), "floor.close")
    assert small.holders("steering-committee") == nine


@pytest.mark.parametrize("yes", [0, 5, 6])
def test_without_more_yes_than_no_the_old_ones_stay_and_another_slate_can_come(small, yes):
    nine, before = others(small), small.holders("steering-committee")
    propose(small, outgoing(small), nine)
    consent(small, 1, nine)
    voters = delegates(small)
    result = counted(small, {v: "1" if i < yes else "2" for i, v in enumerate(voters[:12])})
    assert result.elected == ()
    poll(small, "steering-committee")
    propose(small, outgoing(small), nine)
    consent(small, 1, nine)
    assert counted(small, dict.fromkeys(voters, "1")).elected == tuple(nine)
    assert small.holders("steering-committee") == before


def test_a_slate_without_everyones_consent_is_not_on_the_ballot(small):
    nine = others(small)
    propose(small, outgoing(small), nine)
    consent(small, 1, nine[:8])
    assert counted(small, dict.fromkeys(delegates(small), "1")).elected == ()


def test_consent_can_be_taken_back_until_voting_begins(small):
    nine = others(small)
    propose(small, outgoing(small), nine)
    consent(small, 1, nine)
    small.pure.do(nine[0], "elections.consent", election=number(small), slate=1, yes=False)
    assert counted(small, dict.fromkeys(delegates(small), "1")).elected == ()


def test_yes_or_no_is_to_the_last_slate_that_stands(small):
    first = others(small)
    second = [*first[1:], next(m for m in small.everyone[::-1] if m not in first)]
    propose(small, outgoing(small), first)
    propose(small, outgoing(small), second)
    consent(small, 1, first)
    consent(small, 2, second)
    assert counted(small, dict.fromkeys(delegates(small), "1")).elected == tuple(second)


def test_nobody_is_nominated_alone_where_slates_stand(small):
    member = delegates(small)[0]
    refusal = small.pure.tried(member, "elections.nominate", election=number(small), member=member)
    assert refusal.rule == PATH


class TestSlateAgainstSlate:
    @pytest.fixture
    def small(self) -> Small:
        text = rules_text("closed-slate", delegates="3", slate_from='"delegates"')
        small = founded_with(text.replace("slate-yes-no/1", "slate-against-slate/1"))
        sitting(delegates_elected(small))
        poll(small, "steering-committee")
        return small

    def test_the_slate_with_most_votes_fills_every_seat(self, small):
        first = others(small)
        second = [m for m in small.everyone[::-1] if m not in first][:9]
        voters = delegates(small)
        for slate, (by, members) in enumerate(zip(voters, (first, second), strict=False), 1):
            assert propose(small, by, members) is None
            consent(small, slate, [m for m in members if m != by])
        result = counted(small, {v: "1" if i < 5 else "2" for i, v in enumerate(voters)})
        assert result.elected == tuple(second)

    def test_who_is_no_delegate_proposes_none(self, small):
        bystander = next(m for m in small.everyone if m not in delegates(small))
        assert propose(small, bystander, others(small)).rule == PATH
