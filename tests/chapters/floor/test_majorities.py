"""What a vote decides: the majority, in exact fractions, of those whom the rulebook counts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.calendar import DAY
from support.small import Small, founded, founded_with, rules_text
from support.year import (
    admit,
    assembly,
    cast,
    chair,
    closed_vote,
    convention,
    credentialed,
    decided,
    delegates,
    delegates_elected,
    hand_in,
    opened_vote,
    proposed,
    sitting,
    with_two_proposals,
)


@pytest.fixture
def small() -> Small:
    return with_two_proposals()


def test_who_voted_and_left_before_the_close_was_present():
    """Otherwise seven for and none against could be more than all who were there."""
    text = rules_text("open-convention", agenda='"as-numbered"')
    head, kind, tail = text.partition("[floor.majorities.proposal]\n")
    text = head + kind + tail.replace('of = "cast"', 'of = "present"', 1)
    small = delegates_elected(founded_with(text))
    number = proposed(small)[0]
    vote = opened_vote(sitting(small), number)
    members = delegates(small)
    for member in members[:6]:
        cast(small, vote, member, "for")
        small.pure.do(member, "floor.leave")
    tally = closed_vote(small, vote).tally
    assert (tally.in_favour, tally.present, tally.base) == (6, 12, 12)
    assert not tally.carried


CHOICES = st.lists(st.sampled_from(["for", "against", "abstain", ""]), min_size=12, max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    CHOICES,
    st.fractions(Fraction(1, 10), 1, max_denominator=12),
    st.sampled_from(["cast", "voting", "present", "seats"]),
    st.booleans(),
)
def test_the_majority_is_that_of_the_rulebook_in_exact_fractions(choices, share, of, strictly):
    text = rules_text("open-convention", agenda='"as-numbered"')
    head, kind, tail = text.partition("[floor.majorities.proposal]\n")
    _, _, rest = tail.partition("strictly = true\n")
    rule = f'share = "{share.numerator}/{share.denominator}"\nof = "{of}"\n'
    text = f"{head}{kind}{rule}strictly = {str(strictly).lower()}\n{rest}"
    small = delegates_elected(founded_with(text))
    number = proposed(small)[0]
    vote = opened_vote(sitting(small), number)
    for member, choice in zip(delegates(small), choices, strict=True):
        if choice:
            cast(small, vote, member, choice)
    tally = closed_vote(small, vote).tally
    yes, no, abstain = (choices.count(c) for c in ("for", "against", "abstain"))
    whole = {"cast": yes + no, "voting": yes + no + abstain, "present": 12, "seats": 12}[of]
    reached = yes > share * whole if strictly else yes >= share * whole
    enough = yes + no + abstain >= 6  # the quorum is half of the twelve seats
    assert tally.too_few != enough
    assert tally.carried == (enough and reached and yes > 0)
    assert (tally.in_favour, tally.against, tally.abstained) == (yes, no, abstain)
    outcome = "adopted" if tally.carried else "rejected"
    item = convention(small).items.get(number)
    assert (item.outcome if item else None) == (outcome if enough else None)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["vote", "vote", "vote", "leave", "arrive", "give way", "step in"]),
        st.sampled_from(["A1-1", "A2-1", "B1-1"]),
        st.sampled_from(["for", "against", "abstain"]),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_delegates_do_each_seat_has_at_most_one_vote_and_it_is_the_last(steps):
    small = delegates_elected(founded(agenda='"as-numbered"'))
    number = proposed(small)[0]
    vote = opened_vote(sitting(small), number)
    last: dict[str, str] = {}
    by: dict[str, str] = {}
    for step, seat, choice in steps:
        holder = assembly(small).seats[seat].holder
        if step == "step in" and holder is None:
            alternate = assembly(small).delegations[seat.split("-")[0]].alternates[0]
            if small.pure.tried(alternate, "delegates.step_in", seat=seat) is None:
                credentialed(small, seat)
        elif holder is None:
            continue
        elif step == "vote":
            reason = "" if seat not in last else "mistake" if by[seat] == holder else "stepped-in"
            sealed = small.pure.seal(choice)
            if not small.pure.tried(holder, "floor.vote", vote=vote, choice=sealed, reason=reason):
                last[seat], by[seat] = choice, holder
        else:
            act = {"leave": "floor.leave", "arrive": "floor.arrive"}.get(step)
            small.pure.tried(holder, act or "delegates.give_way")
    found = closed_vote(small, vote)
    assert dict(found.opened_choices) == last
    assert found.tally.in_favour + found.tally.against + found.tally.abstained == len(last)
    assert len(last) <= found.present <= 12


class TestRules:
    """No majority can be lowered and used in the same sitting."""

    LOWER = ({"path": "floor.majorities.rulebook.share", "value": "1/2"},)

    def lowering(self, small: Small) -> list[int]:
        first = hand_in(
            small, delegates(small)[0], "amendment", amends="rulebook", changes=self.LOWER
        )
        second = hand_in(
            small,
            delegates(small)[0],
            "amendment",
            amends="rulebook",
            changes=({"path": "bulletin.words", "value": 500},),
        )
        for number in (first, second):
            admit(small, number)
        return [first, second]

    def test_an_amendment_adopted_does_not_help_the_next(self):
        small = delegates_elected(founded(agenda='"as-numbered"'))
        first, second = self.lowering(small)
        sitting(small)
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.majorities.rulebook",
            proposal=first,
            question="proposal",
        )
        assert decided(small, first, ["for"] * 8 + ["against"] * 4, "rulebook").tally.carried
        assert not decided(small, second, ["for"] * 7 + ["against"] * 5, "rulebook").tally.carried
        assert small.state.rules.floor.majorities.rulebook.share == Fraction(2, 3)
        from support.year import led

        led(small)
        small.pure.do(chair(small), "floor.close")
        assert small.state.rules.floor.majorities.rulebook.share == Fraction(2, 3)
        small.pure.let_fall_due()
        assert small.state.rules.floor.majorities.rulebook.share == Fraction(1, 2)
        assert small.state.rules.bulletin.words == 100_000
        assert convention(small).rules.floor.majorities.rulebook.share == Fraction(2, 3)
        assert small.state.founding.versions[-1].proposals == (first,)

    def test_under_the_closed_slate_it_waits_for_the_next_call_and_its_notice(self):
        small = delegates_elected(founded("closed-slate", delegates="3", agenda='"as-numbered"'))
        longer = hand_in(
            small,
            delegates(small)[0],
            "amendment",
            amends="rulebook",
            changes=({"path": "floor.notice", "value": 200},),
        )
        admit(small, longer)
        sitting(small)
        decided(small, longer, ["for"] * 14, "rulebook")
        from support.year import led

        led(small)
        small.pure.do(chair(small), "floor.close")
        small.pure.let_fall_due()
        before = small.state.rules.floor.notice
        assert before < 200
        caller = small.holder("steering-committee")
        opens = small.pure.time + 199 * DAY
        small.refused(caller, "floor.call", "floor.notice", opens=opens)
        small.pure.do(caller, "floor.call", opens=small.pure.time + 200 * DAY)
        assert small.state.rules.floor.notice == 200
        assert convention(small).rules.floor.notice == 200
