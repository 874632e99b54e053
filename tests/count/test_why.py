"""Why somebody was not elected: elections made by hand, whose reasons are known."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.count.papers import Election, Paper
from quorate.count.rules import count
from quorate.count.sheet import Sheet
from quorate.count.why import why_not

STV = "scottish-stv/1"
RULES = [STV, "plurality-at-large/1", "slate-against-slate/1"]


def election(seats: int, names: str, *papers: tuple[int, str], withdrawn: str = "") -> Election:
    """Papers such as (3, "AB"): three with A first and B second."""
    return Election(
        "",
        seats,
        tuple(names),
        frozenset(names.index(name) + 1 for name in withdrawn),
        tuple(Paper(w, [names.index(letter) + 1 for letter in order]) for w, order in papers),
    )


def why(one: Election, rule: str, name: str, seed: bytes | None = None) -> str:
    return " ".join(why_not(count(rule, one, seed), name))


def test_lost_to_a_later_transfer() -> None:
    """A led with 5 to 4; C's three papers made B 7, the quota of 12 papers."""
    said = why(election(1, "ABC", (5, "A"), (4, "B"), (3, "CB")), STV, "A")
    assert said == (
        "A began with 5.00000 first preferences; the quota was 7. "
        "No transfer added any votes to those of A. "
        "When the last seat was filled, at stage 2, A was still in the count, and no seat was "
        "left. A then had 5.00000 votes, 2.00000 short of the quota. "
        "The last seat went to B with 7.00000 votes, 2.00000 more than A: reached the quota. "
        "Up to stage 1 A was ahead of B, 5.00000 to 4.00000. Then stage 2 gave B 3.00000 votes "
        "and A none. C has the fewest votes, 3.00000, and is excluded. "
        "Elected: B (stage 2)."
    )


def test_missed_by_three_tenths_of_a_vote() -> None:
    """A's ten papers pass on a surplus of 3, 0.3 each; one of them goes to C."""
    one = election(2, "ABC", (9, "A"), (1, "AC"), (5, "B"), (5, "C"))
    said = why(one, STV, "B")
    assert "Stage 3: B has the fewest votes, 5.00000, and is excluded." in said
    assert "the next, C, had 5.30000, 0.30000 more than B." in said
    assert "Up to stage 1 B was equal with C, 5.00000 to 5.00000." in said
    assert "Then stage 2 gave C 0.30000 votes and B none. The surplus of A" in said
    assert "No vote of B passed on to anybody." in said


def test_excluded_as_the_last_with_what_became_of_the_votes() -> None:
    one = election(1, "ABC", (6, "A"), (5, "B"), (2, "CB"), (1, "CA"), (1, "C"))
    said = why(one, STV, "C")
    assert "Of the 3 who were still in the count, the next, B, had 5.00000, 1.00000 more" in said
    assert "The votes of C passed on: 2.00000 to B, 1.00000 to A and 1.00000 to nobody." in said


def test_a_lot_decided() -> None:
    one = election(1, "AB", (2, "A"), (2, "B"))
    sheet = count(STV, one, SEED)
    loser = "A" if sheet.elected == ("B",) else "B"
    said = " ".join(why_not(sheet, loser))
    assert f"{sheet.elected[0]} had as many votes as {loser}." in said
    assert "There was a tie at stage 2: A and B were equal" in said
    assert "a lot drew" in said


def test_withdrawn_elected_and_unknown() -> None:
    one = election(1, "ABC", (2, "A"), (2, "BA"), withdrawn="B")
    assert why(one, STV, "B") == "B withdrew before the count."
    assert why(one, STV, "A") == (
        "A was elected, at stage 1, with 4.00000 votes: reached the quota."
    )
    with pytest.raises(ValueError, match='no candidate "D"; there are A, B and C'):
        why_not(count(STV, one, None), "D")


def test_never_had_a_vote() -> None:
    one = election(1, "ABCD", (3, "A"), (2, "B"), (2, "C"))
    assert why(one, STV, "D", SEED).startswith("D had no votes at any stage. Stage 2: D has")
    assert why(election(2, "AB", (3, "A")), "slate-against-slate/1", "B").startswith(
        "B had no votes. A, who was elected, had 3 votes, 3 more than B."
    )


def test_a_count_of_crosses() -> None:
    one = election(2, "ABC", (4, "A"), (3, "BA"), (2, "C"))
    assert why(one, "plurality-at-large/1", "C") == (
        "C had 2 votes. Of those elected, B had the fewest votes, 3, 1 more than C. "
        "Elected: A and B."
    )
    tied = election(1, "AB", (1, "A"), (1, "B"))
    sheet = count("plurality/1", tied, SEED)
    said = " ".join(why_not(sheet, "A" if sheet.elected == ("B",) else "B"))
    assert "who was elected, had 1 vote, as many as" in said
    assert "There was a tie at stage 1: A and B have 1 vote each" in said


def test_a_slate_that_missed_its_majority() -> None:
    one = election(5, "YN", (4, "Y"), (4, "N"))
    said = why(one, "slate-yes-no/1", "Y")
    assert said.startswith("Y had 4 votes. 5 were needed; 1 was missing.")
    assert said.endswith("Nobody was elected.")


def test_seats_that_stay_vacant() -> None:
    said = why(election(2, "ABC", (3, "A")), "slate-against-slate/1", "B")
    assert "B had no votes." in said
    nobody = why(election(2, "AB"), "slate-against-slate/1", "A")
    assert nobody == "A had no votes. No paper is valid, so nobody is elected. Nobody was elected."


def test_several_excluded_together_and_a_sheet_that_names_no_transfers() -> None:
    """Shapes of other rules: a bulk exclusion; stages that state votes only, as Meek's do."""
    sheet = count(STV, election(1, "ABCD", (5, "A"), (4, "B"), (2, "CB"), (1, "DB")), None)
    first, second, third = sheet.stages[0], sheet.stages[1], sheet.stages[2]
    action = replace(second.action, of="D", also=("C",), says="C and D cannot win.")
    bulk = replace(third, number=2, action=action)
    said = " ".join(why_not(replace(sheet, stages=(first, bulk)), "C"))
    assert "Stage 2: C and D cannot win." in said
    assert "Of the 4 who were still in the count, the next, B, had 4.00000, 2.00000 more" in said
    assert "passed on" not in said
    silent = replace(sheet, stages=tuple(replace(stage, transfers=()) for stage in sheet.stages))
    assert "passed on" not in " ".join(why_not(silent, "D"))


def test_more_votes_than_one_who_was_elected_is_not_called_fewer() -> None:
    """A reserved place: the sheet's own reason is given, and no difference is claimed."""
    sheet = count("plurality-at-large/1", election(2, "ABC", (5, "A"), (4, "B"), (1, "C")), None)
    a, b = sheet.elections
    reserved = replace(
        sheet,
        elections=(a, replace(b, candidate="C", votes=Decimal(1), how="a reserved place")),
        not_elected=("B",),
    )
    said = " ".join(why_not(reserved, "B"))
    assert "C had the fewest votes, 1, fewer than B; how C was elected: a reserved place." in said


def stated(sheet: Sheet, name: str) -> None:
    """Every comparison in the sentences, looked up in the sheet again."""
    for sentence in why_not(sheet, name):
        if found := re.search(r"the next, (.+), had ([\d.]+), ([\d.]+) more than", sentence):
            excluded = next(stage for stage in sheet.stages if name in stage.excluded)
            before = sheet.stages[excluded.number - 2]
            assert before.votes_of(found[1]) == Decimal(found[2])
            assert Decimal(found[2]) - before.votes_of(name) == Decimal(found[3]) > 0
        if found := re.search(r"the most that .+ had was ([\d.]+), at stage (\d+)\.", sentence):
            votes = [stage.votes_of(name) for stage in sheet.stages]
            assert votes[int(found[2]) - 1] == Decimal(found[1]) == max(votes)
        if found := re.search(r"Up to stage (\d+) .+ was ahead of (.+?), ", sentence):
            ahead = sheet.stages[int(found[1]) - 1]
            assert ahead.votes_of(name) > ahead.votes_of(found[2])
            after = sheet.stages[int(found[1])]
            assert after.votes_of(name) < after.votes_of(found[2])


@settings(max_examples=300, deadline=None)
@given(elections(), st.sampled_from(RULES))
def test_everybody_gets_an_answer_that_the_sheet_bears_out(one: Election, rule: str) -> None:
    sheet = count(rule, one, SEED)
    for name in sheet.candidates:
        said = why_not(sheet, name)
        assert all(sentence.endswith(".") for sentence in said)
        elected = said[0].startswith(f"{name} was elected, at stage")
        assert elected == (name in sheet.elected)
        stated(sheet, name)


def test_a_transferable_count_of_one_stage_names_the_quota_and_that_no_seat_was_left() -> None:
    said = why(election(2, "ABC", (6, "A"), (5, "B"), (1, "C")), STV, "C")
    assert said == (
        "C began with 1.00000 first preferences; the quota was 5. When the last seat was filled, "
        "at stage 1, C was still in the count, and no seat was left. C then had 1.00000 votes, "
        "4.00000 short of the quota. The last seat went to B with 5.00000 votes, 4.00000 more than "
        "C: reached the quota. Elected: A (stage 1) and B (stage 1)."
    ).replace(" (stage 1)", "")


def test_meeks_shortfall_names_the_quota_that_it_is_against() -> None:
    sheet = count("meek-prf/1", election(2, "ABC", (9, "A"), (4, "B"), (3, "C"), (1, "AC")), SEED)
    last = sheet.stages[-1]
    assert last.quota is not None
    assert last.quota != sheet.stages[0].quota
    name = next(n for n in sheet.not_elected if not any(n in s.excluded for s in sheet.stages))
    short = last.quota - last.votes_of(name)
    assert f"{short:f} short of the quota, by then {last.quota:f}." in " ".join(
        why_not(sheet, name)
    )


@pytest.mark.parametrize("rule", [STV, "meek-prf/1", "ers97/1", "schulze/1", "instant-runoff/1"])
def test_without_a_valid_paper_that_is_the_reason(rule: str) -> None:
    one = replace(election(1, "AB"), papers=(Paper(3, ()),))
    assert why(one, rule, "A") == "No paper is valid, so nobody is elected. Nobody was elected."
