"""Finding a register and a trustee's place in it, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from quorate.ballots.json_form import Malformed
from quorate.ballots.key_rounds import Place
from quorate.ballots.threshold import BadTrustees
from quorate.chapters.clause import Refusal
from quorate.chapters.secret.remembers import Register, Trustee
from quorate.chapters.secret.terms import keys_rule
from quorate.chapters.state import State

BAD_MESSAGE = (Malformed, BadTrustees)
"""What a trustee's message may be instead of a good one."""


class Own(NamedTuple):
    """A register, and a trustee's place in it, from 1."""

    register: Register
    owner: int

    @property
    def trustee(self) -> Trustee:
        return self.register.trustees[self.owner - 1]


def register_of(state: State, number: int) -> Register | Refusal:
    """The register of this number, unless it is void."""
    register = state.secret.registers.get(number)
    if register is None:
        return Refusal(
            "record.subject", f"There is no register {number} of voting keys.", "Check its number."
        )
    if register.void:
        why = (
            "too few of its trustees came to open a box"
            if register.void == "box"
            else "it did not come to a roll in time"
        )
        return Refusal(
            "secret.without_trustees",
            f"This register is void: {why}.",
            "Nothing is left to do in it; the election is held as the rulebook says.",
        )
    return register


def own_register(state: State, number: int, by: str) -> Own | Refusal:
    """The register of this number, of which ``by`` is a trustee."""
    register = register_of(state, number)
    if isinstance(register, Refusal):
        return register
    return place_among(register, by) or Refusal(
        "secret.sides", "You are no trustee of this register.", "Leave it to its trustees."
    )


def place_among(register: Register, by: str) -> Own | None:
    """The place of ``by`` among the register's trustees, if they are one."""
    for owner, trustee in enumerate(register.trustees, 1):
        if trustee.who == by:
            return Own(register, owner)
    return None


KEYS_RULES = (
    "secret.sides",
    "secret.keys_days",
    "secret.keys_hours",
    "secret.without_trustees",
    "record.subject",
)
"""What is asked of whoever does something while the trustees make their keys."""


def making_keys(state: State, number: int, by: str) -> Own | Refusal:
    """The same while the trustees come to their keys."""
    own = own_register(state, number, by)
    if isinstance(own, Own) and own.register.description:
        return Refusal(
            keys_rule(own.register), "All trustees have their keys.", "Nothing is left to do."
        )
    return own


def place_of(register: Register, owner: int) -> Place:
    return Place(len(register.trustees), register.rules.needed, owner)


def certificates(register: Register) -> list[bytes]:
    """Everybody's, in order; b"" of those who have not sent theirs."""
    return [trustee.certificate.encode() for trustee in register.trustees]


def polynomials(register: Register) -> list[bytes]:
    return [trustee.polynomial.encode() for trustee in register.trustees]


def voutputs(register: Register) -> list[bytes]:
    return [trustee.voutput.encode() for trustee in register.trustees]


def with_register(state: State, register: Register) -> State:
    """The state with what is new about this register."""
    registers = state.secret.registers.set(register.number, register)
    return state._replace(secret=state.secret._replace(registers=registers))


def with_trustee(state: State, own: Own, trustee: Trustee) -> State:
    """The state with what is new about this trustee."""
    before = own.register.trustees
    trustees = (*before[: own.owner - 1], trustee, *before[own.owner :])
    return with_register(state, replace(own.register, trustees=trustees))


def not_taken(error: Exception) -> Refusal:
    """The refusal of a message that does not hold."""
    return Refusal(
        "secret.sides",
        f"This message cannot be taken: {error}.",
        "Make it anew, on the page for trustees, with your own key file.",
    )
