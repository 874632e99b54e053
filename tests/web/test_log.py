"""The record as the open format serves it: fetched as a stranger's program would, and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quorate.record import checkpoint, log_files, note, tiles, tree
from support.browser import client, player

pytestmark = pytest.mark.xdist_group("web")


def signed(demo: Path) -> checkpoint.Checkpoint:
    answer = client().get("/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-cache" in answer.headers["Cache-Control"]
    verifier = note.read_verifier((demo / "record.vkey").read_text().strip())
    return checkpoint.open_checkpoint(answer.content.decode(), verifier)


def fetched(browser: Any, tile: tiles.Tile) -> bytes:
    answer = browser.get(f"/tile/{tile.path}")
    assert answer.status_code == 200, (tile.path, answer.content)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "immutable" in answer.headers["Cache-Control"]
    return bytes(answer.content)


def test_what_a_member_fetches_is_the_whole_record(demo: Path, tmp_path: Path) -> None:
    last = signed(demo)
    member, outsider = client("member"), client()
    for tile in tiles.bundles_of(last.size):
        path = tmp_path / "tile" / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fetched(member, tile))
    grown = tree.levels([tree.leaf_hash(entry) for entry in log_files.entries(tmp_path)])
    assert (grown.size, grown.root_of(0, grown.size)) == (last.size, last.root)
    for tile in tiles.tiles_of(last.size):  # these are for anyone
        assert fetched(outsider, tile) == tiles.hashes(grown, tile)


def test_the_tiles_of_every_shorter_record_stay(demo: Path) -> None:
    """A checkpoint that somebody has kept can be held against the record for ever."""
    size = signed(demo).size
    whole = fetched(client(), tiles.Tile(0, 0))
    for width in (1, 17, 255):
        assert fetched(client(), tiles.Tile(0, 0, width)) == whole[: width * 32]
        assert size > 256


def test_bundles_are_for_whoever_reads_the_pages(demo: Path) -> None:
    from quorate.web.api.tokens import make_token

    answer = client().get("/tile/entries/000")
    assert answer.status_code == 403
    assert answer.content.decode().endswith("[organisation.read_by]\n")
    token = make_token(player("member"), "a mirror")
    for key, status in ((token, 200), ("no token", 403)):
        answer = client().get("/tile/entries/000", HTTP_AUTHORIZATION=f"Bearer {key}")
        assert answer.status_code == status
    assert "private" in client("member").get("/tile/entries/000").headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["0/999", "0/000.p/256", "9/000", "entries/x001/000", "entries/../checkpoint", "", "0"]
)
def test_what_is_not_there_is_not_found(demo: Path, path: str) -> None:
    assert client("member").get(f"/tile/{path}").status_code == 404
