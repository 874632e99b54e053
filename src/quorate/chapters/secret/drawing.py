"""secret.decline, secret.pass_over: whoever is drawn as a trustee says no, or does not say a thing.

The lot puts members in an order. The first is the trustee; where they decline, or have not made
their key in time, the next one is. Those who hold an office that names a trustee are not drawn.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from quorate.chapters.calendar import HOUR, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.rights import holders
from quorate.chapters.secret.registers import (
    KEYS_RULES,
    Own,
    making_keys,
    with_register,
    with_trustee,
)
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State

MOST_DRAWN = 100
"""So many stand in the order: before all have declined, time is over."""


@dataclass(frozen=True, slots=True)
class Decline:
    """``register``: of which the member is to be a trustee."""

    register: Number


@dataclass(frozen=True, slots=True)
class PassOver:
    """``of``: the register."""

    of: Number


def drawn_trustee(state: State, number: int, draw: int, seed: str, time: int) -> State:
    """The state in which the lot has put members in their order. ``time``: ms."""
    register = state.secret.registers[number]
    if register.void:
        return state
    namers = {trustee.named_by for trustee in register.trustees}
    barred = {who for namer in namers for who in holders(state, namer)}
    barred |= {trustee.who for trustee in register.trustees}
    willing = (
        member.id
        for member in state.membership.members.values()
        if member.standing == "good" and member.id not in barred
    )
    order = sorted(willing, key=lambda member: (_place(seed, member), member))
    register = replace(register, draw=draw, drawn=tuple(order[:MOST_DRAWN]))
    return _next(with_register(state, register), register, time)


def _place(seed: str, member: str) -> bytes:
    return hashlib.sha256(f"quorate/trustee/v1\n{seed} member={member}\n".encode()).digest()


def _next(state: State, register: Register, time: int) -> State:
    """The state in which the first of those who are left is the trustee, if they still can be."""
    own = Own(register, _drawn_place(register))
    others = {trustee.who for trustee in register.trustees if trustee.side != own.trustee.side}
    members = state.membership.members
    while register.passed < len(register.drawn):
        who = register.drawn[register.passed]
        if members[who].standing == "good" and who not in others:
            state = with_trustee(state, Own(register, own.owner), replace(own.trustee, who=who))
            deadline = Deadline(
                time + register.rules.answer_hours * HOUR, PASS_OVER.name, register.number
            )
            return state._replace(calendar=state.calendar.add(deadline))
        register = replace(register, passed=register.passed + 1)
    return with_trustee(state, Own(register, own.owner), replace(own.trustee, who=""))


def _drawn_place(register: Register) -> int:
    return next(n for n, trustee in enumerate(register.trustees, 1) if trustee.way == "lot")


def declining_allowed(state: State, act: Decline, occasion: Occasion) -> Refusal | None:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return own
    if own.trustee.certificate:
        return Refusal(
            "secret.sides", "You have made your key.", "Go on with it: the others rely on you."
        )
    return None


def declined(state: State, act: Decline, occasion: Occasion) -> State:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return state
    if own.trustee.way == "lot":
        return _passed_over(state, own.register, occasion.time)
    return with_trustee(state, own, replace(own.trustee, who="", organisation="", key=""))


def passing_allowed(state: State, act: PassOver, occasion: Occasion) -> Refusal | None:
    return None


def passed_over(state: State, act: PassOver, occasion: Occasion) -> State:
    return _passed_over(state, state.secret.registers[act.of], occasion.time)


def _passed_over(state: State, register: Register, time: int) -> State:
    state = state._replace(calendar=state.calendar.strike(PASS_OVER.name, register.number))
    register = replace(register, passed=register.passed + 1)
    return _next(with_register(state, register), register, time)


DECLINE = Clause(
    name="secret.decline",
    act=Decline,
    who="A member who is to be a trustee, until they have made their key.",
    rules=KEYS_RULES,
    changes="Somebody else is named, or the next one who was drawn is the trustee.",
    allowed=declining_allowed,
    change=declined,
)

PASS_OVER = Clause(
    name="secret.pass_over",
    act=PassOver,
    who="Nobody: it falls due when a member who was drawn has not made their key in time.",
    rules=("secret.answer_hours",),
    changes="The next one who was drawn is the trustee.",
    allowed=passing_allowed,
    change=passed_over,
    falls_due=True,
)
