"""The roll call names every seat: who voted, who did not, and where nobody sat."""

from __future__ import annotations

import pytest

from quorate.web.convention import roll
from support.small import Small
from support.year import assembly, cast, closed_vote, delegates, opened_vote, with_two_proposals


@pytest.fixture
def small() -> Small:
    return with_two_proposals()


def called(small: Small, number: int) -> dict[str, roll.Line]:
    lines = roll.roll_call(small.state.floor.votes[number], assembly(small))
    return {line.seat: line for line in lines}


def test_whoever_did_not_vote_is_named_as_that(small: Small) -> None:
    number = opened_vote(small, 1)
    assert called(small, number) == {}, "nothing while it is open"
    present = delegates(small)
    for member, choice in zip(present[:7], ("for", "against") * 4, strict=False):
        cast(small, number, member, choice)
    cast(small, number, present[0], "against", "mistake")
    closed_vote(small, number)
    lines = called(small, number)
    assert set(lines) == set(assembly(small).seats), "every seat, no other"
    seats = {line.by: line for line in lines.values()}
    assert [seats[member].voted for member in present] == [True] * 7 + [False] * (len(present) - 7)
    assert {seats[member].choice for member in present[7:]} == {roll.DID_NOT_VOTE}
    assert seats[present[0]].choice == "against"
    assert [earlier.choice for earlier in seats[present[0]].before] == ["for"]


def test_an_empty_seat_and_who_came_after_the_vote(small: Small) -> None:
    number = opened_vote(small, 1)
    leaves = delegates(small)[0]
    seat = assembly(small).seated[leaves]
    for member in delegates(small)[1:]:
        cast(small, number, member, "for")
    closed_vote(small, number)
    small.pure.do(leaves, "delegates.give_way")
    assert called(small, number)[seat].by == leaves, "who sat there then, whoever does now"
    small.pure.do(leaves, "membership.resign")
    assert called(small, number)[seat].choice == roll.DID_NOT_VOTE
