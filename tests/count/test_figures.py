"""What the figures of a sheet are called, everywhere; one of them is never several."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from elections_drawn import SEED
from hypothesis import given
from hypothesis import strategies as st

from quorate.cli.counting import told_in_lines
from quorate.count import debian, limited, lists, reserved
from quorate.count.csv_sheet import as_csv
from quorate.count.figures import some
from quorate.count.page import as_html
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import RULES, Terms, count
from quorate.count.sheet import Sheet, to_json
from quorate.count.slate import Majority
from quorate.count.why import why_not

IN_PAIRS = ("schulze/1", "ranked-pairs/1", "debian/1")
CIRCLE = Election(
    "Chair",
    1,
    ("Ada", "Bo", "Cy"),
    frozenset(),
    (Paper(5, (1, 2, 3)), Paper(4, (2, 3, 1)), Paper(3, (3, 1, 2))),
)


def counted(rule: str, one: Election) -> Sheet:
    terms: Terms | None = None
    match rule:
        case "debian/1":
            terms = debian.Terms(one.candidates[-1], 0, {})
        case "limited-vote/1":
            terms = limited.Terms(one.seats - 1)
        case "yes-no-abstain/1":
            terms = Majority(Fraction(1, 2), "cast", strictly=True)
    return count(rule, one, SEED, terms=terms)


def everything_said(sheet: Sheet) -> str:
    whys = [sentence for name in sheet.candidates for sentence in why_not(sheet, name)]
    text = re.sub(r"<[^>]*>", "\n", as_html(sheet))
    return "\n".join([*told_in_lines(sheet), *whys, as_csv(sheet), text])


@pytest.mark.parametrize("rule", IN_PAIRS)
def test_pairwise_wins_are_never_called_votes(rule: str) -> None:
    sheet = counted(rule, CIRCLE)
    assert sheet.figures == "pairwise wins"
    said = everything_said(sheet)
    assert "1 pairwise win:" in said or "2 pairwise wins:" in said
    assert not re.search(r"\b[0-9.]+ votes?:", said)
    assert "Votes" not in said
    told = to_json(sheet)
    assert told["figures"] == "pairwise wins"
    assert told["stages"][0]["votes"] == {}
    assert told["stages"][0]["pairwise_wins"] == {"Ada": "1", "Bo": "1", "Cy": "1"}
    assert all("votes" not in one and one["pairwise_wins"] for one in told["elections"])


def test_points_are_called_points() -> None:
    sheet = count("cumulative/1", Election("", 2, ("A", "B"), frozenset(), (Paper(1, (1,)),)), SEED)
    said = everything_said(sheet)
    assert "1 point:" in said
    assert "B had" not in said  # two seats, two candidates: both are elected
    assert to_json(sheet)["figures"] == "points"
    assert not re.search(r"[0-9] votes?\b", said)


def test_other_sheets_are_as_they_were() -> None:
    told = to_json(count("scottish-stv/1", CIRCLE, SEED))
    assert "figures" not in told
    assert told["stages"][0]["votes"]["Ada"] == "5.00000"


SINGULAR = re.compile(
    r"(?<![0-9.,])1 (?:votes|papers|seats|places|points|candidates|stages|pairwise wins|cells)\b"
    r"|(?<![0-9.,])1 (?:were|are|stay|prefer|rank) "
)


@pytest.mark.parametrize("rule", sorted(RULES))
@given(
    st.integers(1, 2),
    st.lists(st.tuples(st.integers(1, 2), st.permutations([1, 2, 3])), min_size=1, max_size=3),
)
def test_one_of_them_is_never_several(
    rule: str, seats: int, papers: list[tuple[int, list[int]]]
) -> None:
    ranked = RULES[rule].marks == "ranks"
    one = Election(
        "",
        2 if rule == "limited-vote/1" else 1 if RULES[rule].fills == "one place" else seats,
        ("Yes", "No") if rule == "slate-yes-no/1" else ("Yes", "No", "Abstain"),
        frozenset(),
        tuple(Paper(n, order if ranked else order[:1]) for n, order in papers if order[0] < 3),
    )
    found = SINGULAR.search(everything_said(counted(rule, one)))
    assert found is None, found


def test_one_reserved_place() -> None:
    one = Election("", 1, ("A", "B"), frozenset(), (Paper(1, (1,)),))
    sheet = count("plurality-at-large/1", one, SEED, terms=reserved.Terms(1, frozenset("B"), "W"))
    assert not SINGULAR.search(everything_said(sheet))
    assert any("At least 1 of 1 place is reserved" in one for one in sheet.remarks)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 vote"), (0, "0 votes"), (1_200, "1,200 votes"), (Decimal("1.00000"), "1.00000 votes")],
)
def test_so_many_of_them(number: int | Decimal, said: str) -> None:
    assert some(number, "votes") == said


def test_one_seat_for_two_lists_with_a_minimum() -> None:
    one = Election("", 1, ("A", "B"), frozenset(), (Paper(1, (1,)),))
    with pytest.raises(NotCountable, match="and there is 1"):
        count("dhondt/1", one, SEED, terms=lists.Terms(1))
