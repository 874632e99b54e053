"""secret.mix: a trustee has shuffled the claims, so that nobody knows whose key is whose.

The shuffle is too large for the record, which holds its hash. It is checked before it is taken, and
by everybody who checks the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import register
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import BallotFile, Hash, Number, TrusteeSignature
from quorate.chapters.secret.parts import not_signed, not_the_last
from quorate.chapters.secret.registers import Own, own_register, with_register
from quorate.chapters.secret.remembers import Part
from quorate.chapters.secret.terms import claims_rule, mix_rule
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Mix:
    """``before``: the hash of what is shuffled. ``shuffle``: the shuffle. ``signature``: by the
    trustee's key, JSON."""

    register: Number
    before: Hash
    shuffle: BallotFile
    signature: TrusteeSignature


def allowed(state: State, act: Mix, occasion: Occasion) -> Refusal | None:
    own = closed_register(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return own
    if own.register.decryptions:
        return Refusal(
            mix_rule(own.register), "The mix is over: it is being decrypted.", "Decrypt it, too."
        )
    if any(part.owner == own.owner for part in own.register.mixes):
        return Refusal(mix_rule(own.register), "You have mixed it.", "Decrypt it, when it is time.")
    said = register.mix_statement(own.register.phi, own.owner, act.before, act.shuffle)
    return not_the_last(own.register.last, act.before, mix_rule(own.register)) or not_signed(
        own, said, act.signature
    )


def closed_register(state: State, number: int, by: str) -> Own | Refusal:
    """The register of which ``by`` is a trustee, once no key can be claimed."""
    own = own_register(state, number, by)
    if isinstance(own, Refusal):
        return own
    if own.register.closed is None:
        return Refusal(
            claims_rule(own.register), "Keys are still claimed.", "Wait until that is over."
        )
    if own.register.roll:
        return Refusal(mix_rule(own.register), "The roll stands.", "Nothing is left to do.")
    return own


def change(state: State, act: Mix, occasion: Occasion) -> State:
    own = closed_register(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return state
    part = Part(own.owner, act.before, act.shuffle, act.signature, occasion.sequence)
    return with_register(state, replace(own.register, mixes=(*own.register.mixes, part)))


CLAUSE = Clause(
    name="secret.mix",
    act=Mix,
    who="A trustee, once no key can be claimed, until one of them has decrypted the mix.",
    rules=(
        "secret.sides",
        "secret.claims_minutes",
        "secret.claims_hours",
        "secret.mix_minutes",
        "secret.mix_hours",
        "secret.without_trustees",
        "record.subject",
        "record.ballots",
    ),
    changes="The next trustee mixes what came out; enough of them have to.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
