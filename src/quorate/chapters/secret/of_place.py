"""The register of a branch or region: opened when the poll of an office is called that is elected
there by secret ballot. It holds the keys of just those who vote in that poll.

The trustees are those of the same sides as for a convention: named, and drawn, from the whole
organisation, so that nobody in the place names or packs them. Several offices of a place are
elected by one register, if they are called before its trustees have to have their keys; later
another has to wait for the roll, so that nobody's time to claim a key is cut short.
"""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.plain import on
from quorate.chapters.secret.opening import new_register
from quorate.chapters.secret.registers import with_register
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.terms import keys_due, mix_due, place_closes
from quorate.chapters.state import State


def coming(state: State, place: str) -> Register | None:
    """The place's register that is on its way to a roll."""
    for _, register in sorted(state.secret.registers.items()):
        if register.place == place and not register.void and not register.roll:
            return register
    return None


def no_register(state: State, place: str, voters: int, time: int) -> Refusal | None:
    """Why no register can serve a poll of the place that is called now, if so."""
    register = coming(state, place)
    if register is None:
        return too_small(state, voters)
    if time < keys_due(state, register):
        return None
    closes = place_closes(register.rules, register.opened)
    return Refusal(
        "secret.keys_hours",
        "Voting keys are being claimed here for another election already.",
        f"Call this one when their roll stands, which is by {on(mix_due(register, closes))}.",
    )


def too_small(state: State, voters: int) -> Refusal | None:
    """The refusal of a secret ballot among so few that their register would always be void."""
    fewest = state.rules.secret.fewest_voters
    if voters >= fewest:
        return None
    return Refusal(
        "secret.fewest_voters",
        f"{voters} vote here, and with fewer than {fewest} keys there is no secret ballot.",
        "Have it held on paper.",
    )


def opened_for(state: State, election: Election, occasion: Occasion) -> State:
    """The state in which the election goes by the place's register: the one that is on its way,
    whose voters are then the election's too, or a new one."""
    register = coming(state, election.place)
    if register is None:
        return _opened(state, election, occasion)
    first = state.elections.elections[register.elections[0]]
    register = replace(register, elections=(*register.elections, election.number))
    election = election._replace(
        register=register.number, voters=register.voters, came_by=first.came_by
    )
    return with_register(with_election(state, election), register)


def _opened(state: State, election: Election, occasion: Occasion) -> State:
    rules = state.rules.secret
    register = Register(
        number=len(state.secret.registers) + 1,
        convention=0,
        rules=rules,
        opened=occasion.time,
        trustees=(),
        place=election.place,
        elections=(election.number,),
        voters=election.voters,
        closes=place_closes(rules, occasion.time),
    )
    election = election._replace(register=register.number)
    return new_register(with_election(state, election), register, occasion)


def can_vote_from(state: State, register: Register) -> tuple[Deadline, ...]:
    """When the boxes of a place's register open, once its roll stands: when nominations end."""
    elections = (state.elections.elections[number] for number in register.elections)
    return tuple(
        Deadline(election.opens, "secret.box_opened", election.number) for election in elections
    )
