"""The log as files: whole, read back, and what is wrong with it named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quorate.record import log_files, tiles, tree
from quorate.record.tiles import Tile

SIZE = 600


def entries(size: int = SIZE) -> list[bytes]:
    return [f"entry {number}".encode() * (number % 5) for number in range(size)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    log_files.write(tmp_path, entries())
    return tmp_path


def grown(size: int = SIZE) -> tree.Levels:
    return tree.levels([tree.leaf_hash(entry) for entry in entries(size)])


def faults(folder: Path) -> list[str]:
    return list(log_files.faults(folder, grown()))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 600])
def test_what_is_written_is_read(size: int, tmp_path: Path) -> None:
    written = log_files.write(tmp_path, iter(entries(size)))
    assert list(log_files.entries(tmp_path)) == entries(size)
    assert written.rows == grown(size).rows
    assert list(log_files.faults(tmp_path, written)) == []
    found = [p.relative_to(tmp_path / "tile") for p in tmp_path.rglob("*") if p.is_file()]
    expected = (*tiles.tiles_of(size), *tiles.bundles_of(size))
    assert {path.as_posix() for path in found} == {tile.path for tile in expected}


@pytest.mark.parametrize(
    "path", ["0/000", "0/002.p/88", "1/000.p/2", "entries/001", "entries/002.p/88"]
)
def test_what_is_missing_is_named(folder: Path, path: str) -> None:
    (folder / "tile" / path).unlink()
    assert faults(folder) == [f"tile/{path} is missing"]


@pytest.mark.parametrize("path", ["0/000", "0/002.p/88", "1/000.p/2"])
def test_a_changed_tile_is_named(folder: Path, path: str) -> None:
    file = folder / "tile" / path
    data = file.read_bytes()
    for changed in (data[:-1] + bytes([data[-1] ^ 1]), data[:-32], data + bytes(32), b""):
        file.write_bytes(changed)
        assert faults(folder) == [f"tile/{path} is not of the tree over these entries"]


def test_what_is_there_besides_is_named(folder: Path) -> None:
    (folder / "tile" / "0" / "003").write_bytes(bytes(8192))
    (folder / "tile" / "notes.txt").write_text("Hello")
    assert faults(folder) == [
        "tile/0/003 is of a longer record",
        "tile/notes.txt: notes.txt is no tile's path",
    ]


def test_partial_ones_of_a_shorter_record_may_stay_if_they_are_true(folder: Path) -> None:
    shorter = folder / "shorter"
    log_files.write(shorter, entries(550))
    shutil.copytree(shorter / "tile", folder / "tile", dirs_exist_ok=True)
    shutil.rmtree(shorter)
    assert faults(folder) == []
    assert list(log_files.entries(folder)) == entries()
    lying = folder / "tile" / Tile(None, 2, 38).path
    lying.write_bytes(tiles.bundle([b"another history"] * 38))
    assert faults(folder) == ["tile/entries/002.p/38: it holds other entries than the record"]


def test_a_bundle_holds_as_many_as_its_name_says(folder: Path) -> None:
    bundle = folder / "tile" / "entries" / "001"
    bundle.write_bytes(tiles.bundle(entries()[256:511]))
    with pytest.raises(tiles.BadTile, match="tile/entries/001 holds 255 entries, and by its name"):
        list(log_files.entries(folder))
    bundle.write_bytes(tiles.bundle(entries()[256:512])[:-1])
    with pytest.raises(tiles.BadTile, match="tile/entries/001: it ends within an entry"):
        list(log_files.entries(folder))


def test_where_a_bundle_is_missing_the_record_ends(folder: Path) -> None:
    (folder / "tile" / "entries" / "001").unlink()
    assert list(log_files.entries(folder)) == entries(256)
