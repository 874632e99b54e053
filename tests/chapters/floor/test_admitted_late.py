"""What an appeal lets be admitted after the agenda was made: the next convention decides it."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.floor.coming_back import coming_back, left_for_the_next
from quorate.web.bulletin.path import path, status
from support.bulletin import appeal, contribution, days_before, proposal, refuse, revise
from support.pure import document
from support.small import Small, founded
from support.year import (
    admit,
    apportioned,
    branch_elections,
    called,
    chair,
    convention,
    decided,
    delegates,
    delegates_elected,
    hand_in,
    led,
    nominated,
    sitting,
    vote_all_alike,
)

LATE, OTHER, AMENDMENT = 1, 2, 3


def overturned(small: Small) -> None:
    """The latest version is refused; the appeal, made at the last moment, is won a week later."""
    refuse(small, LATE)
    small.pure.go_to(small.pure.time + 7 * DAY - 1)
    appeal(small, LATE)


def refused_three_times(*, amended: bool = False) -> Small:
    """Proposal 1 has, by three refusals that were overturned, more than 28 days more; number 2 is
    handed in with it; ``amended``: number 3, an amendment to number 1, is admitted in time."""
    small = called(founded(agenda='"as-numbered"'))
    small.pure.go_to(days_before(small, 90))
    author = small.members["A1"][5]
    assert hand_in(small, author) == LATE
    assert hand_in(small, author) == OTHER
    overturned(small)
    small.pure.go_to(small.pure.time + 7 * DAY)
    revise(small, LATE, "the second version")
    nominated(apportioned(small))
    overturned(small)
    small.pure.go_to(convention(small).dates.election_opens)
    for election in branch_elections(small):
        voters = [m for m in small.members[election.place] if m in election.voters]
        vote_all_alike(small, election.number, voters)
    small.pure.go_to(convention(small).dates.election_closes)
    revise(small, LATE, "the third version")
    if amended:
        by = delegates(small)[0]
        assert hand_in(small, by, "amendment", amends="proposal", about=LATE) == AMENDMENT
        admit(small, AMENDMENT)
    overturned(small)
    small.pure.go_to(small.pure.time + 7 * DAY)
    return small


@pytest.fixture
def small() -> Small:
    """The convention sits, and decides what is on its agenda; proposal 1 still seeks seconders."""
    small = refused_three_times()
    admit(small, OTHER)
    assert proposal(small, LATE).more_time > 28 * DAY
    return sitting(small)


def closed(small: Small) -> Small:
    decided(small, OTHER, ["for"] * 12)
    led(small)
    small.pure.do(chair(small), "floor.close")
    return small


def test_it_is_on_the_next_agenda_and_cannot_be_lost_there(small):
    admit(small, LATE)
    first = convention(small)
    assert first.agenda == (OTHER,)
    assert left_for_the_next(small.state, first) == (LATE,)
    said = status(small.state, contribution(small, LATE))
    assert "the next one decides it" in said.sentence
    steps = path(small.state, contribution(small, LATE), small.pure.time)
    assert (steps[-1].label, steps[-1].state, steps[-1].time) == ("Decided", "to-come", None)
    closed(small)
    delegates_elected(small)
    assert coming_back(small.state, 2) == {LATE}
    sitting(small)
    assert convention(small).agenda == (LATE,)
    led(small)
    assert str(LATE) in small.refused(chair(small), "floor.close", "floor.close")
    decided(small, LATE, ["for"] * 12)
    small.pure.do(chair(small), "floor.close")
    assert convention(small).items[LATE].outcome == "adopted"
    assert coming_back(small.state, 3) == frozenset()


def test_so_it_is_when_it_is_admitted_after_the_close(small):
    closed(small)
    admit(small, LATE)
    delegates_elected(small)
    sitting(small)
    assert convention(small).agenda == (LATE,)


def test_its_answer_is_owed_to_the_next_convention(small):
    admit(small, LATE)
    closed(small)
    assert LATE not in small.state.proposals.answers_missing
    delegates_elected(small)
    small.pure.go_to(convention(small).dates.answers_due - 1)
    assert LATE not in small.state.proposals.answers_missing
    small.pure.go_to(convention(small).dates.answers_due)
    assert small.state.proposals.answers_missing.count(LATE) == 1
    office = convention(small).rules.proposals.answer_from
    answer = {"proposal": LATE, "text": document("late, but in writing")}
    small.pure.do(small.holder(office), "proposals.answer", **answer)


def test_what_is_never_admitted_does_not_come_back(small):
    closed(small)
    delegates_elected(small)
    assert proposal(small, LATE).lapsed is not None
    assert coming_back(small.state, 2) == frozenset()


@pytest.mark.parametrize("found_seconders", [True, False])
def test_an_amendment_waits_with_it_and_falls_only_if_it_lapses(found_seconders):
    small = refused_three_times(amended=True)
    admit(small, OTHER)
    sitting(small)
    first = convention(small)
    assert first.agenda == (OTHER,)
    assert AMENDMENT not in first.items
    assert left_for_the_next(small.state, first) == (AMENDMENT,)
    if found_seconders:
        admit(small, LATE)
    closed(small)
    delegates_elected(small)
    sitting(small)
    if found_seconders:
        assert convention(small).agenda == (AMENDMENT, LATE)
        assert AMENDMENT not in convention(small).items
    else:
        assert convention(small).items[AMENDMENT].outcome == "fallen"
