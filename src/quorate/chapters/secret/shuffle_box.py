"""secret.shuffle_box: a trustee has shuffled the ballots of a box, so that nobody knows whose
ranking is whose. Where only sums come out there is nothing to shuffle."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import box as boxes
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import BallotFile, Hash, Number, TrusteeSignature
from quorate.chapters.secret.asked import is_ranked
from quorate.chapters.secret.boxes import closed_box, own_place, with_box
from quorate.chapters.secret.parts import not_signed, not_the_last
from quorate.chapters.secret.remembers import Part
from quorate.chapters.state import State

RULE = "secret.open_hours"


@dataclass(frozen=True, slots=True)
class ShuffleBox:
    """``before``: the hash of what is shuffled: the tally, or the last shuffle. ``shuffle``: the
    shuffle. ``signature``: by the trustee's key, JSON."""

    election: Number
    before: Hash
    shuffle: BallotFile
    signature: TrusteeSignature


def allowed(state: State, act: ShuffleBox, occasion: Occasion) -> Refusal | None:
    box = closed_box(state, act.election)
    if isinstance(box, Refusal):
        return box
    own = own_place(state, box, occasion.by)
    if isinstance(own, Refusal):
        return own
    if not is_ranked(state.elections.elections[act.election].count):
        return Refusal(RULE, "Only sums come out of this box.", "Decrypt it; nothing is shuffled.")
    if box.decryptions:
        return Refusal(RULE, "The box is being decrypted already.", "Decrypt it, too.")
    if any(part.owner == own.owner for part in box.shuffles):
        return Refusal(RULE, "You have shuffled it.", "Decrypt it, when it is time.")
    said = boxes.shuffle_statement(box.phi, own.owner, act.before, act.shuffle)
    return not_the_last(box.last, act.before, RULE) or not_signed(own, said, act.signature)


def change(state: State, act: ShuffleBox, occasion: Occasion) -> State:
    box = state.secret.boxes[act.election]
    own = own_place(state, box, occasion.by)
    if isinstance(own, Refusal):
        return state
    part = Part(own.owner, act.before, act.shuffle, act.signature, occasion.sequence)
    return with_box(state, replace(box, shuffles=(*box.shuffles, part)))


CLAUSE = Clause(
    name="secret.shuffle_box",
    act=ShuffleBox,
    who="A trustee, once voting on a ranked election is over, until one of them has decrypted.",
    rules=(
        "secret.sides",
        RULE,
        "secret.without_trustees",
        "record.subject",
        "record.ballots",
    ),
    changes="The next trustee shuffles what came out; enough of them have to.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
