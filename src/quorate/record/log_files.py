"""The log as files below ``tile/``, as a server of C2SP tlog-tiles serves them: whoever holds the
folder can serve it on, and every client of the format can check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count, islice
from pathlib import Path

from quorate.record import tiles
from quorate.record.tiles import BadTile, Tile
from quorate.record.tree import Levels, leaf_hash, levels

FOLDER = "tile"
_WIDTHS = {str(width) for width in range(1, tiles.WIDTH)}


def write(folder: Path, entries: Iterable[bytes]) -> Levels:
    """Writes the entries and the tree over them; gives the tree. Raises OSError."""
    grown, coming = levels(()), iter(entries)
    for index in count():
        together = list(islice(coming, tiles.WIDTH))
        if not together:
            break
        for entry in together:
            grown.append(leaf_hash(entry))
        _put(folder, Tile(None, index, len(together)), tiles.bundle(together))
    for tile in tiles.tiles_of(grown.size):
        _put(folder, tile, tiles.hashes(grown, tile))
    return grown


def put(folder: Path, bundles: Mapping[Tile, bytes], grown: Levels) -> None:
    """Puts new bundles beside those that are there, and the tiles that the tree over all of them
    has and the folder has not. Raises OSError."""
    for tile, data in bundles.items():
        _put(folder, tile, data)
    for tile in tiles.tiles_of(grown.size):
        if not _at(folder, tile).exists():
            _put(folder, tile, tiles.hashes(grown, tile))


def entries(folder: Path, start: int = 0) -> Iterator[bytes]:
    """Every entry from ``start`` on, in order. Raises BadTile naming the bundle that is damaged,
    when it comes to it; OSError where one cannot be read."""
    for index in count(start // tiles.WIDTH):
        tile = _bundle(folder, index)
        if tile is None:
            return
        try:
            found = tiles.read_bundle(_at(folder, tile).read_bytes())
        except BadTile as error:
            raise BadTile(f"{FOLDER}/{tile.path}: {error}") from None
        yield from found[max(0, start - tile.start) :]
        if len(found) != tile.width:
            raise BadTile(
                f"{FOLDER}/{tile.path} holds {len(found):,} entries, and by its name {tile.width:,}"
            )
        if tile.width < tiles.WIDTH:
            return


def faults(folder: Path, grown: Levels) -> Iterator[str]:
    """What below ``tile/`` is missing, or is not of the tree over the entries."""
    whole = {tile.path: tile for tile in _of(grown.size)}
    for path, tile in whole.items():
        if not _at(folder, tile).is_file():
            yield f"{FOLDER}/{path} is missing"
    for file in sorted((folder / FOLDER).rglob("*")):
        if file.is_dir():
            continue
        path = file.relative_to(folder / FOLDER).as_posix()
        try:
            tile = tiles.read_path(path)
            if not tiles.is_of(tile, grown.size):
                yield f"{FOLDER}/{path} is of a longer record"
            elif tile.level is None:
                if path not in whole:  # what is whole was read as the record itself
                    _older_bundle(file.read_bytes(), tile, grown)
            elif file.read_bytes() != tiles.hashes(grown, tile):
                yield f"{FOLDER}/{path} is not of the tree over these entries"
        except BadTile as error:
            yield f"{FOLDER}/{path}: {error}"


def _older_bundle(data: bytes, tile: Tile, grown: Levels) -> None:
    """Raises BadTile unless a partial bundle, kept from when the record was shorter, holds the
    entries that are there now."""
    leaves = b"".join(leaf_hash(entry) for entry in tiles.read_bundle(data))
    if leaves != grown.hashes(0, tile.start, tile.start + tile.width):
        raise BadTile("it holds other entries than the record")


def _of(size: int) -> Iterator[Tile]:
    return chain(tiles.bundles_of(size), tiles.tiles_of(size))


def _bundle(folder: Path, index: int) -> Tile | None:
    """The bundle of this index, the widest that is there; None if there is none."""
    if _at(folder, Tile(None, index)).is_file():
        return Tile(None, index)
    partial = _at(folder, Tile(None, index, 1)).parent
    widths = [int(file.name) for file in partial.glob("*") if file.name in _WIDTHS]
    return Tile(None, index, max(widths)) if widths else None


def _at(folder: Path, tile: Tile) -> Path:
    return folder / FOLDER / tile.path


def _put(folder: Path, tile: Tile, data: bytes) -> None:
    path = _at(folder, tile)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
