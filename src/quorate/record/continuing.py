"""Going on from where an earlier check of the same record ended.

After a sound check the verifier can keep what it has come to, and the keeper's checkpoint. The next
check hashes the entries that were checked then, but does not replay them; it replays those that are
new. What is kept is the verifier's own word to itself, on its own machine: the root under the
checkpoint ties it to the record, and says nothing of the state.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from quorate.chapters.state import State
from quorate.record import folder, snapshot, tree
from quorate.record.named import Named, Names
from quorate.record.replaying import Replayed
from quorate.record.snapshot import Snapshot, Unfit
from quorate.record.tiles import BadTile


class Checked(NamedTuple):
    """What a check keeps of a ``Replayed``, and the signed note that it was held against."""

    checkpoint: str
    state: State
    documents: Names
    sheets: Names
    erased: dict[str, Named]
    votes: int
    elections: int
    signed_acts: int
    vouched_acts: int


class Continued(NamedTuple):
    """Where to start. ``seen``: checkpoints of this record that the file kept, even where the rest
    of it does not fit; ``unfit``: why it was thrown away, "" where it was not."""

    replayed: Replayed
    seen: tuple[str, ...] = ()
    unfit: str = ""


def keep(path: Path, export: folder.Export, replayed: Replayed, grown: tree.Levels) -> None:
    """Keeps in this file what a sound check has come to. Raises OSError."""
    checked = Checked(
        export.checkpoint,
        replayed.state,
        replayed.documents,
        replayed.sheets,
        replayed.erased,
        replayed.votes,
        replayed.elections,
        replayed.signed_acts,
        replayed.vouched_acts,
    )
    origin = replayed.state.founding.origin
    snapshot.write(path, Snapshot(origin, checked, grown), Checked)


def start(path: Path, export: folder.Export, origin: str) -> Continued:
    """Where the check of this export of the record ``origin`` can start: where an earlier one ended
    that kept this file, or at the beginning. Raises OSError where the file cannot be read."""
    if not path.exists():
        return Continued(Replayed())
    try:
        kept = snapshot.read(path, Checked)
        if kept.origin != origin:
            raise Unfit(f"it is of another record, {kept.origin}")
    except Unfit as unfit:
        return Continued(Replayed(), unfit=str(unfit))
    checked: Checked = kept.value
    try:
        if checked.state.size != kept.tree.size:
            raise Unfit("its state is not that of its tree")
        _still_there(export, kept.tree.rows[0])
    except Unfit as unfit:
        return Continued(Replayed(), (checked.checkpoint,), str(unfit))
    replayed = Replayed(
        checked.state,
        kept.tree.rows[0],
        checked.documents,
        checked.sheets,
        checked.erased,
        checked.votes,
        checked.elections,
        checked.signed_acts,
        checked.vouched_acts,
    )
    return Continued(replayed, (checked.checkpoint,))


def _still_there(export: folder.Export, leaves: bytearray) -> None:
    """Holds the entries that were checked before against their hashes. Raises Unfit naming the
    first that is another, or the end where there are fewer."""
    at = 0
    try:
        for data in folder.entries(export):
            if at == len(leaves):
                return
            if leaves[at : at + tree.HASH_BYTES] != tree.leaf_hash(data):
                raise Unfit(
                    f"entry {at // tree.HASH_BYTES:,} is another than the one that was checked then"
                )
            at += tree.HASH_BYTES
    except BadTile as error:
        raise Unfit(str(error)) from None
    if at < len(leaves):
        raise Unfit(
            f"it was made over {len(leaves) // tree.HASH_BYTES:,} entries, and this export has "
            f"{at // tree.HASH_BYTES:,}"
        )
