"""What becomes of a register that is void, and of the elections of a place that wait for it."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.elections.void import called_off
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.secret.registers import with_register
from quorate.chapters.secret.remembers import Register, Void
from quorate.chapters.state import State


def voided(state: State, register: Register, why: Void, time: int) -> State:
    """The state in which the register is void, as of ``time`` (ms).

    Elections of a place that were called for it are held as the rulebook says, by themselves:
    nobody who lets a register fail keeps the office from being filled. On paper they keep their
    candidates and dates; to be held later, they are void, and can be called anew.
    """
    state = with_register(state, replace(register, void=why))
    for number in register.elections:
        election = state.elections.elections[number]
        if register.rules.without_trustees == "paper":
            state = with_election(state, election._replace(paper=True, register=0))
        else:
            state = called_off(state, election, time)
    return state
