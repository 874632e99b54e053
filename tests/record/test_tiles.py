"""Tiles and bundles, against the examples and the definition of C2SP tlog-tiles."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import tiles, tree
from quorate.record.tiles import Tile


def mth(entries: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is defined."""
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    inner = mth(entries[:split]) + mth(entries[split:])
    return hashlib.sha256(b"\x01" + inner).digest()


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "0/x001/x234/067"),
        (Tile(0, 0), "0/000"),
        (Tile(1, 999, 17), "1/999.p/17"),
        (Tile(0, 1000, 1), "0/x001/000.p/1"),
        (Tile(None, 273, 112), "entries/273.p/112"),
        (Tile(63, 5), "63/005"),
    ],
)
def test_paths_as_in_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.read_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "0/",
        "0/0",
        "0/1234",
        "0/x000/001",
        "0/x001/x234/67",
        "0/001/234",
        "00/001",
        "01/001",
        "64/001",
        "-1/001",
        "0/001.p/0",
        "0/001.p/256",
        "0/001.p/017",
        "0/001.p",
        "0/001.p/",
        "0/../001",
        "0/001/",
        "/0/001",
        "entries/x000/000",
        "Entries/000",
        "0/٠٠١",
        "0/000\n",
    ],
)
def test_what_is_no_path(path: str) -> None:
    with pytest.raises(tiles.BadTile):
        tiles.read_path(path)


@given(
    st.integers(0, 63) | st.none(),
    st.integers(0, 10**12),
    st.integers(1, 256),
)
def test_a_path_is_read_as_it_is_written(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert tiles.read_path(tile.path) == tile


def test_a_tree_of_70_000_has_the_tiles_of_the_specifications_example() -> None:
    found = list(tiles.tiles_of(70_000))
    by_level = [[tile for tile in found if tile.level == level] for level in range(4)]
    assert [len(row) for row in by_level] == [274, 2, 1, 0]
    assert [row[-1].width for row in by_level[:3]] == [112, 17, 1]
    assert all(tile.width == 256 for row in by_level for tile in row[:-1])
    assert [tile.path for tile in tiles.tiles_of(256)] == ["0/000", "1/000.p/1"]
    assert list(tiles.tiles_of(0)) == []


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 513, 1_100])
def test_each_hash_is_the_root_of_its_part(size: int) -> None:
    entries = [f"entry {number}".encode() for number in range(size)]
    levels = tree.levels([tree.leaf_hash(entry) for entry in entries])
    for tile in tiles.tiles_of(size):
        assert tile.level is not None
        part = 256**tile.level
        found = tiles.read_hashes(tiles.hashes(levels, tile), tile)
        assert len(found) == tile.width
        for number, root in enumerate(found, tile.start):
            assert root == mth(entries[number * part : (number + 1) * part])
    together = [entry for tile in tiles.bundles_of(size) for entry in bundled(entries, tile)]
    assert together == entries


def bundled(entries: list[bytes], tile: Tile) -> list[bytes]:
    of_it = entries[tile.start : tile.start + tile.width]
    assert len(of_it) == tile.width
    return tiles.read_bundle(tiles.bundle(of_it))


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_grown_tree_has_the_tiles_of_the_smaller(smaller: int, more: int) -> None:
    for tile in (*tiles.tiles_of(smaller), *tiles.bundles_of(smaller)):
        assert tiles.is_of(tile, smaller + more)
        needed = (tile.start + tile.width) * 256 ** (tile.level or 0)
        assert not tiles.is_of(tile, needed - 1)


@given(st.lists(st.binary(max_size=700), max_size=256))
def test_a_bundle_is_read_as_it_was_written(entries: list[bytes]) -> None:
    data = tiles.bundle(entries)
    assert tiles.read_bundle(data) == entries
    assert len(data) == sum(len(entry) + 2 for entry in entries)
    with pytest.raises(tiles.BadTile):
        tiles.read_bundle(data + b"\x00\x05abc")
    with pytest.raises(tiles.BadTile):
        tiles.read_bundle(data + b"\x00")


def test_a_tile_has_32_bytes_for_each_of_its_hashes() -> None:
    with pytest.raises(tiles.BadTile, match="has 63 bytes; 64"):
        tiles.read_hashes(bytes(63), Tile(0, 0, 2))
