"""Tiles and entry bundles: C2SP tlog-tiles, "Merkle Tree" and "Log entries".

A tile holds up to 256 hashes of one height of the tree, eight heights apart: level 0 the leaves'
hashes, level 1 the roots over 256 leaves each, and so on. A bundle holds the same entries as the
tile of level 0 with its index. The last of each may be partial, and is then named by its width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quorate.record.tree import HASH_BYTES, Levels

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
MOST_LEVELS = 64

_PATH = re.compile(r"(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class BadTile(Exception):
    """A path that names no tile, or bytes that are none; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Tile:
    """``level``: 0 to 63, or None for a bundle of entries. ``index``: from 0 within the level.
    ``width``: how many hashes or entries, 1 to 256."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served and stored below ``tile/``, such as ``0/x001/234.p/17``."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
        place = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{ENTRIES if self.level is None else self.level}/{place}{part}"

    @property
    def start(self) -> int:
        """The first of the hashes or entries that it holds, counted from 0 within its level."""
        return self.index * WIDTH


def read_path(path: str) -> Tile:
    """The tile of this path. Raises BadTile where it is written in any way but the one."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise BadTile(f"{path} is no tile's path")
    level, above, last, width = found.groups()
    tile = Tile(
        None if level == ENTRIES else int(level),
        int(above.replace("x", "").replace("/", "") + last),
        WIDTH if width is None else int(width),
    )
    if tile.path != path or (tile.level is not None and tile.level >= MOST_LEVELS):
        raise BadTile(f"{path} is no tile's path")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of hashes of a tree of ``size`` leaves, level by level; the last of a level may be
    partial."""
    level = 0
    while size:
        yield from _row(level, size)
        size //= WIDTH
        level += 1


def bundles_of(size: int) -> Iterator[Tile]:
    """Every bundle of ``size`` entries; the last may be partial."""
    return _row(None, size)


def _row(level: int | None, size: int) -> Iterator[Tile]:
    full, rest = divmod(size, WIDTH)
    for index in range(full):
        yield Tile(level, index)
    if rest:
        yield Tile(level, full, rest)


def is_of(tile: Tile, size: int) -> bool:
    """Whether a tree of ``size``, or one that it has grown from, has this tile."""
    there = size if tile.level is None else size >> (HEIGHT * tile.level)
    return tile.start + tile.width <= there


def hashes(levels: Levels, tile: Tile) -> bytes:
    """The bytes of a tile of hashes, 32 for each. ``levels`` has at least its leaves."""
    if tile.level is None:
        raise BadTile("a bundle holds entries")
    return levels.hashes(HEIGHT * tile.level, tile.start, tile.start + tile.width)


def read_hashes(data: bytes, tile: Tile) -> list[bytes]:
    """A tile's hashes. Raises BadTile where the bytes are not so many."""
    if len(data) != tile.width * HASH_BYTES:
        raise BadTile(f"{tile.path} has {len(data)} bytes; {tile.width * HASH_BYTES} are its width")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """The bytes of a bundle: each entry after its length in two bytes, the larger first."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises BadTile where it ends within one."""
    entries, end, whole = [], 0, len(data)
    while end < whole:
        start = end + 2
        end = start + int.from_bytes(data[end:start], "big")
        if end > whole or start > whole:
            raise BadTile("it ends within an entry")
        entries.append(data[start:end])
    return entries
