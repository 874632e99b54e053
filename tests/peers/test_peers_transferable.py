"""Our rules beside pref_voting's and pyrankvote's. See DISAGREEMENTS.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count.blt import read_blt
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, Paper
from quorate.count.rules import count

ELSEWHERE = "they have an environment of their own: make peers"
quick = settings(max_examples=60, deadline=None)
WARDS = sorted((Path(__file__).parents[1] / "real" / "elections").glob("*.blt"))


@st.composite
def complete(draw: st.DrawFn) -> Election:
    """One place; every paper ranks everybody, so that margins and winning votes order alike."""
    candidates = draw(st.integers(2, 5))
    order = st.permutations(range(1, candidates + 1))
    paper = st.builds(Paper, st.integers(1, 40), order)
    names = tuple(f"c{number}" for number in range(candidates))
    papers = tuple(draw(st.lists(paper, min_size=1, max_size=12)))
    return Election("", 1, names, frozenset(), papers)


def without_lots(rule: str, one: Election) -> list[int]:
    """The numbers, from 0, of those elected; elections that need a lot are passed over."""
    try:
        sheet = count(rule, one, None)
    except LotNeeded:
        assume(False)
        raise
    return [one.candidates.index(name) for name in sheet.elected]


@pytest.mark.parametrize(
    ("rule", "peer"), [("schulze/1", "beat_path"), ("ranked-pairs/1", "ranked_pairs")]
)
@quick
@given(one=complete())
def test_condorcet_winners_equal_pref_votings(rule: str, peer: str, one: Election) -> None:
    methods = pytest.importorskip("pref_voting.margin_based_methods", reason=ELSEWHERE)
    profiles = pytest.importorskip("pref_voting.profiles", reason=ELSEWHERE)
    ours = without_lots(rule, one)
    rankings = [[number - 1 for rank in paper.ranks for number in rank] for paper in one.papers]
    profile = profiles.Profile(rankings, [paper.weight for paper in one.papers])
    assert list(getattr(methods, peer)(profile)) == ours


@quick
@given(one=complete())
def test_instant_run_off_equals_pyrankvotes(one: Election) -> None:
    library = pytest.importorskip("pyrankvote", reason=ELSEWHERE)
    ours = without_lots("instant-runoff/1", one)
    # It breaks ties at random: those where ours looked at an earlier stage are passed over.
    assume(not count("instant-runoff/1", one, None).ties)
    people = [library.Candidate(name) for name in one.candidates]
    ballots = [
        library.Ballot(ranked_candidates=[people[rank[0] - 1] for rank in paper.ranks])
        for paper in one.papers
        for _ in range(paper.weight)
    ]
    result = library.instant_runoff_voting(people, ballots)
    assert [person.name for person in result.get_winners()] == [one.candidates[n] for n in ours]


@pytest.mark.parametrize("path", WARDS, ids=lambda path: path.stem)
def test_winners_of_real_wards_equal_pref_votings(path: Path) -> None:
    profiles = pytest.importorskip("pref_voting.profiles_with_ties", reason=ELSEWHERE)
    methods: Any = pytest.importorskip("pref_voting.proportional_methods", reason=ELSEWHERE)
    one = read_blt(path.read_bytes()).election
    rankings = [
        {rank[0] - 1: place for place, rank in enumerate(paper.ranks, start=1)}
        for paper in one.papers
    ]
    weights = [paper.weight for paper in one.papers]
    profile = profiles.ProfileWithTies(
        rankings, weights, candidates=list(range(len(one.candidates)))
    )
    theirs = methods.stv_scottish(profile, num_seats=one.seats)
    sheet = count("scottish-stv/1", one, None)
    assert sorted(theirs) == sorted(one.candidates.index(name) for name in sheet.elected)
