"""Plurality: each paper gives one vote to each candidate marked on it, as many as there are seats.

Plurality at large (block vote): a paper that marks more candidates than there are seats counts for
the first of them only as far as there are seats, in the order of preference.
Slate against slate: the list with the most votes fills every seat. Slate yes or no: one list, which
more must want than not.
"""

from __future__ import annotations

from collections.abc import Sequence

from quorate.count.lot import LotNeeded, drawn_order
from quorate.count.papers import Contest, sort_papers
from quorate.count.sheet import Sheet, Stage, Tie

AT_LARGE = "plurality-at-large/1"
SLATES = "slate-against-slate/1"
YES_NO = "slate-yes-no/1"


def at_large(contest: Contest, seed: bytes | None) -> Sheet:
    """The candidates with the most votes. Raises LotNeeded for a tie over the last seat."""
    return _most_votes(AT_LARGE, contest, contest.seats, contest.seats, seed)


def slates(contest: Contest, seed: bytes | None) -> Sheet:
    """The slate with the most first marks. Raises LotNeeded for a tie."""
    return _most_votes(SLATES, contest, 1, 1, seed)


def slate_yes_no(contest: Contest, seed: bytes | None) -> Sheet:
    """The names are "yes" and "no"; "yes" is elected with more votes than "no", else nobody is."""
    votes, valid, invalid = _votes(contest, 1)
    carried = votes[1] > votes[2]
    stage = Stage(
        1, "Votes", _named(contest, votes), 0, elected=("yes",) if carried else ()
    )
    return Sheet(
        rule=YES_NO,
        seats=contest.seats,
        places=0,
        quota=None,
        valid=valid,
        invalid=invalid,
        stages=(stage,),
        ties=(),
        elected=("yes",) if carried else (),
        not_elected=() if carried else ("yes",),
    )


def _votes(
    contest: Contest, marks: int
) -> tuple[dict[int, int], int, tuple[tuple[str, int], ...]]:
    papers = sort_papers(contest)
    votes = {
        candidate: 0
        for candidate in range(1, len(contest.names) + 1)
        if candidate not in contest.withdrawn
    }
    for paper in papers.valid:
        for candidate in paper.order[:marks]:
            votes[candidate] += paper.weight
    return votes, sum(paper.weight for paper in papers.valid), papers.invalid


def _named(contest: Contest, votes: dict[int, int]) -> tuple[tuple[str, int], ...]:
    return tuple((contest.names[candidate - 1], figure) for candidate, figure in votes.items())


def _most_votes(
    rule: str, contest: Contest, winners: int, marks: int, seed: bytes | None
) -> Sheet:
    votes, valid, invalid = _votes(contest, marks)
    ranked = sorted(votes, key=lambda candidate: (-votes[candidate], candidate))
    ties: list[Tie] = []
    if len(ranked) > winners and votes[ranked[winners - 1]] == votes[ranked[winners]]:
        ranked, tie = _last_place(contest, ranked, votes, winners, seed)
        ties.append(tie)
    names = [contest.names[candidate - 1] for candidate in ranked]
    elected = tuple(names[:winners])
    return Sheet(
        rule=rule,
        seats=contest.seats,
        places=0,
        quota=None,
        valid=valid,
        invalid=invalid,
        stages=(Stage(1, "Votes", _named(contest, votes), 0, elected=elected),),
        ties=tuple(ties),
        elected=elected,
        not_elected=tuple(names[winners:]),
    )


def _last_place(
    contest: Contest,
    ranked: Sequence[int],
    votes: dict[int, int],
    winners: int,
    seed: bytes | None,
) -> tuple[list[int], Tie]:
    """Those tied over the last seat, in the order of a lot."""
    figure = votes[ranked[winners]]
    tied = [contest.names[c - 1] for c in ranked if votes[c] == figure]
    if seed is None:
        raise LotNeeded(tied)
    drawn = drawn_order(seed, "last seat", tied)
    before = [c for c in ranked if votes[c] > figure]
    after = [c for c in ranked if votes[c] < figure]
    by_name = {name: number for number, name in enumerate(contest.names, 1)}
    order = [*before, *(by_name[name] for name in drawn), *after]
    places = winners - len(before)
    return order, Tie(1, tuple(tied), ", ".join(drawn[:places]), "last seat: by lot")
