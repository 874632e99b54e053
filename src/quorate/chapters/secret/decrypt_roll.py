"""secret.decrypt_roll: a trustee has decrypted the mixed list with the key that they saved.

All of them do. So it is known before anybody votes that each of them has their key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import register
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import BallotFile, Hash, Number, TrusteeSignature
from quorate.chapters.plain import counted
from quorate.chapters.secret.mix import closed_register
from quorate.chapters.secret.parts import not_signed, not_the_last
from quorate.chapters.secret.registers import with_register
from quorate.chapters.secret.remembers import Part
from quorate.chapters.secret.terms import mix_rule
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class DecryptRoll:
    """``before``: the hash of the last shuffle. ``decryption``: of it. ``signature``: by the
    trustee's key, JSON."""

    register: Number
    before: Hash
    decryption: BallotFile
    signature: TrusteeSignature


def allowed(state: State, act: DecryptRoll, occasion: Occasion) -> Refusal | None:
    own = closed_register(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return own
    needed = own.register.rules.needed
    if len(own.register.mixes) < needed:
        return Refusal(
            "secret.needed",
            f"{counted(needed, 'trustee')} have to mix it before it is decrypted: fewer could know "
            "whose key is whose.",
            "Mix it, or wait for the others.",
        )
    if any(part.owner == own.owner for part in own.register.decryptions):
        return Refusal(mix_rule(own.register), "You have decrypted it.", "Wait for the others.")
    said = register.decryption_statement(own.register.phi, own.owner, act.before, act.decryption)
    return not_the_last(own.register.last, act.before, mix_rule(own.register)) or not_signed(
        own, said, act.signature
    )


def change(state: State, act: DecryptRoll, occasion: Occasion) -> State:
    own = closed_register(state, act.register, occasion.by)
    if isinstance(own, Refusal):
        return state
    part = Part(own.owner, act.before, act.decryption, act.signature, occasion.sequence)
    parts = (*own.register.decryptions, part)
    return with_register(state, replace(own.register, decryptions=parts))


CLAUSE = Clause(
    name="secret.decrypt_roll",
    act=DecryptRoll,
    who="Each trustee, once enough of them have mixed it.",
    rules=(
        "secret.sides",
        "secret.needed",
        "secret.claims_minutes",
        "secret.claims_hours",
        "secret.mix_minutes",
        "secret.mix_hours",
        "secret.without_trustees",
        "record.subject",
        "record.ballots",
    ),
    changes="When all have done so, the roll of keys follows.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
