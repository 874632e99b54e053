"""keys.rotate: the record is signed with new keys from here on, and the old ones say so."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.keys import statement
from quorate.chapters.keys.changing import changed, disagree, fits, may_change
from quorate.chapters.keys.statement import RecordKeys, Signatures, signed_by
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Rotate:
    """``number``: which change of the record's keys it is, from 1. ``old``, ``new``: the keys until
    now and from now on, name+id+key each: the first of Ed25519, a second of ML-DSA-44.
    ``old_signatures``, ``new_signatures``: of each of them over the statement of the change, in
    base64."""

    number: Number
    old: RecordKeys
    new: RecordKeys
    old_signatures: Signatures
    new_signatures: Signatures


def allowed(state: State, act: Rotate, occasion: Occasion) -> Refusal | None:
    refusal = may_change(state, occasion.by, state.rules.keys.rotated_by, "keys.rotated_by")
    refusal = refusal or fits(state, act.number, act.old, act.new)
    if refusal is not None:
        return refusal
    said = statement.text(state.founding.origin, act.number, "rotate", act.old, act.new)
    if not signed_by(act.old, act.old_signatures, said):
        return Refusal(
            "record.keys",
            "The record's keys have not signed this change of them.",
            "Only who holds them can rotate them; if they are lost: quorate key replace DIR.",
        )
    return disagree(act.new, act.new_signatures, said, "rotate")


def change(state: State, act: Rotate, occasion: Occasion) -> State:
    return changed(state, occasion, act.old, act.new, agreed=True)


CLAUSE = Clause(
    name="keys.rotate",
    act=Rotate,
    who="Whoever the rulebook names in keys.rotated_by, with the keys of the server; the founder "
    "until the founding is complete.",
    rules=("keys.rotated_by", "record.keys"),
    changes="The checkpoint over this entry is signed by the old keys and the new ones, every "
    "later one by the new ones only.",
    allowed=allowed,
    change=change,
)
