"""secret.share: a trustee sends the others their shares of the key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import key_rounds
from quorate.ballots.register import GROUP
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Message, Number
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
class Share:
    """``polynomial``: as the trustee's page makes it, JSON; the shares in it are encrypted."""

    register: Number
    polynomial: Message


def allowed(state: State, act: Share, occasion: Occasion) -> Refusal | None:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return own
    certs = certificates(own.register)
    if not all(certs):
        return Refusal(
            keys_rule(own.register), "Not all trustees have made their keys yet.", "Wait for them."
        )
    if own.trustee.polynomial:
        return Refusal(
            keys_rule(own.register), "You have sent the shares.", "Wait for those of the others."
        )
    try:
        place = place_of(own.register, own.owner)
        key_rounds.shared(GROUP, place, certs, act.polynomial.encode())
    except BAD_MESSAGE as error:
        return not_taken(error)
    return None


def change(state: State, act: Share, occasion: Occasion) -> State:
    own = making_keys(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return state
    return with_trustee(state, own, replace(own.trustee, polynomial=act.polynomial))


CLAUSE = Clause(
    name="secret.share",
    act=Share,
    who="A trustee, once all have made their keys.",
    rules=KEYS_RULES,
    changes="The others can check their shares, once all have sent them.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
