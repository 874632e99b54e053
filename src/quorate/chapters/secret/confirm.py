"""secret.confirm: a trustee has checked the shares, and says which public key follows from them.

With the last of them the register has its key, which nobody holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import key_rounds, register
from quorate.ballots.register import GROUP
from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Message, Number
from quorate.chapters.secret.registers import (
    BAD_MESSAGE,
    KEYS_RULES,
    certificates,
    making_keys,
    not_taken,
    place_of,
    polynomials,
    voutputs,
    with_register,
    with_trustee,
)
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.terms import keys_rule
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Confirm:
    """``voutput``: as the trustee's page makes it, JSON; the private key in it is encrypted for the
    trustee."""

    register: Number
    voutput: Message


def allowed(state: State, act: Confirm, occasion: Occasion) -> Refusal | None:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return own
    certs, shares = certificates(own.register), polynomials(own.register)
    if not all(shares):
        rule = keys_rule(own.register)
        return Refusal(rule, "Not all trustees have sent their shares yet.", "Wait for them.")
    if own.trustee.voutput:
        return Refusal(keys_rule(own.register), "You have confirmed it.", "Wait for the others.")
    try:
        place = place_of(own.register, own.owner)
        key_rounds.confirmed(GROUP, place, certs, shares, act.voutput.encode())
    except BAD_MESSAGE as error:
        return not_taken(error)
    return None


def change(state: State, act: Confirm, occasion: Occasion) -> State:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return state
    state = with_trustee(state, own, replace(own.trustee, voutput=act.voutput))
    found = state.secret.registers[act.register]
    return _keyed(state, found, occasion.sequence) if all(voutputs(found)) else state


def _keyed(state: State, found: Register, entry: int) -> State:
    """The state in which keys can be claimed: in a place until its hours are over, else until the
    convention sits, or is over unopened."""
    keys = register.trustees_of(certificates(found), polynomials(found), voutputs(found))
    described = register.described(state.founding.origin, found.number, keys)
    text = register.write_description(described).decode()
    phi = register.phi(described)
    found = replace(found, description=text, phi=phi, keyed=entry)
    state = with_register(state, found)
    calendar = state.calendar.strike("secret.void", found.number)
    return state._replace(calendar=calendar.add(_until(state, found)))


def _until(state: State, found: Register) -> Deadline:
    """When it is over with claiming keys, as far as that is known."""
    if found.closes is not None:
        return Deadline(found.closes, "secret.close", found.number)
    convention = state.floor.conventions[found.convention]
    latest = convention.dates.opens + convention.rules.floor.lapses_after * DAY
    return Deadline(latest, "secret.void", found.number)


CLAUSE = Clause(
    name="secret.confirm",
    act=Confirm,
    who="A trustee, once all have sent their shares.",
    rules=KEYS_RULES,
    changes="When all have done so, voters can claim their keys.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
