"""secret.certify: a trustee has made their key, and says for which place.

It can be done again until everybody has: whoever lost the file by then makes another key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import key_rounds
from quorate.ballots.register import GROUP
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Message, Number
from quorate.chapters.secret.drawing import PASS_OVER
from quorate.chapters.secret.registers import (
    BAD_MESSAGE,
    KEYS_RULES,
    certificates,
    making_keys,
    not_taken,
    place_of,
    with_trustee,
)
from quorate.chapters.secret.terms import keys_rule
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Certify:
    """``certificate``: as the trustee's page makes it, JSON."""

    register: Number
    certificate: Message


def allowed(state: State, act: Certify, occasion: Occasion) -> Refusal | None:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return own
    if all(certificates(own.register)):
        return Refusal(
            keys_rule(own.register),
            "All trustees have made their keys, and rely on these.",
            "Go on with yours.",
        )
    try:
        place = place_of(own.register, own.owner)
        keys = key_rounds.certified(GROUP, place, act.certificate.encode())
    except BAD_MESSAGE as error:
        return not_taken(error)
    signing = GROUP.write(keys.verification)
    if own.trustee.key and own.trustee.key != signing:
        return Refusal(
            "secret.sides",
            "It is not signed with the key that was named for you.",
            "Use that key's file, or have the new key named.",
        )
    if signing in state.secret.keys:
        return Refusal(
            "record.names",
            "This key was used before.",
            "Make a new one: each is for one register.",
        )
    return None


def change(state: State, act: Certify, occasion: Occasion) -> State:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return state
    cert = key_rounds.read_certificate(GROUP, act.certificate.encode())
    signing = key_rounds.signing_key(GROUP, cert)
    state = with_trustee(state, own, replace(own.trustee, certificate=act.certificate))
    keys = state.secret.keys.set(GROUP.write(signing), None)
    state = state._replace(secret=state.secret._replace(keys=keys))
    if own.trustee.way == "lot":
        calendar = state.calendar.strike(PASS_OVER.name, own.register.number)
        state = state._replace(calendar=calendar)
    return state


CLAUSE = Clause(
    name="secret.certify",
    act=Certify,
    who="A trustee, once they are named.",
    rules=(*KEYS_RULES, "record.names"),
    changes="The others can send them their shares, once all have done so.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
