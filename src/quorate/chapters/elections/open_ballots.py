"""elections.open_ballots: when the poll has closed, every sealed ballot is opened.

A candidate who has left since is passed over on every paper, as one who withdrew.

Where ballots are lost, whatever they said, the election is void. It is held anew at once, with the
same candidates and voters and as long a poll, so that nobody gains by losing ballots.
"""

from __future__ import annotations

from dataclasses import dataclass

from immutables import Map

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.electorate import who_cannot
from quorate.chapters.elections.remembers import OpenedBallot
from quorate.chapters.elections.void import held_anew, too_few
from quorate.chapters.elections.waiting import go_on, with_election
from quorate.chapters.fields import Number
from quorate.chapters.openings import Lost, Openings, not_as_sealed
from quorate.chapters.state import State

BALLOTS_AT_ONCE = 25
"""A ballot has up to 2,000 characters: so many of them always fit into one entry, and nobody can
stop the count with long ones."""


@dataclass(frozen=True, slots=True)
class OpenBallots:
    """``of``: the election. ``lost``: voters whose sealed ballot cannot be opened."""

    of: Number
    openings: Openings = ()
    lost: Lost = ()


def to_open(state: State, of: int) -> dict[str, str]:
    """The next ballots to be opened, by voter: each entry opens just these, in their order."""
    election = state.elections.elections[of]
    done = len(election.opened) + len(election.lost)
    next_ones = (election.opening or sorted(election.sealed))[done : done + BALLOTS_AT_ONCE]
    return {voter: election.sealed[voter].choice for voter in next_ones}


def allowed(state: State, act: OpenBallots, occasion: Occasion) -> Refusal | None:
    return not_as_sealed(
        to_open(state, act.of), act.openings, act.lost, "delegates.election_closes"
    )


def change(state: State, act: OpenBallots, occasion: Occasion) -> State:
    election = state.elections.elections[act.of]
    opened = {o.whose: OpenedBallot(ranks(o.choice), voter=o.whose) for o in act.openings}
    election = election._replace(
        opened=election.opened.update(opened),
        lost=(*election.lost, *act.lost),
        closed=election.closed or occasion.time,
        used=Map(),
    )
    if len(election.opened) + len(election.lost) < len(election.sealed):
        order = election.opening or tuple(sorted(election.sealed))
        return with_election(state, election._replace(opening=order))
    election = election._replace(opening=())
    state = with_election(state, election)
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    if election.lost:
        return held_anew(state, election, occasion.time)
    if too_few(state, election, len(election.sealed)):
        return with_election(state, election._replace(void=True))
    state = with_election(state, election._replace(withdrawn=who_cannot(state, election)))
    return go_on(state, act.of, election.closes)


def ranks(choice: str) -> tuple[int, ...]:
    """A ballot's text as candidates' numbers; what is no number becomes 0, which is nobody."""
    parts = [part for part in choice.split(",") if part]
    return tuple(
        int(part) if part.isascii() and part.isdigit() and len(part) < 6 else 0 for part in parts
    )


CLAUSE = Clause(
    name="elections.open_ballots",
    act=OpenBallots,
    who="Nobody: it falls due when the poll closes.",
    rules=("delegates.election_closes", "floor.quorum"),
    changes="The ballots can be read by everyone, and are counted; where any is lost, the election "
    "is void and held anew; where fewer seats than the quorum voted at the convention, it is void.",
    allowed=allowed,
    change=change,
    falls_due=True,
    to_open=to_open,
)
