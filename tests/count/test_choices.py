"""Yes, no, abstention: what nobody answered is missing from a spreadsheet, not from the count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.files.tables import read_csv
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.slate import Majority
from quorate.count.why import why_not

YES_NO = "yes-no-abstain/1"
HALF = Majority(Fraction(1, 2), "cast", strictly=True)


def election(*names: str) -> Election:
    papers = tuple(Paper(1, (number,)) for number in range(1, len(names) + 1))
    return Election("", 1, names, frozenset(), papers)


@given(st.lists(st.sampled_from(["Yes", "No", "Abstain"]), min_size=1, max_size=9))
def test_a_column_of_answers_counts_whatever_was_answered(answers: list[str]) -> None:
    file = read_csv("Do you agree?\n" + "".join(f"{one}\n" for one in answers), "crosses")
    sheet = count(YES_NO, file.election, None, terms=HALF)
    votes = {name.lower()[:2]: int(figure) for name, figure in sheet.stages[0].votes}
    assert votes == {key: sum(a.lower()[:2] == key for a in answers) for key in ("ye", "no", "ab")}
    carried = answers.count("Yes") > answers.count("No")
    assert sheet.elected == (("Yes",) if carried else ())


@pytest.mark.parametrize("name", ["Yes", "No"])
def test_a_slate_that_nobody_opposed_or_nobody_wanted(name: str) -> None:
    sheet = count("slate-yes-no/1", election(name), None)
    assert sheet.elected == (("Yes",) if name == "Yes" else ())
    assert len(sheet.candidates) == 2


@pytest.mark.parametrize(
    "names", [("Ja", "Nein"), ("Yes", "Nein"), ("Yes", "For"), ("Yes", "No", "Abstain", "Maybe")]
)
def test_what_may_be_any_choice_is_not_guessed_at(names: tuple[str, ...]) -> None:
    with pytest.raises(NotCountable) as caught:
        count(YES_NO, election(*names), None, terms=HALF)
    assert "the choices yes, no and abstention" in str(caught.value)
    assert names[-1] in str(caught.value)


def test_no_needs_no_majority() -> None:
    one = Election("", 1, ("No", "Yes"), frozenset(), (Paper(2, (2,)), Paper(1, (1,))))
    carried = count(YES_NO, one, None, terms=HALF)
    assert why_not(carried, "No")[0] == "No had 1 vote."
    assert not any("missing" in sentence for sentence in why_not(carried, "No"))
    lost = count(YES_NO, replace(one, papers=(Paper(3, (1,)), Paper(1, (2,)))), None, terms=HALF)
    assert why_not(lost, "Yes")[:2] == ["Yes had 1 vote.", "3 were needed; 2 were missing."]
    assert not any("needed;" in sentence for sentence in why_not(lost, "No"))
    nobody = count(YES_NO, replace(one, papers=(Paper(3, ()),)), None, terms=HALF)
    assert "1 was needed; 1 was missing." in why_not(nobody, "Yes")
    assert "1 was needed; 1 was missing." not in why_not(nobody, "No")
