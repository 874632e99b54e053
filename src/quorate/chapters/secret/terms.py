"""The terms of a register: until when its trustees have their keys, and mix; by which rules.

Those of a convention hang on its opening; those of a place run from the call of its election.
"""

from __future__ import annotations

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.rulebook.secret_rules import Secret as Rules


def keys_rule(register: Register) -> str:
    """The dotted path of the rule that says until when the trustees have their keys."""
    return "secret.keys_hours" if register.place else "secret.keys_days"


def claims_rule(register: Register) -> str:
    """The same of how long keys can be claimed."""
    return "secret.claims_hours" if register.place else "secret.claims_minutes"


def mix_rule(register: Register) -> str:
    """The same of how long the trustees have, to make the roll."""
    return "secret.mix_hours" if register.place else "secret.mix_minutes"


def keys_due(state: State, register: Register) -> int:
    """By when (ms) the trustees have their keys, or the register is void."""
    if register.place:
        return register.opened + register.rules.keys_hours * HOUR
    opens = state.floor.conventions[register.convention].dates.opens
    return opens - register.rules.keys_days * DAY


def place_closes(rules: Rules, opened: int) -> int:
    """Until when (ms) keys are claimed in a place, whose register was ``opened`` then (ms)."""
    return opened + (rules.keys_hours + rules.claims_hours) * HOUR


def mix_due(register: Register, closed: int) -> int:
    """By when (ms) the roll stands, if no key could be claimed any more since ``closed`` (ms)."""
    rules = register.rules
    time = rules.mix_hours * HOUR if register.place else rules.mix_minutes * MINUTE
    return closed + time
