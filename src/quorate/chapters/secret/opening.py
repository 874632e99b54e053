"""secret.open: a register of voting keys is opened, for what a convention elects in secret, or may
elect so on the demand of its delegates."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.lots.call import called_for_trustee
from quorate.chapters.secret.registers import with_register
from quorate.chapters.secret.remembers import Register, Trustee
from quorate.chapters.secret.terms import keys_due
from quorate.chapters.state import State
from quorate.rulebook.lint_secret import secret_offices


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """``of``: the convention."""

    of: Number


def at_call(state: State, convention: Convention) -> State:
    """The state in which the convention's register is opened, if it elects anybody in secret, or
    may have to."""
    if not elects_in_secret(convention):
        return state
    deadline = Deadline(convention.called, CLAUSE.name, convention.number)
    return state._replace(calendar=state.calendar.add(deadline))


def elects_in_secret(convention: Convention) -> bool:
    if convention.rules.secret.on_demand:
        return True
    offices = secret_offices(convention.rules).values()
    return any(office.chosen_by == "convention" for office in offices)


def allowed(state: State, act: OpenRegister, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: OpenRegister, occasion: Occasion) -> State:
    convention = state.floor.conventions[act.of]
    number = len(state.secret.registers) + 1
    register = Register(number, act.of, convention.rules.secret, occasion.time, trustees=())
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    return new_register(state._replace(calendar=calendar), register, occasion)


def new_register(state: State, register: Register, occasion: Occasion) -> State:
    """The state in which the register is there, with a place for each side's trustee, and the lot
    is called for the one who is drawn."""
    sides = sorted(register.rules.sides.items())
    trustees = tuple(Trustee(name, side.trustee, side.named_by or "") for name, side in sides)
    register = replace(register, trustees=trustees)
    deadline = Deadline(keys_due(state, register), "secret.void", register.number)
    state = with_register(state._replace(calendar=state.calendar.add(deadline)), register)
    if any(trustee.way == "lot" for trustee in trustees):
        return called_for_trustee(state, register.number, occasion)
    return state


CLAUSE = Clause(
    name="secret.open",
    act=OpenRegister,
    who="Nobody: it falls due at the call of a convention that elects to an office in secret.",
    rules=("secret.sides", "secret.keys_days", "secret.on_demand"),
    changes="The sides name their trustees, and one is drawn where the rulebook says so.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
