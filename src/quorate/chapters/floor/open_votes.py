"""floor.open_votes: every sealed vote is opened, and the vote is counted in exact fractions.

Each delegate's vote is visible from here to those who sent them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.open_vote import with_vote
from quorate.chapters.floor.outcome import recorded
from quorate.chapters.floor.remembers import Choice, Tally, Vote
from quorate.chapters.openings import Lost, Openings, first, not_as_sealed
from quorate.chapters.state import State
from quorate.count.question import put
from quorate.rulebook.schema import Majority


@dataclass(frozen=True, slots=True)
class OpenVotes:
    """``of``: the vote. ``lost``: seats whose sealed vote cannot be opened."""

    of: Number
    openings: Openings = ()
    lost: Lost = ()


def to_open(state: State, of: int) -> dict[str, str]:
    """The votes not yet opened, by seat."""
    vote = state.floor.votes[of]
    done = {*vote.lost, *vote.spoilt}
    return first(
        {
            seat: sealed.choice
            for seat, sealed in vote.sealed.items()
            if seat not in vote.opened_choices and seat not in done
        }
    )


def allowed(state: State, act: OpenVotes, occasion: Occasion) -> Refusal | None:
    return not_as_sealed(to_open(state, act.of), act.openings, act.lost, "floor.majorities")


_CHOICES: dict[str, Choice] = {"for": "for", "against": "against", "abstain": "abstain"}


def change(state: State, act: OpenVotes, occasion: Occasion) -> State:
    vote = state.floor.votes[act.of]
    opened = {o.whose: _CHOICES[o.choice] for o in act.openings if o.choice in _CHOICES}
    spoilt = tuple(o.whose for o in act.openings if o.choice not in _CHOICES)
    vote = replace(
        vote,
        opened_choices=vote.opened_choices.update(opened),
        lost=(*vote.lost, *act.lost),
        spoilt=(*vote.spoilt, *spoilt),
    )
    state = with_vote(state, vote)
    if to_open(state, act.of):
        return state
    state = replace(state, calendar=state.calendar.strike(CLAUSE.name, act.of))
    vote = replace(vote, tally=tally(state, vote))
    return recorded(with_vote(state, vote), vote, occasion)


def majority_for(state: State, vote: Vote) -> Majority:
    """The majority that this vote's kind of question needs."""
    majorities = state.floor.conventions[vote.convention].rules.floor.majorities
    return {
        "proposal": majorities.proposal,
        "programme": majorities.programme,
        "rulebook": majorities.rulebook,
        "referral": majorities.referral,
    }[vote.question]


def tally(state: State, vote: Vote) -> Tally:
    """The vote's arithmetic, from its opened choices."""
    rule = majority_for(state, vote)
    said = list(vote.opened_choices.values())
    seats = len(state.delegates.assemblies[vote.convention].seats)
    answer = put(
        in_favour=said.count("for"),
        against=said.count("against"),
        abstained=said.count("abstain"),
        present=vote.present,
        seats=seats,
        share=rule.share,
        of=rule.of,
        strictly=rule.strictly,
    )
    return Tally(
        in_favour=said.count("for"),
        against=said.count("against"),
        abstained=said.count("abstain"),
        present=vote.present,
        seats=seats,
        base=answer.base,
        needed=answer.needed,
        share=rule.share,
        carried=answer.carried,
        lost=vote.lost,
        spoilt=vote.spoilt,
    )


CLAUSE = Clause(
    name="floor.open_votes",
    act=OpenVotes,
    who="Nobody: it falls due when the chair has closed the vote.",
    rules=("floor.majorities",),
    changes="The votes can be read by everyone; the item has its outcome.",
    allowed=allowed,
    change=change,
    falls_due=True,
    to_open=to_open,
)
