"""The roll by which an election is held in secret, or why it cannot be."""

from __future__ import annotations

from quorate.chapters.clause import Refusal
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State

RULE = "secret.without_trustees"


def roll_for(state: State, chosen_by: str) -> Register | Refusal:
    """The register, with its roll, for what is elected by the convention that sits, or by a branch
    or region, which has none yet."""
    convention = state.floor.current
    found = [
        one
        for _, one in sorted(state.secret.registers.items())
        if chosen_by == "convention" and one.convention == convention
    ]
    if not found:
        return _instead(state, "there is no register of voting keys for it")
    register = found[-1]
    if register.void:
        return _instead(state, "the register of voting keys for it is void")
    if not register.roll:
        return Refusal(
            "secret.mix_minutes",
            "It is elected by secret ballot, and the roll of keys is not there yet.",
            "Wait until the trustees have made it.",
        )
    return register


def _instead(state: State, why: str) -> Refusal:
    instead = {
        "paper": "Have it held on paper.",
        "later": "It is held when there is a register for it.",
    }[state.rules.secret.without_trustees]
    return Refusal(RULE, f"It is elected by secret ballot, and {why}.", instead)
