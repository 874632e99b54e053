"""Counting an election: its papers given to ``quorate.count``, the sheet given back."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from quorate.ballots.choices import ranks
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.lots.call import tie_of
from quorate.chapters.lots.remembers import Draw
from quorate.chapters.lots.seed import seed_of_election
from quorate.chapters.state import State
from quorate.count import cumulative, limited, reserved
from quorate.count.lot import LotNeeded
from quorate.count.papers import Contest, Paper, Sums
from quorate.count.rules import count
from quorate.count.sheet import Sheet, to_json
from quorate.count.terms import Terms


def count_sheet(state: State, election: Election) -> Sheet:
    """The election's count sheet. Candidates are named by pseudonym, slates by number.

    Raises quorate.count.lot.LotNeeded if a tie needs a lot that is not drawn yet.
    """
    return count(election.count, contest(election), seed_of(state, election), terms=terms(election))


def certain(state: State, election: Election) -> tuple[str, ...]:
    """Whom the ballots elect before a tie needs a lot that is not drawn yet.

    Where slates stand nobody is elected before all are: a slate takes every seat or none.
    """
    try:
        count_sheet(state, election)
    except LotNeeded as tie:
        return () if election.count.startswith("slate-") else tie.elected
    return ()


def lot_of(state: State, election: Election) -> Draw | None:
    """The lot that was drawn for this election's ties, if one was."""
    for _, draw in sorted(state.lots.draws.items()):
        if (draw.purpose, draw.of) == tie_of(election) and draw.seed is not None:
            return draw
    return None


def seed_of(state: State, election: Election) -> bytes | None:
    """The drawn seed; where one lot settles several elections, each has its own from it."""
    draw = lot_of(state, election)
    if draw is None or draw.seed is None:
        return None
    if draw.purpose == "delegates":
        return seed_of_election(draw.seed, election.number)
    return bytes.fromhex(draw.seed)


def contest(election: Election) -> Contest:
    """The election as the counting library sees it."""
    grouped = Counter(ballot.ranks for _, ballot in sorted(election.opened.items()))
    for paper in election.papers if papers_count(election) else ():
        grouped[paper.ranks] += paper.weight
    papers = [Paper(weight, ranks) for ranks, weight in sorted(grouped.items())]
    sums = None
    if election.box is not None and election.box.sums:
        blank, *votes = election.box.sums
        sums = Sums(election.box.ballots, blank, tuple(votes))
    elif election.box is not None:
        papers += [Paper(one.weight, ranks(one.numbers)) for one in election.box.rankings]
    return Contest(on_the_paper(election), election.seats, tuple(papers), election.withdrawn, sums)


def on_the_paper(election: Election) -> tuple[str, ...]:
    """What can be marked or ranked: candidates' pseudonyms, slates, yes and no."""
    if election.count == "slate-yes-no/1":
        return ("yes", "no")
    if election.count.startswith("slate-"):
        return tuple(f"slate {slate.number}" for slate in standing_slates(election))
    return tuple(candidate.member for candidate in election.standing)


def papers_count(election: Election) -> bool:
    """Whether the papers are counted: beside a box, once somebody has said that they are all."""
    return not election.register or bool(election.ended_by)


def terms(election: Election) -> Terms | None:
    """What the election states besides its rule, as the counting library has it."""
    stated = election.terms
    if stated.marks is not None:
        return limited.Terms(stated.marks)
    if stated.points is not None:
        return cumulative.Terms(stated.points)
    if stated.reserved is not None:
        group = frozenset(one.member for one in election.standing if one.of_group)
        return reserved.Terms(stated.reserved, group, stated.group)
    return None


def elected_members(election: Election, sheet: Sheet) -> tuple[str, ...]:
    """Whom the sheet elects, as members, in the order of election."""
    slates = standing_slates(election)
    if election.count == "slate-yes-no/1":
        return slates[0].members if slates and sheet.elected == ("yes",) else ()
    if election.count.startswith("slate-"):
        by_name = {f"slate {slate.number}": slate.members for slate in slates}
        return tuple(member for name in sheet.elected for member in by_name[name])
    return sheet.elected


def digest(sheet: Sheet) -> str:
    """Hex SHA-256 of the sheet's canonical JSON."""
    text = json.dumps(to_json(sheet), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
