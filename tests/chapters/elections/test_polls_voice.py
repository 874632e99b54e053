"""Polls of branches and regions: nobody is elected by those who were admitted for it."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.elections.electorate import lately_come
from quorate.chapters.elections.remembers import Election
from support.pure import person, pseudonym
from support.small import Small, founded
from support.year import dates, vote_all_alike

POLL = "elections.open_poll"
SECRETARY = "branch-secretary"
RULE = "elections.voice_after"


@pytest.fixture
def small() -> Small:
    """An organisation under the preset's rule, 30 days, founded long ago."""
    small = founded()
    small.pure.go_to(small.pure.time + 100 * DAY)
    return small


def packed(small: Small, branch: str = "C2", count: int = 12, first: int = 9000) -> list[str]:
    """The branch's secretary admits so many on one day."""
    new = [pseudonym(first + n) for n in range(count)]
    for n, member in enumerate(new):
        small.pure.do(
            small.holder(SECRETARY, branch),
            "membership.admit",
            member=member,
            branch=branch,
            person=person(first + n),
        )
    return new


def opened(small: Small, office: str = SECRETARY, place: str = "C2") -> Election:
    """Whoever may calls the election, with the shortest dates."""
    by = small.holder("steering-committee")
    if office == SECRETARY:
        by = small.holder(SECRETARY, place)
    small.pure.do(by, POLL, office=office, place=place, **dates(small, 3 * DAY, 3 * DAY))
    elections = small.state.elections.elections
    return elections[max(elections)]


def test_a_secretary_does_not_pack_their_own_election(small):
    new = packed(small)
    secretary = small.holder(SECRETARY, "C2")
    election = opened(small)
    assert sorted(election.voters) == sorted(small.members["C2"])
    small.refused(new[0], "elections.nominate", RULE, election=election.number, member=new[0])
    rival = next(m for m in small.members["C2"] if m != secretary)
    for by, member in ((rival, rival), (secretary, secretary)):
        small.pure.do(by, "elections.nominate", election=election.number, member=member)
    small.pure.go_to(election.opens)
    ballot = small.pure.seal("2")
    small.refused(new[0], "elections.vote", RULE, election=election.number, ballot=ballot)
    vote_all_alike(small, election.number, [m for m in small.members["C2"] if m != secretary], "1")
    small.pure.go_to(election.closes)
    assert small.holders(SECRETARY, "C2") == [rival]


@pytest.mark.parametrize(("days", "vote"), [(30, True), (29, False)])
def test_they_vote_in_what_is_called_when_the_days_are_over(small, days, vote):
    new = packed(small)
    small.pure.go_to(small.pure.time + days * DAY)
    assert (set(new) <= set(opened(small).voters)) == vote


def test_without_the_rule_they_vote_from_the_first_day():
    small = founded(elections__voice_after="0")
    small.pure.go_to(small.pure.time + 100 * DAY)
    new = packed(small)
    assert set(new) <= set(opened(small).voters)


@pytest.mark.parametrize(("office", "place"), [(SECRETARY, "C2"), ("regional-organiser", "C")])
def test_who_moves_there_for_it_waits_too(small, office, place):
    busy = {h.member for held in small.state.offices.now.values() for h in held}
    moving = next(m for m in small.members["A1"] if m not in busy)
    small.pure.do(moving, "membership.transfer", branch="C2")
    election = opened(small, office, place)
    assert moving not in election.voters
    small.refused(moving, "elections.nominate", RULE, election=election.number, member=moving)


def test_whom_the_founder_entered_votes_from_the_founding_on():
    small = founded()
    assert sorted(opened(small).voters) == sorted(small.members["C2"])


@pytest.mark.parametrize("later", [0, DAY])
def test_whom_an_officer_admitted_after_the_founding_waits_even_in_its_instant(later):
    small = founded()
    small.pure.go_to(small.pure.time + later)
    new = packed(small)
    assert not set(new) & set(opened(small).voters)


def test_how_many_came_too_late_is_known_with_those_who_came_after_the_call(small):
    packed(small)
    election = opened(small)
    packed(small, count=3, first=9500)
    packed(small, "B1", 4, first=9600)
    members = small.state.membership.members.values()
    assert sum(lately_come(small.state, election, member) for member in members) == 15


def test_a_poll_that_is_held_anew_has_the_same_voters(small):
    packed(small)
    election = opened(small)
    rival = small.members["C2"][1]
    small.pure.do(rival, "elections.nominate", election=election.number, member=rival)
    small.pure.go_to(election.opens)
    vote_all_alike(small, election.number, small.members["C2"][:2], "1")
    small.pure.sealed.clear()
    small.pure.go_to(election.closes)
    again = small.state.elections.elections[election.number + 1]
    assert (again.voters, again.came_by) == (election.voters, election.came_by)


def test_a_branch_to_which_all_came_lately_waits_with_its_first_election(small):
    """Else it would be an election of nobody by nobody."""
    small.pure.do(
        small.holder("steering-committee"),
        "membership.open_branch",
        code="C3",
        name="Branch C3",
        region="C",
    )
    busy = {h.member for held in small.state.offices.now.values() for h in held}
    first, second = [m for m in small.members["A1"] if m not in busy][:2]
    small.pure.do(first, "membership.transfer", branch="C3")
    small.pure.go_to(small.pure.time + 2 * DAY)
    small.pure.do(second, "membership.transfer", branch="C3")
    poll = {"office": SECRETARY, "place": "C3"}
    small.pure.go_to(small.pure.time + 28 * DAY - 1)
    small.refused(first, POLL, RULE, **poll, **dates(small, 3 * DAY, 3 * DAY))
    small.pure.go_to(small.pure.time + 1)
    small.pure.do(second, POLL, **poll, **dates(small, 3 * DAY, 3 * DAY))
    assert list(small.state.elections.elections[1].voters) == [first]
