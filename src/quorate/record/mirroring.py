"""Mirroring a record: keeping every entry of it as it is served, and refusing what does not
continue what is kept. Witnesses stop two histories; a mirror stops withholding too."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quorate.record import checkpoint, keeper, key_chain, log_files, tiles, tree
from quorate.record.checkpoint import BadCheckpoint, Checkpoint
from quorate.record.key_chain import Followed
from quorate.record.note import Key
from quorate.record.tiles import BadTile, Tile

Fetch = Callable[[str], bytes]
"""Path below the record's address → what is served there. Raises NotServed."""


class NotServed(Exception):
    """The record's server does not give what it has to; says what."""


class NotReached(NotServed):
    """It does not answer at all."""


class AnotherRecord(Exception):
    """What is served is not the record that is kept here, grown; says how."""


@dataclass
class Mirror:
    """A record kept in ``folder``: checkpoint and tile/, as the server has them. ``keys``: that
    sign it now; ``changed``: at which entries they were changed since those that its owner gave.
    ``kept``: the tree over the entries that are there."""

    folder: Path
    keys: tuple[Key, ...]
    changed: tuple[int, ...] = ()
    kept: tree.Levels = field(default_factory=lambda: tree.levels(()))

    def follow(self, fetch: Fetch) -> Checkpoint:
        """Fetches what is new; gives the checkpoint that is kept now.

        Raises NotServed, and AnotherRecord; then what was kept stays, and the checkpoint that does
        not fit it lies in ``refused/``, as evidence under the keeper's own signature.
        """
        served = _text(fetch("checkpoint"))
        try:
            point = checkpoint.read(served)
        except BadCheckpoint as error:
            raise NotServed(f"its checkpoint cannot be believed: {error}") from None
        before = self.kept.size
        if point.size < before:
            self._check_signed(served, self.keys)
            self._refuse(served, f"it has {point.size:,} entries, and {before:,} are kept here")
        grown, new = self._grown(point, fetch)
        followed = self._followed(new)
        self._check_signed(served, followed.keys)
        if grown.root_of(0, before) != self.kept.root_of(0, before):
            self._refuse(served, f"its first {before:,} entries are not those that are kept here")
        if grown.root_of(0, point.size) != point.root:
            self._refuse(served, "its entries are not those that its keeper signed")
        log_files.put(self.folder, new, grown)
        _put_whole(self.folder / "checkpoint", served)
        self.kept, self.keys = grown, followed.keys
        self.changed += followed.at
        return point

    def _followed(self, new: Mapping[Tile, bytes]) -> Followed:
        """The keys that sign it with these bundles in it. Raises NotServed where they were replaced
        by others that nobody has vouched for here."""
        entries = (entry for bundle in new.values() for entry in tiles.read_bundle(bundle))
        try:
            return key_chain.follow(self.keys, key_chain.changes_in(entries))
        except key_chain.NotFollowed as error:
            raise NotServed(str(error)) from None

    def _check_signed(self, served: str, keys: Sequence[Key]) -> None:
        """Raises NotServed unless every one of these keys has signed it."""
        try:
            keeper.open_whole(served, keys)
        except BadCheckpoint as error:
            raise NotServed(f"its checkpoint cannot be believed: {error}") from None

    def _grown(self, point: Checkpoint, fetch: Fetch) -> tuple[tree.Levels, dict[Tile, bytes]]:
        """The tree over the entries served, and the bundles that are new."""
        whole = self.kept.size // tiles.WIDTH
        grown = self.kept.first(whole * tiles.WIDTH) if whole else tree.levels(())
        new = {}
        for tile in tiles.bundles_of(point.size):
            if tile.index < whole:
                continue
            data = fetch(f"{log_files.FOLDER}/{tile.path}")
            try:
                found = tiles.read_bundle(data)
            except BadTile as error:
                raise NotServed(f"{tile.path}: {error}") from None
            if len(found) != tile.width:
                raise NotServed(f"{tile.path} holds {len(found)} entries, and should {tile.width}")
            for entry in found:
                grown.append(tree.leaf_hash(entry))
            new[tile] = data
        return grown, new

    def _refuse(self, served: str, what: str) -> None:
        refused = self.folder / "refused"
        refused.mkdir(parents=True, exist_ok=True)
        number = len(list(refused.iterdir()))
        _put_whole(refused / f"checkpoint-{number}", served)
        raise AnotherRecord(
            f"{what}. Nothing that is kept was changed; what its keeper signed lies in {refused}."
        )


def open_mirror(folder: Path, key: str) -> Mirror:
    """The mirror in this folder, new or as it was left. Raises BadNote for the key, AnotherRecord
    where what lies there is not what its checkpoint says, or is under keys that ``key`` does not
    lead to. Whoever gives another key than before vouches for it: what it signs has to continue
    what is kept."""
    mirror = Mirror(folder, keeper.read_keys(key))
    last = folder / "checkpoint"
    if not last.exists():
        return mirror
    changes = []
    try:
        point = checkpoint.read(last.read_text("utf-8"))
        for place, entry in enumerate(log_files.entries(folder)):
            if place < point.size:
                mirror.kept.append(tree.leaf_hash(entry))
                changes += [entry] if key_chain.is_change(entry) else []
        mirror.keys, mirror.changed = key_chain.follow(mirror.keys, changes)
    except key_chain.NotFollowed as error:
        raise AnotherRecord(str(error)) from None
    except (BadCheckpoint, BadTile, UnicodeDecodeError) as error:
        raise AnotherRecord(f"{folder} is damaged: {error}") from None
    if point.origin != mirror.keys[0].name:
        raise AnotherRecord(f"{folder} holds {point.origin}, and the key is of another record.")
    if mirror.kept.size != point.size or mirror.kept.root_of(0, point.size) != point.root:
        raise AnotherRecord(f"{folder} is damaged: its entries are not those of its checkpoint.")
    return mirror


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise NotServed("its checkpoint is no text") from None


def _put_whole(path: Path, text: str) -> None:
    """Writes the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
