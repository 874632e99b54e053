"""secret.decrypt_box: a trustee has decrypted what a box comes to, with the key that they saved.

Papers are in before, so that nobody enters any who knows what they change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import box as boxes
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.papers import papers_over_by
from quorate.chapters.fields import BallotFile, Hash, Number, TrusteeSignature
from quorate.chapters.plain import counted, on
from quorate.chapters.secret.asked import is_ranked
from quorate.chapters.secret.boxes import closed_box, own_place, with_box
from quorate.chapters.secret.parts import not_signed, not_the_last
from quorate.chapters.secret.remembers import Part
from quorate.chapters.state import State

RULE = "secret.open_hours"


@dataclass(frozen=True, slots=True)
class DecryptBox:
    """``before``: the hash of the last shuffle, or of the tally where nothing is shuffled.
    ``decryption``: of the tally. ``signature``: by the trustee's key, JSON."""

    election: Number
    before: Hash
    decryption: BallotFile
    signature: TrusteeSignature


def allowed(state: State, act: DecryptBox, occasion: Occasion) -> Refusal | None:
    box = closed_box(state, act.election)
    if isinstance(box, Refusal):
        return box
    own = own_place(state, box, occasion.by)
    if isinstance(own, Refusal):
        return own
    election = state.elections.elections[act.election]
    over = papers_over_by(state, election, box.closed or 0)
    if occasion.time < over:
        return Refusal(
            "secret.papers_minutes",
            "Papers are still entered, and nobody may know before what they change.",
            f"Come back when they are all in, on {on(over)} at the latest.",
        )
    needed = box.rules.needed
    if is_ranked(election.count) and len(box.shuffles) < needed:
        return Refusal(
            "secret.needed",
            f"{counted(needed, 'trustee')} have to shuffle it before it is decrypted: fewer could "
            "know whose ranking is whose.",
            "Shuffle it, or wait for the others.",
        )
    if any(part.owner == own.owner for part in box.decryptions):
        return Refusal(RULE, "You have decrypted it.", "Wait for the others.")
    if len(box.decryptions) == needed:
        return Refusal(RULE, "Enough trustees have decrypted it.", "Nothing is left to do.")
    said = boxes.decryption_statement(box.phi, own.owner, act.before, act.decryption)
    return not_the_last(box.last, act.before, RULE) or not_signed(own, said, act.signature)


def change(state: State, act: DecryptBox, occasion: Occasion) -> State:
    box = state.secret.boxes[act.election]
    own = own_place(state, box, occasion.by)
    if isinstance(own, Refusal):
        return state
    part = Part(own.owner, act.before, act.decryption, act.signature, occasion.sequence)
    return with_box(state, replace(box, decryptions=(*box.decryptions, part)))


CLAUSE = Clause(
    name="secret.decrypt_box",
    act=DecryptBox,
    who="A trustee, once voting is over and the papers are in, until enough of them have.",
    rules=(
        "secret.sides",
        "secret.needed",
        RULE,
        "secret.papers_minutes",
        "secret.without_trustees",
        "record.subject",
        "record.ballots",
    ),
    changes="When enough have done so, the result follows.",
    allowed=allowed,
    change=change,
    by_trustees=True,
)
