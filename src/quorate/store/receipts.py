"""Giving out receipts: an entry's bytes, its proof under a signed checkpoint, and what opens it.

Whoever handed in a text or cast a vote gets the text or the vote with its salt, and nobody else:
with it they can prove what they voted, whatever becomes of the server's own copy.
"""

from __future__ import annotations

from quorate import commitments, organisation
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.record import entry, receipt
from quorate.store import checkpoints, entries, keeping, record_keys
from quorate.store.leaves import Leaves
from quorate.store.place import Place
from quorate.store.recorded import Recorded


class NoEntry(Exception):
    """There is no entry at this place."""


def receipt_for(place: Place, state: State, leaves: Leaves, sequence: int, *, own: bool) -> str:
    """The receipt for an entry, under the checkpoint over it that most witnesses have cosigned, or
    else under the latest. Raises NoEntry.

    ``own``: it is for whoever did the act, and opens the texts and the vote that it commits to.
    """
    last = checkpoints.best_cosigned(sequence) or checkpoints.latest()
    data = entries.one(sequence)
    if data is None or last is None or sequence >= last.size:
        raise NoEntry(f"There is no entry {sequence}.")
    read = entry.read(data)
    return _receipt(place, state, leaves, data, read, last, _openings(place, read) if own else ())


def receipt_at_once(place: Place, state: State, leaves: Leaves, done: Recorded) -> str:
    """The receipt for whoever has just done an act, under the checkpoint that was signed with it.
    What was written is at hand, so the database is not asked again."""
    written = done.written
    if written is None:
        return receipt_for(place, state, leaves, done.sequence, own=True)
    read = entry.read(written.data)
    at_hand = {one.commitment: one for one in written.kept}
    named = (*organisation.documents_of(read.act), *organisation.choices_of(read.act))
    if not at_hand.keys() >= set(named):  # something lies here since before
        return receipt_for(place, state, leaves, done.sequence, own=True)
    openings = tuple(
        receipt.Opening(name, at_hand[name].domain, at_hand[name].salt, at_hand[name].payload)
        for name in named
    )
    return _receipt(place, state, leaves, written.data, read, written.signed, openings)


def _receipt(
    place: Place,
    state: State,
    leaves: Leaves,
    data: bytes,
    read: entry.Entry,
    last: checkpoints.Signed,
    openings: tuple[receipt.Opening, ...],
) -> str:
    sequence = read.occasion.sequence
    path = leaves.until(last.size).inclusion(sequence, last.size)
    words = (
        f"RECEIPT\n\n{read.name} stands in the record of {place.origin} as entry {sequence},\n"
        f"recorded {on(read.occasion.time)}.\n\n"
        "Keep this file. It proves that to anyone, without the server:\n"
        f'    quorate receipt verify FILE --key "{record_keys.in_force(place, state)[0]}"\n'
    )
    changed = [change.entry for change in state.keys.changes if change.entry < last.size]
    changes = [entries.there(place) for place in changed]
    proof = receipt.proof_text(sequence, path, last.note)
    return receipt.write(words, data, proof, openings, changes)


def _openings(place: Place, read: entry.Entry) -> tuple[receipt.Opening, ...]:
    texts = keeping.documents(organisation.documents_of(read.act))
    choices = {commitment: commitment for commitment in organisation.choices_of(read.act)}
    opened = keeping.openings(place.sealing_key, choices, {}) if choices else {}
    return (
        *(
            receipt.Opening(commitment, commitments.DOCUMENT, salt, text)
            for commitment, (salt, text) in texts.items()
        ),
        *(
            receipt.Opening(commitment, commitments.CHOICE, salt, choice)
            for commitment, (salt, choice) in opened.items()
        ),
    )
