"""Our rules beside votelib's, where both implement the same. See DISAGREEMENTS.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from count.elections_drawn import elections
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, Paper
from quorate.count.rules import count

pytest.importorskip("votelib", reason="they have an environment of their own: make peers")
convert = pytest.importorskip("votelib.convert")
condorcet = pytest.importorskip("votelib.evaluate.condorcet")
proportional = pytest.importorskip("votelib.evaluate.proportional")

quick = settings(max_examples=60, deadline=None)


def ranked_votes(one: Election) -> dict[tuple[str, ...], int]:
    """The papers as votelib takes them: orders of names → papers."""
    votes: dict[tuple[str, ...], int] = {}
    for paper in one.papers:
        order = tuple(one.name(rank[0]) for rank in paper.ranks)
        if order:
            votes[order] = votes.get(order, 0) + paper.weight
    return votes


def condorcet_peer(evaluator: Any, one: Election) -> list[Any]:
    pairs = convert.RankedToCondorcetVotes(unranked_at_bottom=True).convert(ranked_votes(one))
    return list(evaluator.evaluate(pairs, 1))


@pytest.mark.parametrize(
    ("rule", "peer"),
    [
        ("schulze/1", lambda: condorcet.Schulze()),
        ("ranked-pairs/1", lambda: condorcet.RankedPairs()),
    ],
)
@quick
@given(one=elections(clear=True, withdrawals=False))
def test_condorcet_winners_equal_votelibs(
    rule: str, peer: Callable[[], Any], one: Election
) -> None:
    one = replace(one, seats=1)
    ranked = {name for order in ranked_votes(one) for name in order}
    assume(ranked == set(one.candidates))
    try:
        sheet = count(rule, one, None)
    except LotNeeded:
        return
    assert condorcet_peer(peer(), one) == list(sheet.elected)


@pytest.mark.parametrize(
    ("rule", "divisor"), [("dhondt/1", "d_hondt"), ("sainte-lague/1", "sainte_lague")]
)
@quick
@given(votes=st.lists(st.integers(1, 10_000), min_size=1, max_size=8), seats=st.integers(1, 30))
def test_seats_for_lists_equal_votelibs(
    rule: str, divisor: str, votes: list[int], seats: int
) -> None:
    names = tuple(f"list {number}" for number in range(1, len(votes) + 1))
    papers = tuple(Paper(size, (number,)) for number, size in enumerate(votes, start=1))
    try:
        sheet = count(rule, Election("", seats, names, frozenset(), papers), None)
    except LotNeeded:
        return
    peer = proportional.HighestAverages(divisor)
    shares = peer.evaluate(dict(zip(names, votes, strict=True)), seats)
    assert sheet.lists is not None
    assert {name: n for name, n in shares.items() if n} == {
        one.name: one.seats for one in sheet.lists if one.seats
    }
