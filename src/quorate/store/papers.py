"""Importing the ballot papers of an election on paper, from a .blt file that tellers made."""

from __future__ import annotations

from itertools import takewhile

from quorate.chapters.elections.counting import contest
from quorate.chapters.elections.remembers import Election
from quorate.chapters.state import State
from quorate.count.blt import BltError
from quorate.count.blt_bundles import read_blt_bundles
from quorate.count.bundles import BundledElection, paper_of
from quorate.count.papers import Paper, grouped
from quorate.count.rules import RULES
from quorate.store.handing_in import HandedIn, hand_in

BATCH = 900
"""So many different papers go into one entry, which holds 65,535 bytes."""
_SKIPS_CHANGE_NOTHING = ("schulze/1", "ranked-pairs/1")


class NoPapers(Exception):
    """The file cannot be the papers of this election; says why."""


def acts(state: State, number: int, data: bytes, by: str) -> list[HandedIn]:
    """The acts that enter the papers; another teller says that they are all. Raises NoPapers."""
    election = state.elections.elections.get(number)
    if election is None:
        raise NoPapers(f"there is no election {number}; name it with --election")
    rule = RULES[election.count]
    try:
        found = read_blt_bundles(data, several_each=rule.fills == "several each").election
    except BltError as error:
        raise NoPapers(str(error)) from None
    _fits(election, found)
    bundles = found.bundles
    papers = grouped(
        Paper(paper.weight, _entered(election, paper))
        for paper in (paper_of(bundles, row) for row in range(len(bundles.weights)))
    )
    groups = [
        {"weight": paper.weight, "ranks": [rank[0] for rank in paper.ranks]} for paper in papers
    ]
    return [
        hand_in(
            "elections.enter_papers",
            {"election": number, "papers": groups[start : start + BATCH]},
            by,
        )
        for start in range(0, len(groups), BATCH)
    ]


def _entered(election: Election, paper: Paper) -> list[int]:
    """The paper as it is entered, one number after the other.

    An entry has no way to say that a rank was skipped or shared. Where the rule counts crosses or
    points, ranks mean nothing. Where it compares in pairs, a skipped rank changes nothing; where it
    transfers votes, the paper ends there. Raises NoPapers for a shared rank.
    """
    if RULES[election.count].marks != "ranks":
        return [number for rank in paper.ranks for number in rank]
    if any(len(rank) > 1 for rank in paper.ranks):
        raise NoPapers("a paper puts two candidates equal, which the rule does not allow")
    clear = paper.ranks if election.count in _SKIPS_CHANGE_NOTHING else takewhile(len, paper.ranks)
    return [rank[0] for rank in clear if rank]


def _fits(election: Election, found: BundledElection) -> None:
    stand = len(contest(election).names)
    if len(found.candidates) != stand:
        raise NoPapers(f"the file has {len(found.candidates)} candidates, and {stand} stand")
    if found.seats != election.seats:
        raise NoPapers(f"the file fills {found.seats} seats, and the election {election.seats}")
    if found.withdrawn:
        raise NoPapers("the file says who has withdrawn; that is in the record, not in the papers")
