"""secret.open: a register of voting keys is opened, for what a convention elects in secret."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.lots.call import called_for_trustee
from quorate.chapters.secret.registers import with_register
from quorate.chapters.secret.remembers import Register, Trustee
from quorate.chapters.state import State
from quorate.rulebook.lint_secret import secret_offices


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """``of``: the convention."""

    of: Number


def at_call(state: State, convention: Convention) -> State:
    """The state in which the convention's register is opened, if it elects anybody in secret."""
    if not elects_in_secret(convention):
        return state
    deadline = Deadline(convention.called, CLAUSE.name, convention.number)
    return state._replace(calendar=state.calendar.add(deadline))


def elects_in_secret(convention: Convention) -> bool:
    offices = secret_offices(convention.rules).values()
    return any(office.chosen_by == "convention" for office in offices)


def allowed(state: State, act: OpenRegister, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: OpenRegister, occasion: Occasion) -> State:
    convention = state.floor.conventions[act.of]
    rules = convention.rules.secret
    number = len(state.secret.registers) + 1
    register = Register(
        number=number,
        convention=act.of,
        rules=rules,
        opened=occasion.time,
        trustees=tuple(
            Trustee(name, side.trustee, side.named_by or "")
            for name, side in sorted(rules.sides.items())
        ),
    )
    keys_due = convention.dates.opens - rules.keys_days * DAY
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    calendar = calendar.add(Deadline(keys_due, "secret.void", number))
    state = with_register(state._replace(calendar=calendar), register)
    if any(trustee.way == "lot" for trustee in register.trustees):
        return called_for_trustee(state, number, occasion)
    return state


CLAUSE = Clause(
    name="secret.open",
    act=OpenRegister,
    who="Nobody: it falls due at the call of a convention that elects to an office in secret.",
    rules=("secret.sides", "secret.keys_days"),
    changes="The sides name their trustees, and one is drawn where the rulebook says so.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
