"""The record as static files that others mirror: C2SP tlog-tiles.

tile/L/N[.p/W]        256 hashes of the tree (W where partial): at level L, the i-th hash of tile N
                      is the root over the entries (256·N + i)·256^L … (256·N + i + 1)·256^L − 1
tile/entries/N[.p/W]  the entries themselves, each after its length as two bytes, big-endian

Whoever serves a record must keep the partial tiles of every size that a checkpoint was given for,
until the full tile is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quorate.record import tree

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""

MAX_ENTRY = 65_535
"""The longest entry that a bundle can hold."""

_HEIGHT = 8
_PATH = re.compile(
    r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


class BadTile(Exception):
    """A tile, bundle or path that is not as the specification has it; says why."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Which tile: ``level`` 0 … 63, None for a bundle of entries; ``width`` 1 … 256."""

    level: int | None
    index: int
    width: int

    def path(self) -> str:
        """Where it stands below the record's address."""
        level = "entries" if self.level is None else str(self.level)
        groups = [f"{self.index % 1000:03}"]
        rest = self.index // 1000
        while rest:
            groups.append(f"x{rest % 1000:03}")
            rest //= 1000
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def read_path(path: str) -> Tile:
    """The tile that stands at a path. Raises BadTile for a path that ``Tile.path`` never gives."""
    match = _PATH.fullmatch(path)
    if match is None or len(path) > 100:
        raise BadTile(f"{path[:100]}: not the path of a tile")
    level = None if match[1] == "entries" else int(match[1])
    width = WIDTH if match[3] is None else int(match[3])
    tile = Tile(level, int(match[2].replace("x", "").replace("/", "")), width)
    if tile.path() != path:
        raise BadTile(f"{path}: not the path of a tile")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a record of ``size`` entries, partial ones as of just that size."""
    yield from _row(None, size)
    level = 0
    while size:
        yield from _row(level, size)
        level, size = level + 1, size >> _HEIGHT


def _row(level: int | None, count: int) -> Iterator[Tile]:
    for index in range(count // WIDTH):
        yield Tile(level, index, WIDTH)
    if count % WIDTH:
        yield Tile(level, count // WIDTH, count % WIDTH)


def hashes_of(tile: Tile, levels: tree.Levels) -> bytes:
    """A tile of hashes: 32 bytes each. Raises BadTile where the record does not reach so far."""
    if tile.level is None:
        raise BadTile(f"{tile.path()}: a bundle of entries, not of hashes")
    height, start = tile.level * _HEIGHT, tile.index * WIDTH
    row = levels.levels[height] if height < len(levels.levels) else []
    if start + tile.width > len(row):
        raise BadTile(f"{tile.path()}: the record has not grown so far")
    return b"".join(row[start : start + tile.width])


def read_hashes(data: bytes) -> tuple[bytes, ...]:
    """The hashes in a tile, 1 … 256. Raises BadTile."""
    count, over = divmod(len(data), tree.HASH_BYTES)
    if over or not 1 <= count <= WIDTH:
        raise BadTile(f"a tile of {len(data)} bytes: it has 1 to {WIDTH} hashes of 32 bytes")
    return tuple(data[at : at + tree.HASH_BYTES] for at in range(0, len(data), tree.HASH_BYTES))


def write_bundle(entries: Sequence[bytes]) -> bytes:
    """The bundle of 1 … 256 entries. Raises BadTile naming an entry that is too long."""
    if not 1 <= len(entries) <= WIDTH:
        raise BadTile(f"a bundle of {len(entries)} entries: it has 1 to {WIDTH}")
    for place, entry in enumerate(entries):
        if len(entry) > MAX_ENTRY:
            raise BadTile(f"entry {place} of the bundle has {len(entry)} bytes, over {MAX_ENTRY}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_bundle(data: bytes) -> tuple[bytes, ...]:
    """The entries in a bundle, 1 … 256. Raises BadTile."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise BadTile(f"the bundle is cut off in entry {len(entries)}")
        entries.append(data[at + 2 : end])
        at = end
    if not 1 <= len(entries) <= WIDTH:
        raise BadTile(f"a bundle of {len(entries)} entries: it has 1 to {WIDTH}")
    return tuple(entries)


def export_tiles(entries: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every bundle and tile of the record of these entries.

    Bundles come while the entries are read, tiles of hashes after them; entries are not kept in
    memory, their hashes are. Raises BadTile naming an entry that is too long.
    """
    levels = tree.levels([])
    bundle: list[bytes] = []
    for place, entry in enumerate(entries):
        if len(entry) > MAX_ENTRY:
            raise BadTile(f"entry {place} has {len(entry)} bytes, over {MAX_ENTRY}")
        levels.append(tree.leaf_hash(entry))
        bundle.append(entry)
        if len(bundle) == WIDTH:
            yield Tile(None, place // WIDTH, WIDTH).path(), write_bundle(bundle)
            bundle.clear()
    if bundle:
        yield Tile(None, levels.size // WIDTH, len(bundle)).path(), write_bundle(bundle)
    for tile in tiles_of(levels.size):
        if tile.level is not None:
            yield tile.path(), hashes_of(tile, levels)
