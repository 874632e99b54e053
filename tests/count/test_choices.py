"""Yes, no, abstention: what nobody answered is missing from a spreadsheet, not from the count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.files.listed import Listed, arranged
from quorate.count.files.reading import Wanted, read_to_count
from quorate.count.files.tables import quoted, read_csv
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.slate import Majority
from quorate.count.why import why_not

YES_NO = "yes-no-abstain/1"
HALF = Majority(Fraction(1, 2), "cast", strictly=True)


def election(*names: str) -> Election:
    papers = tuple(Paper(1, (number,)) for number in range(1, len(names) + 1))
    return Election("", 1, names, frozenset(), papers)


def listed(name: str) -> Listed:
    return Listed(name, "", False)


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
    "names", [("Oo", "Hindi"), ("Yes", "Hindi"), ("Yes", "For"), ("Yes", "No", "Abstain", "Maybe")]
)
def test_what_may_be_any_choice_is_not_guessed_at(names: tuple[str, ...]) -> None:
    with pytest.raises(NotCountable) as caught:
        count(YES_NO, election(*names), None, terms=HALF)
    assert "the choices yes, no and abstention" in str(caught.value)
    assert names[-1] in str(caught.value)


def answers(*cells: str) -> Election:
    text = "Accept?\n" + "".join(f"{quoted(one)}\n" for one in cells)
    return read_csv(text, "crosses", one_mark=True).election


@pytest.mark.parametrize(
    ("yes", "no", "abstention"),
    [
        ("Ja", "Nein", "Enthaltung"),
        ("Oui", "Non", "Je m’abstiens"),
        ("Sí", "No", "Abstención"),
        ("A favore", "Contrario", "Mi astengo"),
        ("Sim", "Não", "Abstenção"),
        ("Voor", "Tegen", "Onthouding"),
        ("Ja", "Nej", "Avstår"),
        ("Kyllä", "Ei", "Pidättäydyn"),
        ("Tak", "Nie", "Wstrzymuję się"),
        ("Ano", "Ne", "Zdržuji se"),
        ("За", "Против", "Воздержался"),
        ("Igen", "Nem", "Tartózkodom"),
        ("Ναι", "Όχι", "Αποχή"),
        ("Evet", "Hayır", "Çekimser"),
        ("Approve it", "Reject it", "Abstain from voting"),
        ("Yes, with changes", "No - never.", "Abstention"),
    ],
)
def test_the_words_of_many_languages_are_known(yes: str, no: str, abstention: str) -> None:
    sheet = count(YES_NO, answers(no, no, no, yes, yes, abstention), None, terms=HALF)
    assert sheet.elected == ()
    assert {name: int(votes) for name, votes in sheet.stages[0].votes} == {
        no: 3,
        yes: 2,
        abstention: 1,
    }
    assert f'Read "{yes}" as yes, "{no}" as no and "{abstention}" as abstention.' in sheet.remarks


def test_no_is_never_yes_by_the_alphabet() -> None:
    sheet = count("slate-yes-no/1", answers("Non", "Non", "Non", "Oui"), None)
    assert sheet.elected == ()
    assert sheet.stages[0].action.says.startswith("1 of 4 cast")
    for cells in (("Hindi", "Hindi", "Oo"), ("Yes, no", "No"), ("No objection", "Objection")):
        with pytest.raises(NotCountable, match="--candidates"):
            count("slate-yes-no/1", answers(*cells), None)


def test_a_stated_order_tells_and_the_sheet_says_so() -> None:
    by_list = arranged(answers("Hindi", "Oo", "Oo"), (listed("Oo"), listed("Hindi")))
    sheet = count("slate-yes-no/1", by_list, None)
    assert sheet.elected == ("Oo",)
    said = 'Read "Oo" as yes and "Hindi" as no, in the order in which they stand.'
    assert said in sheet.remarks
    for name, content in (
        ("a.blt", '2 1\n2 1 0\n1 2 0\n0\n"Oo"\n"Hindi"\n"T"\n'),
        ("a.soi", "2\n1,Oo\n2,Hindi\n3,3,2\n2,1\n1,2\n"),
        ("a.abif", "=a:Oo\n=b:Hindi\n2: a\n1: b\n"),
    ):
        wanted = Wanted(marks="crosses", one_mark=True, several_each=True)
        file = read_to_count(content.encode(), name, wanted=wanted)
        assert said in count("slate-yes-no/1", file.election, None).remarks
    file = read_to_count(b"2: Hindi\n1: Oo\n", "a.abif", wanted=Wanted(1, marks="crosses"))
    with pytest.raises(NotCountable, match="nothing says which"):
        count("slate-yes-no/1", file.election, None)


def test_choices_of_the_rules_own_names_need_no_remark() -> None:
    sheet = count("slate-yes-no/1", election("yes", "no"), None)
    assert not any(remark.startswith("Read") for remark in sheet.remarks)


def test_more_papers_than_people_who_could_vote_are_refused() -> None:
    of_all = Majority(Fraction(1, 2), "eligible", strictly=False, eligible=3)
    papers = (Paper(2, (1,)), Paper(1, (1, 2)), Paper(1, ()))
    one = Election("", 1, ("Yes", "No", "Abstain"), frozenset(), papers)
    with pytest.raises(NotCountable, match="4 papers were read, and only 3 could vote"):
        count(YES_NO, one, None, terms=of_all)
    two = replace(one, candidates=("Yes", "No"))
    with pytest.raises(NotCountable, match="4 papers were read, and only 3 could vote"):
        count("slate-yes-no/1", two, None, terms=of_all)


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
