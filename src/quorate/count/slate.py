"""Slates: whole lists of people are chosen or not.

"slate-against-slate/1": each paper marks one slate; the one with most votes takes all seats. A
paper that marks several is invalid. A slate without a vote is not elected. A tie is broken by lot.

"slate-yes-no/1": one slate, put to a vote. The candidates of the paper are yes and no
(``choices``); a paper that marks both is invalid, one that marks neither abstains. The slate is
elected if yes has the majority, which is more than half of the votes for yes and no unless the
election states another.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quorate.count import crosses
from quorate.count.choices import numbers_of, read_as, with_all_choices
from quorate.count.figures import some
from quorate.count.papers import Election, NotCountable
from quorate.count.question import Answer, put
from quorate.count.sheet import ABSTENTION, Elected, Invalid, Papers, Sheet

AGAINST_SLATE = "slate-against-slate/1"
YES_NO = "slate-yes-no/1"


@dataclass(frozen=True, slots=True)
class Majority:
    """``share`` of the votes for yes and no ("cast"), of those and abstentions ("voting"), or of
    all who could vote ("eligible"), whose number the election then states.

    ``strictly``: more than the share is needed.
    """

    share: Fraction
    of: Literal["cast", "voting", "eligible"]
    strictly: bool
    eligible: int | None = None


MORE_THAN_HALF = Majority(Fraction(1, 2), "cast", strictly=True)
"""The majority of "slate-yes-no/1" where the election states none."""


def against_slate(election: Election, seed: bytes | None) -> Sheet:
    """Counts slates against each other. Raises LotNeeded."""
    tally = crosses.tally(election, 1)
    supported = {number: votes for number, votes in tally.votes.items() if votes}
    winners, _, ties = crosses.highest(election, supported, 1, seed, AGAINST_SLATE)
    others = [number for number in tally.votes if number not in winners]
    losing = sorted(others, key=lambda number: (-tally.votes[number], number))
    how = "a lot between equals" if ties else "most votes"
    all_seats = "the only seat" if election.seats == 1 else f"all {election.seats} seats"
    stated = crosses.stage(
        election,
        tally.votes,
        winners,
        f"Slates are counted; the one with most votes takes {all_seats}.",
    )
    return Sheet(
        rule=AGAINST_SLATE,
        title=election.title,
        seats=election.seats,
        quota=None,
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=tally.papers,
        stages=(stated,),
        ties=ties,
        elections=tuple(
            Elected(election.name(number), 1, Decimal(tally.votes[number]), how)
            for number in winners
        ),
        not_elected=tuple(election.name(number) for number in losing),
    )


def yes_no(election: Election, majority: Majority = MORE_THAN_HALF) -> Sheet:
    """Counts a single slate's yes and no. Raises NotCountable without just two choices."""
    if election.withdrawn:
        raise NotCountable(f"withdrawn: {YES_NO} has two choices, and none can withdraw")
    election = with_all_choices(election, 2)
    numbers = numbers_of(election, YES_NO, 2)
    tally = crosses.tally(election, 1)
    answer = _answer(tally, numbers, majority)
    check_eligible(tally.papers, majority)
    elected = [numbers[0]] if answer.carried else []
    names = tuple(election.name(number) for number in numbers)
    return Sheet(
        rule=YES_NO,
        title=election.title,
        seats=election.seats,
        quota=Decimal(answer.needed),
        candidates=election.candidates,
        withdrawn=(),
        papers=_with_abstentions(tally.papers),
        stages=(crosses.stage(election, tally.votes, elected, answer.sentence),),
        ties=(),
        elections=tuple(
            Elected(election.name(number), 1, Decimal(answer.in_favour), answer.sentence)
            for number in elected
        ),
        not_elected=names[1:] if answer.carried else names,
        remarks=(answer.sentence, *read_as(election, numbers)),
    )


def _answer(tally: crosses.Tally, numbers: tuple[int, ...], majority: Majority) -> Answer:
    abstained = sum(one.papers for one in tally.papers.invalid if one.reason == crosses.UNMARKED)
    yes, no = (tally.votes[number] for number in numbers)
    return answered(yes, no, abstained, majority)


def answered(yes: int, no: int, abstained: int, majority: Majority) -> Answer:
    """The answer to yes or no. Raises NotCountable for a majority that these votes cannot have."""
    voting = yes + no + abstained
    if (majority.of == "eligible") != (majority.eligible is not None):
        raise NotCountable("eligible: a majority of all who could vote states how many, others not")
    try:
        return put(
            in_favour=yes,
            against=no,
            abstained=abstained,
            present=voting,
            seats=voting if majority.eligible is None else majority.eligible,
            share=majority.share,
            of=majority.of,
            strictly=majority.strictly,
        )
    except ValueError as error:
        raise NotCountable(str(error)) from None


def check_eligible(papers: Papers, majority: Majority) -> None:
    """Raises NotCountable where more papers were handed in than people could vote."""
    if majority.eligible is not None and papers.read > majority.eligible:
        raise NotCountable(
            f"eligible: {some(papers.read, 'papers')} were read, and only {majority.eligible:,} "
            "could vote"
        )


def _with_abstentions(papers: Papers) -> Papers:
    """The account of the papers, unmarked ones called abstentions."""
    return Papers(
        papers.read,
        papers.valid,
        tuple(
            Invalid(ABSTENTION, one.papers) if one.reason == crosses.UNMARKED else one
            for one in papers.invalid
        ),
    )
