"""A rulebook's new version: together, in time, and without what cannot stand with the others."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.offices.holding import more_than_seats
from support.small import Small, founded
from support.year import (
    admit,
    chair,
    decided,
    delegates,
    delegates_elected,
    hand_in,
    led,
    sitting,
)

WITHIN = [{"path": "bulletin.appeal_within", "value": 14}]
DECIDED = [{"path": "bulletin.appeal_decided_within", "value": 21}]
WITHOUT_ORGANISERS = [
    {"path": "delegates.may_not_nominate", "value": []},
    {"path": "posts.regional-organiser", "value": None},
]


def closed_after(small: Small, *amendments: list[dict[str, object]]) -> Small:
    """The convention has adopted these amendments to the rulebook, and closed."""
    delegates_elected(small)
    numbers = []
    for changes in amendments:
        author = delegates(small)[0]
        number = hand_in(small, author, "amendment", amends="rulebook", changes=changes)
        admit(small, number)
        numbers.append(number)
    sitting(small)
    for number in numbers:
        decided(small, number, ["for"] * 12, "rulebook")
        assert small.state.founding.waiting[-1].proposal == number
    led(small)
    small.pure.do(chair(small), "floor.close")
    return small


def easy(name: str) -> Small:
    seconds = {"delegates": "3"} if name == "closed-slate" else {}
    return founded(name, agenda='"as-numbered"', **seconds)


def test_at_the_close_all_come_into_force_together():
    small = easy("open-convention")
    before = small.state.rules
    closed_after(small, WITHIN, [{"path": "floor.notice", "value": 200}])
    assert small.state.rules == before
    closing = small.pure.time
    small.pure.let_fall_due()
    assert small.state.rules.bulletin.appeal_within == 14
    assert small.state.rules.floor.notice == 200
    first, second = small.state.founding.versions
    assert (first.rules, second.number, second.proposals) == (before, 2, (1, 2))
    assert second.time == closing
    assert small.state.founding.waiting == ()


def test_at_the_next_call_under_the_other_preset():
    small = closed_after(easy("closed-slate"), [{"path": "floor.notice", "value": 200}])
    small.pure.go_to(small.pure.time + 30 * DAY)
    assert small.state.rules.floor.notice == 145
    caller = small.holder("steering-committee")
    opens = small.pure.time + 201 * DAY
    small.refused(caller, "floor.call", "floor.notice", opens=small.pure.time + 146 * DAY)
    assert small.state.rules.floor.notice == 145
    small.pure.do(caller, "floor.call", opens=opens)
    assert small.state.rules.floor.notice == 200
    assert small.state.floor.conventions[2].rules.floor.notice == 200


def test_what_cannot_stand_with_the_others_is_left_out_and_shown():
    small = closed_after(easy("open-convention"), WITHIN, DECIDED)
    small.pure.let_fall_due()
    assert small.state.rules.bulletin.appeal_within == 14
    assert small.state.rules.bulletin.appeal_decided_within == 7
    (left_out,) = small.state.founding.not_carried
    assert left_out.proposal == 2
    assert "bulletin.appeal_decided_within" in left_out.not_carried
    assert small.state.founding.versions[-1].proposals == (1,)


@pytest.mark.parametrize("name", ["open-convention", "closed-slate"])
def test_who_held_an_abolished_office_holds_it_no_longer(name):
    small = closed_after(easy(name), WITHOUT_ORGANISERS)
    organisers = {small.holder("regional-organiser", region) for region in "ABC"}
    small.pure.let_fall_due()
    if name == "closed-slate":
        caller = small.holder("steering-committee")
        small.pure.do(caller, "floor.call", opens=small.pure.time + 150 * DAY)
    assert "regional-organiser" not in small.state.rules.posts
    assert not [office for office in small.state.offices.now if office[0] == "regional-organiser"]
    ended = [h for h in small.state.offices.past if h.ended_how == "abolished"]
    assert {h.member for h in ended} == organisers
    kept = small.state.offices.now["branch-secretary", "A1"]
    assert kept[0].ended is None


def test_nobody_can_bring_it_into_force():
    small = founded()
    small.refused(small.holder("chair"), "founding.enter_into_force", "record.due", of=1)


def test_a_cut_in_seats_cuts_no_mandate_short_and_it_is_known_until_when():
    office = ("steering-committee", "")
    small = closed_after(
        easy("open-convention"), [{"path": "bodies.steering-committee.seats", "value": 3}]
    )
    assert more_than_seats(small.state, office) is None
    small.pure.let_fall_due()
    held = small.state.offices.now[office]
    assert (len(held), small.state.rules.bodies["steering-committee"].seats) == (9, 3)
    assert more_than_seats(small.state, office) == held[0].since + 400 * DAY
    sitting(delegates_elected(small))
    led(small)
    small.pure.do(chair(small), "floor.close")
    assert len(small.state.offices.now[office]) == 3
    assert more_than_seats(small.state, office) is None
