"""keys.replace: the record's keys are lost, and it goes on under others.

That the old keys did not sign it stands there for ever. In their place stands what the witnesses
that the rulebook asks for have cosigned last under them. Whether they suffice, and whether it is
this record that they have seen, is held against the tree: ``record/replacing.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.keys import statement
from quorate.chapters.keys.changing import changed, disagree, fits, may_change
from quorate.chapters.keys.statement import RecordKeys, Signatures
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Replace:
    """``number``: which change of the record's keys it is, from 1. ``old``, ``new``: the lost keys
    and those that follow, name+id+key each: the first of Ed25519, a second of ML-DSA-44.
    ``new_signatures``: of the new ones over the statement of the change, in base64. ``size``:
    entries of the last checkpoint that witnesses cosigned under the lost keys, ``checkpoint``: that
    checkpoint with their lines; 0 and "" where there is none."""

    number: Number
    old: RecordKeys
    new: RecordKeys
    new_signatures: Signatures
    size: Annotated[int, Field(ge=0, le=2**40)] = 0
    checkpoint: Annotated[str, Field(max_length=40_000)] = ""


def allowed(state: State, act: Replace, occasion: Occasion) -> Refusal | None:
    refusal = may_change(state, occasion.by, state.rules.keys.replaced_by, "keys.replaced_by")
    refusal = refusal or fits(state, act.number, act.old, act.new)
    if refusal is not None:
        return refusal
    said = statement.text(state.founding.origin, act.number, "replace", act.old, act.new)
    if refusal := disagree(act.new, act.new_signatures, said, "replace"):
        return refusal
    if bool(act.size) != bool(act.checkpoint) or act.size > state.size:
        return Refusal(
            "record.keys",
            "This checkpoint is not one of this record.",
            "Give the last that witnesses have cosigned, with its size, or none and 0.",
        )
    return None


def change(state: State, act: Replace, occasion: Occasion) -> State:
    return changed(state, occasion, act.old, act.new, agreed=False, witnessed=act.size)


CLAUSE = Clause(
    name="keys.replace",
    act=Replace,
    who="Whoever the rulebook names in keys.replaced_by, with the new keys of the server; the "
    "founder until the founding is complete.",
    rules=("keys.replaced_by", "record.keys"),
    changes="The record is signed by the new keys. Whoever holds only the old ones is told to "
    "compare the new ones by another way.",
    allowed=allowed,
    change=change,
)
