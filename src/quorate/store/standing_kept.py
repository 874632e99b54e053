"""What the server had come to, kept in the organisation's folder, so that a start need not replay
the whole record.

    DIR/snapshot/1234567      over so many entries (``record/snapshot.py``)

Nobody who can write the database alone can make such a file: its key is made from one in ``keys/``.
And it is used only where the database holds the checkpoint that the keeper signed over just its
entries. Whatever does not fit is thrown away, and everything is replayed.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quorate.chapters.state import State
from quorate.record import checkpoint, note, snapshot, tree
from quorate.record.snapshot import Snapshot, Unfit
from quorate.record.state_form import BadForm
from quorate.record.uncollected import uncollected
from quorate.store import checkpoints, entries, record_keys
from quorate.store.leaves import Leaves
from quorate.store.place import Place
from quorate.store.standing import Standing

FOLDER = "snapshot"
_LOCK = "lock"
_SIZE = re.compile(r"[1-9][0-9]{0,15}")
_LOG = logging.getLogger("quorate.snapshot")


def kept_size(place: Place) -> int:
    """How many entries the latest snapshot is over; 0 where there is none."""
    return max(_sizes(place), default=0)


def keep(
    place: Place, standing: Standing, leaves: Leaves, pause: Callable[[], None] = lambda: None
) -> bool:
    """Keeps this standing, unless another process is keeping one just now; says whether it did.
    An earlier one goes when the new one is whole. ``pause`` is called now and then meanwhile."""
    size = standing.state.size
    folder = place.folder / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with _alone(folder) as alone:
            if not alone or kept_size(place) >= size:
                return False
            grown = leaves.until(size).first(size)
            if grown.root_of(0, size) != standing.tree.root():
                raise Unfit("the database holds other entries than those that were replayed")
            made = Snapshot(place.origin, standing.state, grown)
            snapshot.write(folder / str(size), made, State, _key(place), pause)
            for other in _sizes(place):
                if other != size:
                    (folder / str(other)).unlink()
    except (OSError, BadForm, Unfit) as error:
        _LOG.error("No snapshot was kept, so the next start takes longer: %s", error)
        return False
    return True


def start(place: Place, leaves: Leaves) -> Standing:
    """Where this process starts from: the latest snapshot, if it fits; else the beginning. Puts the
    tree into ``leaves``."""
    for size in sorted(_sizes(place), reverse=True):
        path = place.folder / FOLDER / str(size)
        try:
            with uncollected():
                made = snapshot.read(path, State, _key(place))
                gc.freeze()  # it stays, and need not be searched for cycles
            standing = _as_signed(made, place)
        except (OSError, Unfit) as error:
            said = "The snapshot %s was thrown away, and the record is replayed: %s"
            _LOG.error(said, path, error)
            with suppress(OSError):  # what cannot be removed is passed over at every start
                path.unlink(missing_ok=True)
            continue
        leaves.begin(made.tree)
        return standing
    return Standing()


def _as_signed(made: Snapshot, place: Place) -> Standing:
    """The snapshot's standing, if the record has a checkpoint over just that. Raises Unfit."""
    state, size = made.value, made.tree.size
    if made.origin != place.origin:
        raise Unfit(f"it is of another record, {made.origin}")
    if state.size != size:
        raise Unfit("its state is not that of its tree")
    signed = checkpoints.over(size)
    if signed is None:
        raise Unfit(
            f"it is over {size:,} entries, and the database holds no checkpoint over so many: "
            "entries were removed, or an older backup was restored"
        )
    try:
        public = record_keys.in_force(place, state)
        point = checkpoint.open_checkpoint(signed.note, note.read_verifier(public[0]))
    except (checkpoint.BadCheckpoint, note.BadNote) as error:
        raise Unfit(f"the checkpoint over its entries cannot be believed: {error}") from None
    if (point.size, point.root) != (size, made.tree.root_of(0, size)):
        raise Unfit("the keeper signed other entries than those that it is over")
    last = entries.one(size - 1)
    if last is None or tree.leaf_hash(last) != made.tree.hashes(0, size - 1, size):
        raise Unfit("its last entry is not in the database")
    return Standing(state, made.tree.frontier())


def _key(place: Place) -> bytes:
    return hmac.digest(place.sealing_key, b"quorate/snapshot/v1", hashlib.sha256)


def _sizes(place: Place) -> list[int]:
    folder = place.folder / FOLDER
    found = [path.name for path in folder.glob("*") if _SIZE.fullmatch(path.name)]
    return [int(name) for name in found if not (folder / name).is_dir()]


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process keeps a snapshot within the block."""
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
