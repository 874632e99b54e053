"""Lots: a seed that no one person can choose, know early, or draw again."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.calendar import HOUR
from quorate.chapters.clause import RULEBOOK, Occasion
from quorate.chapters.fields import Opening
from quorate.chapters.lots.open_numbers import OpenNumbers
from quorate.chapters.lots.remembers import Draw
from quorate.organisation import decide
from support.small import Small, founded
from support.year import (
    called,
    convention,
    delegates,
    delegates_elected,
    hand_in,
    poll,
    proposed,
    sitting,
    vote_all_alike,
)

SOURCE, HOURS = "lots.source", "lots.commit_hours"


def ready(**changed: str) -> Small:
    """Seconding has closed: the lot for the agenda can be called."""
    small = called(founded(**changed))
    small.pure.go_to(convention(small).dates.seconding_closes)
    return small


@pytest.fixture
def small() -> Small:
    return ready()


def call(small: Small, by: str = "", public: str = "") -> int:
    by = by or small.members["C2"][-1]
    small.pure.do(by, "lots.call", purpose="agenda", of=1, public=public)
    return len(small.state.lots.draws)


def commit(small: Small, draw: int, numbers: dict[str, str]) -> dict[str, str]:
    """Member → commitment."""
    sealed = {member: small.pure.seal(number) for member, number in numbers.items()}
    for member, number in sealed.items():
        small.pure.do(member, "lots.commit", draw=draw, number=number)
    return sealed


def test_members_have_a_day_to_take_part_and_hours_while_the_convention_sits() -> None:
    """Else whoever calls the lot at night could draw it alone with two friends."""
    small = ready()
    call(small)
    draw = draw_of(small)
    assert draw.commit_until - draw.called == draw.reveal_until - draw.commit_until == 24 * HOUR
    sat = sitting(delegates_elected(founded()))
    election = poll(sat, "bulletin-editor")
    for member in delegates(sat)[:2]:
        sat.pure.do(member, "elections.nominate", election=election.number, member=member)
    sat.pure.go_to(election.opens)
    for place, member in enumerate(delegates(sat)):
        vote_all_alike(sat, election.number, [member], ("1", "2")[place % 2])
    sat.pure.go_to(election.closes)
    draw = draw_of(sat, len(sat.state.lots.draws))
    assert (draw.purpose, draw.of) == ("election", election.number)
    assert draw.commit_until - draw.called == draw.reveal_until - draw.commit_until == 2 * HOUR


def draw_of(small: Small, number: int = 1) -> Draw:
    return small.state.lots.draws[number]


def numbers(small: Small, count: int) -> dict[str, str]:
    return {member: f"number {n}" for n, member in enumerate(small.everyone[:count])}


def lose_one(small: Small, lost: str, held_back: str) -> None:
    """Eight commit; one does not hand in; the number of another cannot be opened."""
    draw = call(small)
    sealed = commit(small, draw, numbers(small, 8))
    small.pure.go_to(draw_of(small).commit_until)
    for member, number in sealed.items():
        if member != held_back:
            small.pure.do(member, "lots.hand_in", draw=draw, number=number)
    del small.pure.sealed[sealed[lost]]
    small.pure.go_to(draw_of(small).reveal_until)


def seed_by_hand(said: dict[str, str]) -> str:
    """As the documentation says it is made, so that anyone can make it again."""
    text = "quorate/lot/v1\n" + "".join(f"{m}={n}\n" for m, n in sorted(said.items()))
    return hashlib.sha256(text.encode()).hexdigest()


class TestCalling:
    def test_any_member_calls_it_once(self, small):
        other = small.members["A1"][-1]
        call(small)
        small.refused(other, "lots.call", SOURCE, purpose="agenda", of=1)
        assert len(small.state.lots.draws) == 1

    def test_not_before_it_is_known_what_stands_on_the_agenda(self):
        small = called(founded())
        member = small.members["C2"][-1]
        small.pure.go_to(convention(small).dates.seconding_closes - 1)
        small.refused(member, "lots.call", "floor.agenda", purpose="agenda", of=1)
        small.pure.go_to(convention(small).dates.seconding_closes)
        call(small)

    def test_only_for_what_is_drawn(self, small):
        member = small.members["C2"][-1]
        small.refused(member, "lots.call", "record.subject", purpose="agenda", of=2)
        small.refused(member, "lots.call", SOURCE, purpose="election", of=1)
        small.refused(member, "lots.call", SOURCE, purpose="election", of=99)
        small.suspend(member)
        small.refused(member, "lots.call", "membership.admission", purpose="agenda", of=1)
        numbered = ready(agenda='"as-numbered"')
        numbered.refused(
            numbered.members["C2"][-1], "lots.call", "floor.agenda", purpose="agenda", of=1
        )

    def test_nobody_names_a_public_source_where_members_draw(self, small):
        checker = small.holder("credentials-committee")
        fields = {"purpose": "agenda", "of": 1, "public": "the lottery of Saturday"}
        small.refused(checker, "lots.call", SOURCE, **fields)
        small.refused(small.members["C2"][-1], "lots.call", "delegates.credentials_by", **fields)

    def test_not_after_the_agenda_is_made(self):
        small = sitting(delegates_elected(founded()))
        member = small.members["C2"][-1]
        small.refused(member, "lots.call", "floor.agenda", purpose="agenda", of=1)


class TestCommitting:
    def test_once_in_time_and_not_somebody_elses(self, small):
        draw = call(small)
        first, second, third = small.everyone[:3]
        sealed = commit(small, draw, {first: "a secret"})
        mine = small.pure.seal("another")
        small.refused(first, "lots.commit", SOURCE, draw=draw, number=mine)
        small.refused(second, "lots.commit", SOURCE, draw=draw, number=sealed[first])
        small.refused(second, "lots.commit", SOURCE, draw=99, number=mine)
        small.pure.go_to(draw_of(small).commit_until - 1)
        small.pure.do(second, "lots.commit", draw=draw, number=mine)
        small.pure.go_to(draw_of(small).commit_until)
        late = small.pure.seal("late")
        small.refused(third, "lots.commit", HOURS, draw=draw, number=late)
        assert dict(draw_of(small).commitments) == {first: sealed[first], second: mine}

    def test_a_suspended_member_does_not(self, small):
        draw, member = call(small), small.members["C2"][-2]
        small.suspend(member)
        number = small.pure.seal("x")
        small.refused(member, "lots.commit", "membership.admission", draw=draw, number=number)


class TestHandingIn:
    def test_only_ones_own_number_and_only_when_nobody_commits_any_more(self, small):
        draw = call(small)
        first, second, third = small.everyone[:3]
        sealed = commit(small, draw, {first: "one", second: "two"})
        small.refused(first, "lots.hand_in", HOURS, draw=draw, number=sealed[first])
        small.pure.go_to(draw_of(small).commit_until)
        small.refused(first, "lots.hand_in", SOURCE, draw=draw, number=sealed[second])
        small.refused(third, "lots.hand_in", SOURCE, draw=draw, number=sealed[first])
        small.pure.do(first, "lots.hand_in", draw=draw, number=sealed[first])
        small.refused(first, "lots.hand_in", SOURCE, draw=draw, number=sealed[first])
        assert not draw_of(small).numbers
        small.pure.go_to(draw_of(small).reveal_until)
        small.refused(second, "lots.hand_in", HOURS, draw=draw, number=sealed[second])

    def test_who_left_or_was_suspended_meanwhile_still_hands_in(self, small):
        """Nobody can spoil a draw by suspending those who committed."""
        draw = call(small)
        said = {m: f"number {m}" for m in small.members["C2"][-3:]}
        sealed = commit(small, draw, said)
        gone, suspended, stays = said
        small.pure.do(gone, "membership.resign")
        small.suspend(suspended)
        small.pure.go_to(draw_of(small).commit_until)
        for member in (gone, suspended, stays):
            small.pure.do(member, "lots.hand_in", draw=draw, number=sealed[member])
        small.pure.go_to(draw_of(small).reveal_until)
        assert draw_of(small).seed == seed_by_hand(said)


class TestOpening:
    def test_the_seed_can_be_made_again_by_hand(self, small):
        draw = call(small)
        said = numbers(small, 5)
        sealed = commit(small, draw, said)
        small.pure.go_to(draw_of(small).commit_until)
        held_back = sorted(said)[0]
        for member in set(said) - {held_back}:
            small.pure.do(member, "lots.hand_in", draw=draw, number=sealed[member])
        small.pure.go_to(draw_of(small).reveal_until - 1)
        assert draw_of(small).seed is None
        assert not draw_of(small).numbers
        small.pure.go_to(draw_of(small).reveal_until)
        said.pop(held_back)
        assert draw_of(small).seed == seed_by_hand(said)
        assert dict(draw_of(small).numbers) == said
        assert draw_of(small).withheld == (held_back,)
        assert draw_of(small).drawn == draw_of(small).reveal_until
        small.refused(held_back, "lots.call", SOURCE, purpose="agenda", of=1)

    def test_too_few_cancel_it_visibly_and_another_can_be_called(self, small):
        draw = call(small)
        sealed = commit(small, draw, numbers(small, 3))
        small.pure.go_to(draw_of(small).commit_until)
        for member in small.everyone[:2]:
            small.pure.do(member, "lots.hand_in", draw=draw, number=sealed[member])
        small.pure.go_to(draw_of(small).reveal_until)
        cancelled = draw_of(small)
        assert cancelled.seed is None
        assert cancelled.cancelled == cancelled.reveal_until
        assert cancelled.withheld == (small.everyone[2],)
        assert call(small) == 2
        assert draw_of(small, 1) == cancelled

    def test_nobody_at_all_cancels_it_too(self, small):
        call(small)
        small.pure.go_to(draw_of(small).reveal_until)
        assert draw_of(small).cancelled is not None
        assert not [d for d in small.state.calendar.deadlines if d.act == "lots.open_numbers"]

    @pytest.mark.parametrize("fault", ["another number", "nobody's", "left out", "twice"])
    def test_it_opens_just_what_was_handed_in(self, small, fault):
        draw = call(small)
        sealed = commit(small, draw, numbers(small, 3))
        small.pure.go_to(draw_of(small).commit_until)
        for member, number in sealed.items():
            small.pure.do(member, "lots.hand_in", draw=draw, number=number)
        right = tuple(Opening(m, *small.pure.sealed[number]) for m, number in sealed.items())
        first, *others = right
        stranger = small.everyone[9]
        openings = {
            "another number": (Opening(first.whose, "number 7", first.salt), *others),
            "nobody's": (*right, Opening(stranger, "number 7", first.salt)),
            "left out": tuple(others),
            "twice": (*right, first),
        }[fault]
        occasion = Occasion(small.state.size, draw_of(small).reveal_until, RULEBOOK)
        assert decide(small.state, OpenNumbers(draw, right), occasion) is None
        refusal = decide(small.state, OpenNumbers(draw, openings), occasion)
        assert refusal is not None
        assert refusal.rule == SOURCE

    def test_a_number_that_the_keeper_loses_cancels_it_and_blames_nobody_else(self, small):
        """However many are left, no seed is made of them: the keeper chooses among no seeds."""
        lost, held_back = small.everyone[0], small.everyone[7]
        lose_one(small, lost, held_back)
        cancelled = draw_of(small)
        assert cancelled.seed is None
        assert cancelled.cancelled == cancelled.reveal_until
        assert cancelled.lost == (lost,)
        assert cancelled.withheld == (held_back,)
        assert len(cancelled.numbers) == 6
        assert not [d for d in small.state.calendar.deadlines if d.act == "lots.open_numbers"]

    def test_after_a_lost_number_the_next_lot_has_new_numbers_or_a_public_source(self, small):
        lose_one(small, small.everyone[0], small.everyone[7])
        before = small.pure.state, small.pure.time
        second = call(small)
        assert not draw_of(small, second).commitments
        small.pure.state, small.pure.time = before
        checker = small.holder("credentials-committee")
        second = call(small, checker, "the lottery of Saturday")
        assert draw_of(small, second).public == "the lottery of Saturday"
        small.pure.go_to(draw_of(small, second).commit_until)
        small.pure.do(checker, "lots.enter_public", draw=second, value="4 8 15")
        assert draw_of(small, second).seed is not None

    def test_a_lot_that_nobody_spoilt_is_no_reason_for_a_public_source(self, small):
        call(small)
        small.pure.go_to(draw_of(small).reveal_until)
        fields = {"purpose": "agenda", "of": 1, "public": "the lottery of Saturday"}
        small.refused(small.holder("credentials-committee"), "lots.call", SOURCE, **fields)

    @settings(max_examples=15, deadline=None)
    @given(
        said=st.dictionaries(
            st.integers(0, 59),
            st.tuples(st.text(min_size=1, max_size=30), st.booleans()),
            max_size=60,
        )
    )
    def test_whoever_takes_part_and_however_many(self, said):
        """More than one entry's worth of numbers, any text in them, any of them held back."""
        small = ready()
        draw = call(small)
        people = {small.everyone[n]: value for n, value in said.items()}
        sealed = commit(small, draw, {m: text for m, (text, _) in people.items()})
        small.pure.go_to(draw_of(small).commit_until)
        for member, (_, comes) in people.items():
            if comes:
                small.pure.do(member, "lots.hand_in", draw=draw, number=sealed[member])
        small.pure.go_to(draw_of(small).reveal_until)
        came = {m: text for m, (text, comes) in people.items() if comes}
        found = draw_of(small)
        assert set(found.withheld) == set(people) - set(came)
        assert found.seed == (seed_by_hand(came) if len(came) >= 3 else None)
        assert (found.cancelled is None) == (found.seed is not None)
        assert not [d for d in small.state.calendar.deadlines if d.act == "lots.open_numbers"]


class TestPublicSource:
    NAME = "the lottery of Saturday, all numbers in the order drawn"

    @pytest.fixture
    def small(self) -> Small:
        return ready(source='"public"')

    def test_it_is_named_beforehand_and_its_value_makes_the_seed(self, small):
        checker, member = small.holder("credentials-committee"), small.members["C2"][-1]
        small.refused(member, "lots.call", SOURCE, purpose="agenda", of=1)
        small.refused(
            member, "lots.call", "delegates.credentials_by", purpose="agenda", of=1, public="x"
        )
        draw = call(small, checker, self.NAME)
        fields = {"draw": draw, "value": "4 8 15 16 23 42"}
        small.refused(checker, "lots.enter_public", HOURS, **fields)
        small.refused(member, "lots.commit", SOURCE, draw=draw, number=small.pure.seal("x"))
        small.pure.go_to(draw_of(small).commit_until)
        small.refused(member, "lots.enter_public", "delegates.credentials_by", **fields)
        small.pure.do(checker, "lots.enter_public", **fields)
        line = f"quorate/lot/v1\n{self.NAME}=4 8 15 16 23 42\n"
        assert draw_of(small).seed == hashlib.sha256(line.encode()).hexdigest()
        small.refused(checker, "lots.enter_public", SOURCE, **fields)
        small.pure.go_to(draw_of(small).reveal_until + HOUR)
        assert draw_of(small).cancelled is None

    def test_a_value_held_back_gains_nothing(self, small):
        """Who does not enter the value cannot name another source: then members draw."""
        checker, member = small.holder("credentials-committee"), small.members["C2"][-1]
        draw = call(small, checker, self.NAME)
        small.pure.go_to(draw_of(small).reveal_until)
        assert draw_of(small).cancelled == draw_of(small).reveal_until
        fields = {"draw": draw, "value": "4 8 15 16 23 42"}
        small.refused(checker, "lots.enter_public", SOURCE, **fields)
        again = {"purpose": "agenda", "of": 1}
        small.refused(checker, "lots.call", SOURCE, **again, public="another source")
        second = call(small, member)
        said = numbers(small, 3)
        sealed = commit(small, second, said)
        small.pure.go_to(draw_of(small, second).commit_until)
        for who, number in sealed.items():
            small.pure.do(who, "lots.hand_in", draw=second, number=number)
        small.pure.go_to(draw_of(small, second).reveal_until)
        assert draw_of(small, second).seed == seed_by_hand(said)


def test_the_agenda_follows_from_the_seed_as_documented():
    small = delegates_elected(founded())
    count = len(proposed(small, 5))
    hand_in(small, delegates(small)[1])  # not seconded: not on the agenda
    sitting(small)
    seed = draw_of(small).seed

    def ticket(number: int) -> str:
        text = f"quorate-lot/1\n{seed}\nagenda\n{number}"
        return hashlib.sha256(text.encode()).hexdigest()

    assert convention(small).agenda == tuple(sorted(range(1, count + 1), key=ticket))
    assert convention(small).lot == 1
