"""Counting crosses: the tally and the sheet that plurality, approval and slates share.

A paper is valid if it bears at least one cross and no more than the rule allows, all for
candidates of the election. An over-voted paper is invalid as a whole. A candidate marked twice
is marked once. A cross for a withdrawn candidate is no cross. A paper of which is only known that
too many were marked is over-voted too, however many the rule allows.

Ballots of which only the sums are known are valid unless they are blank. Whether one of them marks
withdrawn candidates only, nobody can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from quorate.count.figures import Figures, some
from quorate.count.lot import drawn_candidates
from quorate.count.papers import OVERVOTE, Election, Sums
from quorate.count.sheet import Action, Elected, Papers, Sheet, Stage, Tie, accounted, listed
from quorate.count.ties import vacant

UNMARKED = "no mark"
WITHDRAWN = "marks for withdrawn candidates only"
NOBODY = "a mark for nobody standing"
OVERVOTED = "an overvote: too many marked, and the file does not say whom"


@dataclass(frozen=True, slots=True)
class Tally:
    """``votes``: by candidate number, for those standing. ``figures``: what they are."""

    votes: dict[int, int]
    papers: Papers
    figures: Figures = "votes"


def tally(election: Election, most: int) -> Tally:
    """Counts the crosses; ``most``: how many a paper may bear."""
    votes = dict.fromkeys(election.standing, 0)
    invalid: dict[str, int] = {}
    for paper in election.papers:
        marks = paper.marks - election.withdrawn
        fault = None
        if not paper.marks:
            fault = UNMARKED
        elif OVERVOTE in marks:
            fault = OVERVOTED
        elif not marks:
            fault = WITHDRAWN
        elif not marks <= votes.keys():
            fault = NOBODY
        elif len(marks) > most:
            fault = f"more than {most} marked" if most > 1 else "more than one marked"
        if fault is not None:
            invalid[fault] = invalid.get(fault, 0) + paper.weight
            continue
        for number in marks:
            votes[number] += paper.weight
    read = sum(paper.weight for paper in election.papers)
    if election.sums is not None:
        read += election.sums.ballots
        _add(election.sums, votes, invalid)
    return Tally(votes, accounted(read, invalid))


def _add(sums: Sums, votes: dict[int, int], invalid: dict[str, int]) -> None:
    for number in votes:
        votes[number] += sums.votes[number - 1]
    if sums.blank:
        invalid[UNMARKED] = invalid.get(UNMARKED, 0) + sums.blank


def highest(
    election: Election,
    votes: dict[int, int],
    places: int,
    seed: bytes | None,
    rule: str,
    figures: Figures = "votes",
) -> tuple[list[int], list[int], tuple[Tie, ...]]:
    """Who takes the places, who does not (both most votes first), and the tie for the last.

    Equal ones stand in the order of the paper, except that a lot decides who of them takes a
    place where there are too few. Raises LotNeeded for that without a seed.
    """
    ordered = sorted(votes, key=lambda number: (-votes[number], number))
    if len(ordered) <= places:
        return ordered, [], ()
    if places == 0:
        return [], ordered, ()
    last = votes[ordered[places - 1]]
    if votes[ordered[places]] != last:
        return ordered[:places], ordered[places:], ()
    above = [number for number in ordered if votes[number] > last]
    tied = [number for number in ordered if votes[number] == last]
    below = [number for number in ordered if votes[number] < last]
    label = f"{rule} last place"
    drawn = drawn_candidates(seed, label, tied, election.candidates, above)
    free = places - len(above)
    names = [election.name(number) for number in drawn]
    says = (
        f"{listed(election.name(number) for number in tied)} have {some(last, figures)} each, and "
        f"{free} of them {'take places' if free > 1 else 'takes a place'}; a lot drew "
        f"{listed(names)} in this order."
    )
    tie = Tie(1, tuple(election.name(number) for number in tied), tuple(names[:free]), says, label)
    return above + drawn[:free], drawn[free:] + below, (tie,)


def equal_remarks(
    election: Election, votes: dict[int, int], losing: list[int], figures: Figures
) -> tuple[str, ...]:
    """Says of those not elected who are equal, since their order is then no ranking."""
    by_votes: dict[int, list[int]] = {}
    for number in losing:
        by_votes.setdefault(votes[number], []).append(number)
    return tuple(
        f"{listed(election.name(number) for number in sorted(equal))} are not elected with equal "
        f"{figures}, {count} each."
        for count, equal in by_votes.items()
        if len(equal) > 1
    )


def stage(election: Election, votes: dict[int, int], elected: list[int], says: str) -> Stage:
    """The one stage of a count of crosses."""
    return Stage(
        number=1,
        action=Action("count", None, None, says),
        votes=tuple(
            (name, Decimal(votes.get(number, 0)))
            for number, name in enumerate(election.candidates, start=1)
        ),
        nontransferable=Decimal(0),
        transfers=(),
        elected=tuple(election.name(number) for number in elected),
    )


def sheet(rule: str, election: Election, tally: Tally, seed: bytes | None, says: str) -> Sheet:
    """The count sheet where those with most votes take the places.

    ``says``: what is counted, and what a paper could mark. Raises LotNeeded.
    """
    elected, losing, ties = highest(
        election, tally.votes, election.seats, seed, rule, tally.figures
    )
    return sheet_with(rule, election, tally, says, elected, losing, ties)


def sheet_with(
    rule: str,
    election: Election,
    tally: Tally,
    says: str,
    elected: list[int],
    losing: list[int],
    ties: tuple[Tie, ...],
) -> Sheet:
    """The count sheet with these elected and these not, most votes first."""
    drawn = {name for tie in ties for name in tie.chosen}
    remarks = equal_remarks(election, tally.votes, losing, tally.figures)
    remarks += vacant(election.seats, len(tally.votes), election.seats - len(elected))
    return replace(
        sheet_without_places(rule, election, tally, says, elected),
        ties=ties,
        elections=tuple(
            Elected(
                election.name(number),
                1,
                Decimal(tally.votes[number]),
                "a lot between equals"
                if election.name(number) in drawn
                else f"most {tally.figures}",
            )
            for number in elected
        ),
        not_elected=tuple(election.name(number) for number in losing),
        remarks=remarks,
    )


def sheet_without_places(
    rule: str, election: Election, tally: Tally, says: str, elected: list[int]
) -> Sheet:
    """The papers and the one stage of a count of crosses; whom it elects is for the rule to add."""
    return Sheet(
        rule=rule,
        title=election.title,
        seats=election.seats,
        quota=None,
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=tally.papers,
        stages=(stage(election, tally.votes, elected, says),),
        ties=(),
        elections=(),
        not_elected=(),
        figures=tally.figures,
    )
