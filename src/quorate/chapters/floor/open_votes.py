"""floor.open_votes: every sealed vote is opened, and the vote is counted in exact fractions.

Each delegate's vote is visible from here to those who sent them; so is what a seat had voted
before it replaced its vote.

A vote whose choice cannot be opened is lost. Lost votes could have turned the result where it
differs between all of them being for and all of them being against. Then the vote decides
nothing: the item stays to be decided, and is put to the vote again. So it is where fewer seats than
the quorum took part, for, against or abstaining: a quorum of people who look on decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.counted import counted
from quorate.chapters.floor.open_vote import with_vote
from quorate.chapters.floor.outcome import recorded
from quorate.chapters.floor.presence import seats_needed
from quorate.chapters.floor.remembers import Choice, Tally, Vote
from quorate.chapters.openings import Lost, Openings, first, not_as_sealed
from quorate.chapters.state import State
from quorate.rulebook.schema import Majority


@dataclass(frozen=True, slots=True)
class OpenVotes:
    """``of``: the vote. ``lost``: seats whose sealed vote cannot be opened; SEAT/1 is the first
    vote of a seat that replaced it."""

    of: Number
    openings: Openings = ()
    lost: Lost = ()


def to_open(state: State, of: int) -> dict[str, str]:
    """The votes not yet opened, by seat; those that were replaced, by SEAT/1 and so on."""
    vote = state.floor.votes[of]
    done = {*vote.lost, *vote.spoilt, *vote.replaced_lost}
    opened, replaced = vote.opened_choices, vote.replaced
    return first(
        {
            whose: commitment
            for whose, commitment in _every(vote)
            if whose not in opened and whose not in replaced and whose not in done
        }
    )


def _every(vote: Vote) -> Iterator[tuple[str, str]]:
    """Every vote that was ever cast here, with its commitment."""
    for seat, sealed in vote.sealed.items():
        yield seat, sealed.choice
        for number, (choice, _) in enumerate(sealed.before, 1):
            yield replaced_vote(seat, number), choice


def replaced_vote(seat: str, number: int) -> str:
    """What the seat's first, second … vote is called, once it was replaced."""
    return f"{seat}/{number}"


def allowed(state: State, act: OpenVotes, occasion: Occasion) -> Refusal | None:
    return not_as_sealed(to_open(state, act.of), act.openings, act.lost, "floor.majorities")


_CHOICES: dict[str, Choice] = {"for": "for", "against": "against", "abstain": "abstain"}


def change(state: State, act: OpenVotes, occasion: Occasion) -> State:
    vote = state.floor.votes[act.of]
    standing = [o for o in act.openings if o.whose in vote.sealed]
    opened = {o.whose: _CHOICES[o.choice] for o in standing if o.choice in _CHOICES}
    spoilt = tuple(o.whose for o in standing if o.choice not in _CHOICES)
    replaced = {o.whose: o.choice for o in act.openings if o.whose not in vote.sealed}
    vote = vote._replace(
        opened_choices=vote.opened_choices.update(opened),
        lost=(*vote.lost, *(whose for whose in act.lost if whose in vote.sealed)),
        spoilt=(*vote.spoilt, *spoilt),
        replaced=vote.replaced.update(replaced),
        replaced_lost=(
            *vote.replaced_lost,
            *(whose for whose in act.lost if whose not in vote.sealed),
        ),
    )
    state = with_vote(state, vote)
    if to_open(state, act.of):
        return state
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    vote = vote._replace(tally=tally(state, vote), counted=occasion.sequence)
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
    arithmetic = counted(
        list(vote.opened_choices.values()),
        present=vote.present,
        seats=len(state.delegates.assemblies[vote.convention].seats),
        majority=majority_for(state, vote),
        lost=vote.lost,
        spoilt=vote.spoilt,
    )
    if len(vote.sealed) >= seats_needed(state, state.floor.conventions[vote.convention]):
        return arithmetic
    return replace(arithmetic, carried=False, too_few=True)


CLAUSE = Clause(
    name="floor.open_votes",
    act=OpenVotes,
    who="Nobody: it falls due when the chair has closed the vote.",
    rules=("floor.majorities", "floor.quorum"),
    changes="The votes can be read by everyone; the item has its outcome, unless votes are lost "
    "that could have turned it, or fewer seats than the quorum took part.",
    allowed=allowed,
    change=change,
    falls_due=True,
    to_open=to_open,
)
