"""An election ends: nobody keeps an office by calling one that never comes to a result."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from support.small import Small, founded
from support.year import (
    chair,
    convention,
    delegates_elected,
    poll,
    sitting,
    vote_all_alike,
)

SECRETARY = {"office": "branch-secretary", "place": "B1"}
EDITOR = {"office": "bulletin-editor"}
POLL = "elections.open_poll"


@pytest.fixture
def small() -> Small:
    return founded()


def within(small: Small, days: int) -> dict[str, int]:
    """Dates of an election whose poll closes so many days from now."""
    closes = small.pure.time + days * DAY
    return {"opens": closes - 3 * DAY, "closes": closes}


def teller(small: Small) -> str:
    return small.holder("credentials-committee")


def test_a_secretary_calls_none_that_ends_in_a_hundred_years(small):
    by = small.holder("branch-secretary", "B1")
    for days in (91, 36_500):
        small.refused(by, POLL, "elections.over_within", **SECRETARY, **within(small, days))
    small.pure.do(by, POLL, **SECRETARY, **within(small, 90))


def test_a_chair_calls_none_that_ends_after_the_convention(small):
    sitting(delegates_elected(small))
    lapses = convention(small).dates.opens + 14 * DAY
    late = {"opens": small.pure.time + DAY, "closes": lapses + 1}
    small.refused(chair(small), POLL, "floor.lapses_after", **EDITOR, **late)
    small.pure.do(chair(small), POLL, **EDITOR, **(late | {"closes": lapses}))


def test_papers_that_nobody_enters_hold_up_no_other_election(small):
    """The poll has closed; 90 days more and another may be called, and the first counts no more."""
    by = small.holder("branch-secretary", "B1")
    first = within(small, 6)
    small.pure.do(by, POLL, **SECRETARY, **first, paper=True)
    new = small.members["B1"][-1]
    small.pure.do(new, "elections.nominate", election=1, member=new)
    small.pure.go_to(first["closes"] + 90 * DAY - 1)
    small.refused(by, POLL, "posts.branch-secretary", **SECRETARY, **within(small, 6))
    small.pure.go_to(first["closes"] + 90 * DAY)
    papers = [{"weight": 5, "ranks": [1]}]
    small.pure.do(teller(small), "elections.enter_papers", election=1, papers=papers)
    small.pure.do(by, POLL, **SECRETARY, **within(small, 6))
    rule = "delegates.credentials_by"
    small.refused(teller(small), "elections.end_papers", rule, election=1, total=5)
    assert small.holders("branch-secretary", "B1") == [by]


def test_an_election_of_a_convention_that_lapsed_holds_up_no_other(small):
    """The committee that would have to enter the papers is the one that was to be elected."""
    sitting(delegates_elected(small))
    poll(small, "credentials-committee", paper=True)
    small.pure.go_to(convention(small).dates.opens + 14 * DAY)
    assert convention(small).lapsed is not None
    before = small.holders("credentials-committee")
    sitting(delegates_elected(small))
    assert convention(small).number == 2
    again = poll(small, "credentials-committee")
    assert again.convention == 2
    rule = "delegates.credentials_by"
    late = max(n for n, e in small.state.elections.elections.items() if e.convention == 1)
    small.refused(teller(small), "elections.end_papers", rule, election=late, total=0)
    assert small.holders("credentials-committee") == before


def test_a_result_that_comes_after_another_was_called_installs_nobody(small):
    """A tie waits for a lot; the convention lapses, the next one elects; then the lot is drawn."""
    sitting(delegates_elected(small))
    tied = poll(small, "bulletin-editor")
    seated = sorted(small.state.delegates.assemblies[1].seated)
    for member in seated[:2]:
        small.pure.do(member, "elections.nominate", election=tied.number, member=member)
    small.pure.go_to(tied.opens)
    for place, member in enumerate(seated):
        vote_all_alike(small, tied.number, [member], ("1", "2")[place % 2])
    small.pure.go_to(convention(small).dates.opens + 14 * DAY)
    assert small.state.elections.elections[tied.number].lot_needed
    before = small.holder("bulletin-editor")
    sitting(delegates_elected(small))
    poll(small, "bulletin-editor")
    small.pure.do(chair(small), "lots.call", purpose="election", of=tied.number)
    draw = len(small.state.lots.draws)
    numbers = {m: small.pure.seal(f"secret {m}") for m in small.everyone[:3]}
    for member, number in numbers.items():
        small.pure.do(member, "lots.commit", draw=draw, number=number)
    small.pure.go_to(small.state.lots.draws[draw].commit_until)
    for member, number in numbers.items():
        small.pure.do(member, "lots.hand_in", draw=draw, number=number)
    small.pure.go_to(small.state.lots.draws[draw].reveal_until)
    assert small.state.elections.elections[tied.number].result is not None
    assert small.holder("bulletin-editor") == before
