"""Importing the ballot papers of an election on paper, from a .blt file that tellers made."""

from __future__ import annotations

from quorate.chapters.elections.remembers import Election
from quorate.chapters.state import State
from quorate.count.blt import BltError, read_blt
from quorate.store.handing_in import HandedIn, hand_in

BATCH = 900
"""So many different papers go into one entry, which holds 65,535 bytes."""


class NoPapers(Exception):
    """The file cannot be the papers of this election; says why."""


def acts(state: State, number: int, data: bytes, by: str) -> list[HandedIn]:
    """The acts that enter the papers; another teller says that they are all. Raises NoPapers."""
    election = state.elections.elections.get(number)
    if election is None:
        raise NoPapers(f"there is no election {number}; name it with --election")
    try:
        found = read_blt(data).election
    except BltError as error:
        raise NoPapers(str(error)) from None
    _fits(election, len(found.candidates), found.seats)
    groups = []
    for paper in found.papers:
        if any(len(rank) > 1 for rank in paper.ranks):
            raise NoPapers("a paper puts two candidates equal, which the rule does not allow")
        groups.append({"weight": paper.weight, "ranks": [rank[0] for rank in paper.ranks if rank]})
    return [
        hand_in(
            "elections.enter_papers",
            {"election": number, "papers": groups[start : start + BATCH]},
            by,
        )
        for start in range(0, len(groups), BATCH)
    ]


def _fits(election: Election, candidates: int, seats: int) -> None:
    if candidates != len(election.standing):
        raise NoPapers(f"the file has {candidates} candidates, and {len(election.standing)} stand")
    if seats != election.seats:
        raise NoPapers(f"the file fills {seats} seats, and the election {election.seats}")
