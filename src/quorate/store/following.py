"""Following the record: the state and the tree of one process, brought up to what stands."""

from __future__ import annotations

from quorate import organisation
from quorate.record import checkpoint, entry, note
from quorate.record.tree import leaf_hash
from quorate.record.uncollected import uncollected
from quorate.store import entries, record_keys
from quorate.store.asking import ask
from quorate.store.place import Place
from quorate.store.standing import Standing


class BrokenRecord(Exception):
    """The database holds something that is not a record by these rules: the server stops."""


def follow(standing: Standing, place: Place, *, started: bool = False) -> Standing:
    """What stands now, by the entries in the database. Raises BrokenRecord. ``started``: a process
    has just started from this standing.

    Each entry is decided again before it is applied, and what they come to is held against the
    checkpoint that was signed with the last of them: rows that somebody wrote, changed or deleted
    by hand are not believed, though the rules would have allowed what they say.
    """
    before = standing.state.size
    with uncollected():
        for sequence, data in entries.between(standing.state.size):
            try:
                read = entry.read(data)
            except entry.BadEntry as error:
                raise BrokenRecord(f"entry {sequence}: {error}") from None
            refusal = organisation.decide(standing.state, read.act, read.occasion)
            if refusal is not None or read.occasion.sequence != sequence:
                because = refusal.because if refusal else "it names another place"
                raise BrokenRecord(
                    f"entry {sequence} ({read.name}) is not allowed by the rules: {because}"
                )
            standing = standing.after(read.act, read.occasion, leaf_hash(data))
    if standing.state.size > before or not before or started:
        _as_signed(standing, place)
    return standing


def _as_signed(standing: Standing, place: Place) -> None:
    """Raises BrokenRecord unless the last checkpoint was signed over just these entries."""
    size = standing.state.size
    if _cut_off(size):
        raise BrokenRecord(
            f"a checkpoint was signed over more than its {size:,} entries: entries were removed"
        )
    last = _last_checkpoint(size)
    if last is None:
        if not size:
            return
        raise BrokenRecord(
            f"no checkpoint is signed for its {size:,} entries: entries or checkpoints were changed"
        )
    public = record_keys.in_force(place, standing.state)
    try:
        record_keys.check_known(place, public)
        signed = checkpoint.open_checkpoint(last, note.read_verifier(public[0]))
    except record_keys.NoSigningKey as error:
        raise BrokenRecord(f"its keys were changed by somebody else: {error}") from None
    except (checkpoint.BadCheckpoint, note.BadNote) as error:
        raise BrokenRecord(f"its last checkpoint cannot be believed: {error}") from None
    if signed.size != size:
        raise BrokenRecord(
            f"its last checkpoint was signed over {signed.size:,} entries, and there are {size:,}: "
            "entries were removed"
        )
    if signed.root != standing.tree.root():
        raise BrokenRecord(
            f"its {size:,} entries are not those that were signed: an entry was changed"
        )


def _cut_off(size: int) -> bool:
    """Whether a longer record was signed, and no entry is there after so many. One question, so
    that nobody can write in between."""
    ((cut_off,),) = ask(
        "SELECT count(*) FROM store_checkpoint WHERE size > %s "
        "AND NOT EXISTS (SELECT 1 FROM store_recordentry WHERE sequence >= %s)",
        [size, size],
    )
    return bool(cut_off)


def _last_checkpoint(size: int) -> str | None:
    """The signed note over so many entries or more."""
    rows = ask("SELECT note FROM store_checkpoint WHERE size >= %s ORDER BY size LIMIT 1", [size])
    return str(rows[0][0]) if rows else None
