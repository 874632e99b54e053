"""Nobody is elected where no paper is valid, by any rule, and the sheet says so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from elections_drawn import SEED
from hypothesis import given
from hypothesis import strategies as st

from quorate.cli.counting import told_in_lines
from quorate.count import cumulative, debian, limited, lists, reserved
from quorate.count.bundles import bundled
from quorate.count.lot import LotNeeded
from quorate.count.page import as_html
from quorate.count.papers import Election, Paper
from quorate.count.rules import RULES, Terms, count
from quorate.count.slate import Majority
from quorate.count.unvoted import NOBODY
from quorate.count.why import why_not

TERMS: dict[str, Terms] = {
    "limited-vote/1": limited.Terms(1),
    "yes-no-abstain/1": Majority(Fraction(1, 2), "cast", strictly=True),
}
INVALID = (Paper(2, ()), Paper(1, ((),)), Paper(1, (9,)), Paper(3, ((), 9)))
of_rules = pytest.mark.parametrize("rule", sorted(set(RULES) - {"debian/1"}))


def election(rule: str, *papers: Paper) -> Election:
    names = ("Yes", "No") if rule == "slate-yes-no/1" else ("Yes", "No", "Abstain")
    return Election("", 1 if RULES[rule].fills == "one place" else 2, names, frozenset(), papers)


@of_rules
@pytest.mark.parametrize("seed", [None, SEED])
@given(papers=st.lists(st.sampled_from(INVALID), max_size=4))
def test_nobody_is_elected_and_no_lot_is_drawn(
    rule: str, seed: bytes | None, papers: list[Paper]
) -> None:
    one = election(rule, *papers)
    sheet = count(rule, one, seed, terms=TERMS.get(rule))
    assert sheet == count(rule, bundled(one), seed, terms=TERMS.get(rule))
    assert (sheet.elected, sheet.ties) == ((), ())
    assert sheet.papers.valid == 0
    assert sheet.papers.read == sum(paper.weight for paper in papers)
    assert sorted(sheet.not_elected) == sorted(one.candidates)
    assert sheet.remarks[0] == NOBODY
    assert not any(stage.elected for stage in sheet.stages)
    assert all(not votes for stage in sheet.stages for _, votes in stage.votes)
    assert NOBODY in "\n".join(told_in_lines(sheet))
    assert NOBODY in as_html(sheet)
    assert all(NOBODY in why_not(sheet, name) for name in one.candidates)


@of_rules
def test_one_valid_paper_is_enough(rule: str) -> None:
    seats = election(rule).seats
    one = election(rule, Paper(1, (1,)), *INVALID)
    sheet = count(rule, one, SEED, terms=TERMS.get(rule))
    assert sheet.elected[:1] == ("Yes",)
    assert len(sheet.elected) <= seats
    assert NOBODY not in sheet.remarks


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ("scottish-stv/1", reserved.Terms(1, frozenset({"No"}), "women")),
        ("plurality-at-large/1", reserved.Terms(1, frozenset({"No"}), "women")),
        ("dhondt/1", lists.Terms(0)),
        ("hare-niemeyer/1", lists.Terms(0)),
        ("cumulative/1", cumulative.Terms(4)),
    ],
)
def test_whatever_the_election_states_besides(rule: str, terms: Terms) -> None:
    sheet = count(rule, election(rule, *INVALID), None, terms=terms)
    assert sheet.elected == ()
    assert sheet.remarks[0] == NOBODY
    assert sheet.terms


def test_uncontested_candidates_need_a_valid_paper_too() -> None:
    for rule in ("scottish-stv/1", "meek-prf/1", "ers97/1", "plurality-at-large/1", "approval/1"):
        one = Election("", 3, ("A", "B"), frozenset(), (Paper(5, ()),))
        assert count(rule, one, None).elected == ()
        voted = Election("", 3, ("A", "B"), frozenset(), (Paper(5, ()), Paper(1, (1,))))
        assert set(count(rule, voted, None).elected) == {"A", "B"}


def test_a_lot_between_candidates_with_votes_is_still_needed() -> None:
    one = election("plurality/1", Paper(1, (1,)), Paper(1, (2,)))
    with pytest.raises(LotNeeded):
        count("plurality/1", one, None)


def test_debians_default_option_is_left_as_a_5_3_says() -> None:
    terms = debian.Terms("Abstain", 0, {})
    sheet = count("debian/1", election("debian/1", *INVALID), None, terms=terms)
    assert sheet.elected == ("Abstain",)
    assert sheet.remarks[0].endswith("dropped (A.5.3).")
    assert sum("is dropped" in remark and "(A.5.3)" in remark for remark in sheet.remarks) == 3
