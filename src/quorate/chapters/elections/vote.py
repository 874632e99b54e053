"""elections.vote: a voter casts a ballot, sealed until the poll has closed.

Voting again replaces the earlier ballot, which stays visible as replaced.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.electorate import election_of, voter
from quorate.chapters.elections.remembers import SealedBallot as Sealed
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import Number, SealedBallot
from quorate.chapters.plain import on
from quorate.chapters.state import State

RULE = "delegates.election_opens"


@dataclass(frozen=True, slots=True)
class VoteInElection:
    """``ballot``: numbers of candidates in order of preference."""

    election: Number
    ballot: SealedBallot


def allowed(state: State, act: VoteInElection, occasion: Occasion) -> Refusal | None:
    election = election_of(state, act.election)
    if isinstance(election, Refusal):
        return election
    if election.paper:
        return Refusal(RULE, "This election is on paper.", "Vote where the papers are given out.")
    if election.register:
        return Refusal(
            "secret.sides",
            "This election is by secret ballot: what is handed in here bears your name.",
            "Cast your ballot on the page of the election, which encrypts it on your device.",
        )
    if election.void:
        return Refusal(RULE, "This election is void.", "Vote in the one held in its place.")
    if occasion.time < election.opens:
        return Refusal(RULE, f"Voting opens on {on(election.opens)}.", "Come back then.")
    if occasion.time >= election.closes or election.closed is not None:
        return Refusal(RULE, f"Voting closed on {on(election.closes)}.", "It is too late.")
    own = voter(state, election, occasion.by)
    if isinstance(own, Refusal):
        return own
    if act.ballot in election.used:
        return Refusal(
            RULE, "This very ballot is in already.", "Seal your own; nobody can copy another's."
        )
    return None


def change(state: State, act: VoteInElection, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    own = voter(state, election, occasion.by)
    if isinstance(own, Refusal):
        return state
    earlier = election.sealed.get(own)
    before = () if earlier is None else (*earlier.before, earlier.choice)
    sealed = Sealed(act.ballot, occasion.by, occasion.sequence, occasion.time, before)
    election = election._replace(
        sealed=election.sealed.set(own, sealed),
        used=election.used.set(act.ballot, None),
    )
    return with_election(state, election)


CLAUSE = Clause(
    name="elections.vote",
    act=VoteInElection,
    who="Whoever is on the election's roll; at the convention, whoever sits in a seat.",
    rules=(RULE, "secret.sides", "elections.voice_after", "delegates.count", "bodies", "posts"),
    changes="The voter's ballot is in, sealed; an earlier one is replaced.",
    allowed=allowed,
    change=change,
)
