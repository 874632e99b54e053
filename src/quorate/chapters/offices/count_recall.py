"""offices.count_recall: the vote on a recall is over; it is opened, counted, and takes effect.

Where votes are lost that could have turned the result (it differs between all of them being for
the recall and all being against), it decides nothing: the same vote opens again by itself, for
the same voices and as long, unless the convention that voted is over. Where fewer seats of a
convention voted than the rulebook asks for, it decides nothing either, and is not held again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from immutables import Map

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.counted import counted
from quorate.chapters.floor.remembers import Choice, Tally
from quorate.chapters.offices import holding
from quorate.chapters.offices.remembers import RecallVote
from quorate.chapters.offices.vote_recall import with_recall
from quorate.chapters.openings import Lost, Openings, first, not_as_sealed
from quorate.chapters.state import State

RULE = "recall.majority"


@dataclass(frozen=True, slots=True)
class CountRecall:
    """``of``: the recall vote. ``lost``: voices whose sealed vote cannot be opened."""

    of: Number
    openings: Openings = ()
    lost: Lost = ()


def to_open(state: State, of: int) -> dict[str, str]:
    """The votes not yet opened, by voice."""
    vote = state.offices.votes[of]
    done = {*vote.opened_choices, *vote.lost, *vote.spoilt}
    return first({v: sealed.choice for v, sealed in vote.sealed.items() if v not in done})


def allowed(state: State, act: CountRecall, occasion: Occasion) -> Refusal | None:
    return not_as_sealed(to_open(state, act.of), act.openings, act.lost, RULE)


_CHOICES: dict[str, Choice] = {"for": "for", "against": "against", "abstain": "abstain"}


def change(state: State, act: CountRecall, occasion: Occasion) -> State:
    vote = state.offices.votes[act.of]
    opened = {o.whose: _CHOICES[o.choice] for o in act.openings if o.choice in _CHOICES}
    spoilt = tuple(o.whose for o in act.openings if o.choice not in _CHOICES)
    vote = replace(
        vote,
        opened_choices=vote.opened_choices.update(opened),
        lost=(*vote.lost, *act.lost),
        spoilt=(*vote.spoilt, *spoilt),
        used=Map(),
    )
    state = with_recall(state, vote)
    if to_open(state, act.of):
        return state
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    arithmetic = tally(vote)
    state = with_recall(state, replace(vote, tally=arithmetic))
    if arithmetic.too_few:
        return state
    if arithmetic.undecided:
        return _held_again(state, vote, occasion)
    if not arithmetic.carried:
        return state
    for held in state.offices.now.get(vote.office, ()):
        # Who was elected anew while the vote was open has a mandate that it was not about.
        if (held.member, held.entry) == (vote.member, vote.since):
            state = holding.end(state, vote.office, vote.member, occasion.time, "recalled")
    return state


def _held_again(state: State, vote: RecallVote, on: Occasion) -> State:
    """The state in which the same vote is open again, if its assembly still meets and the member
    still holds the office by the same choice."""
    held = state.offices.now.get(vote.office, ())
    if vote.convention not in (0, state.floor.current):
        return state
    if not any((h.member, h.entry) == (vote.member, vote.since) for h in held):
        return state
    again = RecallVote(
        number=len(state.offices.votes) + 1,
        office=vote.office,
        member=vote.member,
        since=vote.since,
        assembly=vote.assembly,
        convention=vote.convention,
        opened=on.time,
        closes=on.time + vote.closes - vote.opened,
        majority=vote.majority,
        voters=vote.voters,
        quorum=vote.quorum,
    )
    deadline = Deadline(again.closes, CLAUSE.name, again.number)
    return with_recall(state, again)._replace(calendar=state.calendar.add(deadline))


def tally(vote: RecallVote) -> Tally:
    """The vote's arithmetic, from its opened choices."""
    result = counted(
        list(vote.opened_choices.values()),
        present=len(vote.sealed),
        seats=len(vote.voters),
        majority=vote.majority,
        lost=vote.lost,
        spoilt=vote.spoilt,
    )
    if len(vote.sealed) < vote.quorum:
        return replace(result, carried=False, too_few=True)
    return result


CLAUSE = Clause(
    name="offices.count_recall",
    act=CountRecall,
    who="Nobody: it falls due when the vote on a recall is over.",
    rules=(RULE, "recall.quorum"),
    changes="The votes can be read by everyone; if it is carried, the member does not hold the "
    "office any more. Where too much is lost, the vote opens again; where too few voted, nothing "
    "is decided.",
    allowed=allowed,
    change=change,
    falls_due=True,
    to_open=to_open,
)
