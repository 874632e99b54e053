"""Whether lost keys may be replaced: what the rulebook's witnesses have to have seen of the record
under them, held against its tree. The rules alone cannot say it (``chapters/keys/replace.py``)."""

from __future__ import annotations

from collections.abc import Callable

from quorate.chapters.clause import Refusal
from quorate.chapters.keys.replace import Replace
from quorate.chapters.state import State
from quorate.record import checkpoint, note, witness_rule
from quorate.record.checkpoint import BadCheckpoint

RootOf = Callable[[int], bytes]
"""Of so many entries, the root of the tree over them."""


def refusal(state: State, act: Replace, root_of: RootOf) -> Refusal | None:
    """Why the keys may not be replaced in this state; None if they may.

    Where fewer witnesses are named than the rulebook asks for, all that are named have to have
    cosigned; where it asks for none, nobody. A checkpoint that is given all the same is what it
    says: every check of the record tells what witnesses had seen.
    """
    if not act.checkpoint and not (state.rules.witnesses.asked_for and state.witnesses.now):
        return None
    instead = "Wait until they have: the server goes on asking them without its key."
    if not state.witnesses.now:
        return Refusal(
            "record.keys", "No witness is named that could have cosigned it.", "Give none, and 0."
        )
    if not act.checkpoint:
        return Refusal(
            "witnesses.branches",
            "The old keys did not sign this: what witnesses have seen under them has to stand in "
            "their place.",
            instead,
        )
    try:
        point = checkpoint.open_checkpoint(act.checkpoint, note.read_verifier(act.old[0]))
        names = set(witness_rule.cosigned_by(tuple(state.witnesses.now.values()), act.checkpoint))
    except (BadCheckpoint, note.BadNote) as error:
        return Refusal("record.keys", f"The last checkpoint cannot be believed: {error}.", instead)
    last = state.keys.changes[-1].entry if state.keys.changes else -1
    if point.size != act.size or not last < point.size <= state.size:
        return Refusal(
            "record.keys", "The checkpoint is not one of this record under the old keys.", instead
        )
    if root_of(point.size) != point.root:
        return Refusal(
            "record.keys", "The witnesses have seen another history than this one.", instead
        )
    if not witness_rule.suffices(state, names):
        return Refusal(
            "witnesses.branches",
            "Not enough of the witnesses that the rulebook asks for have cosigned the record as it "
            "was under the old keys.",
            instead,
        )
    return None
