"""Papers that tellers bring in a .blt file: entered as the rule reads them, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from support.small import Small, founded_with, rules_text
from support.year import delegates, delegates_elected, poll, sitting

pytestmark = pytest.mark.xdist_group("web")

COMMITTEE = "steering-committee"
NAMES = '"A"\n"B"\n"C"\n'


def on_paper(count: str = "scottish-stv/1") -> tuple[Small, int]:
    """An election of two on paper, with three candidates."""
    text = rules_text("open-convention", on_paper="true")
    head, begin, rest = text.partition(f"[bodies.{COMMITTEE}]\n")
    rest = rest.replace('count = "scottish-stv/1"', f'count = "{count}"', 1)
    rest = rest.replace("seats = 9", "seats = 2", 1)
    small = sitting(delegates_elected(founded_with(f"{head}{begin}{rest}")))
    election = poll(small, COMMITTEE, paper=True)
    for member in delegates(small)[:3]:
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
    return small, election.number


def entered(small: Small, number: int, papers: str, head: str = "3 2\n") -> dict[Any, int]:
    """Ranks → papers, as the acts enter them."""
    from quorate.store.papers import acts

    text = f"{head}{papers}0\n{NAMES}"
    handed = acts(small.state, number, text.encode(), "m-teller")
    return {group.ranks: group.weight for one in handed for group in one.act.papers}


def test_equal_papers_are_one_group_and_none_is_lost(demo: Any) -> None:
    small, number = on_paper()
    papers = "3 1 2 0\n1 1 2 0\n2 3 0\n4 0\n(x) 1 2 1 0\n"
    assert entered(small, number, papers) == {(1, 2): 4, (3,): 2, (): 4, (2, 1): 1}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("scottish-stv/1", {(1,): 1, (): 1}),
        ("ers97/1", {(1,): 1, (): 1}),
        ("approval/1", {(1, 2): 1, (3,): 1}),
    ],
)
def test_a_skipped_rank_is_what_the_rule_says(
    demo: Any, count: str, expected: dict[Any, int]
) -> None:
    small, number = on_paper(count)
    assert entered(small, number, "1 1 - 2 0\n1 - 3 0\n") == expected


def test_a_shared_rank_is_refused_where_ranks_count(demo: Any) -> None:
    from quorate.store.papers import NoPapers

    small, number = on_paper()
    with pytest.raises(NoPapers, match="puts two candidates equal"):
        entered(small, number, "1 1=2 0\n")
    small, number = on_paper("approval/1")
    assert entered(small, number, "1 1=2 0\n") == {(1, 2): 1}


@pytest.mark.parametrize(
    ("head", "papers", "says"),
    [
        ("3 1\n", "1 1 0\n", "fills 1 seats, and the election 2"),
        ("3 2\n", "1 4 0\n", "line 2, column 3"),
        ("3 2\n-2\n", "1 1 0\n", "who has withdrawn"),
        ("3 2\n", "", "at least one paper"),
    ],
)
def test_what_cannot_be_its_papers_is_refused(demo: Any, head: str, papers: str, says: str) -> None:
    from quorate.store.papers import NoPapers

    small, number = on_paper()
    with pytest.raises(NoPapers, match=says):
        entered(small, number, papers, head)
    with pytest.raises(NoPapers, match="there is no election 99"):
        entered(small, 99, "1 1 0\n")
