"""`quorate mirror` keeps the record of a running server, and refuses another than it has kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from quorate.record import checkpoint, log_files, mirroring, note, tiles, tree
from quorate.record.checkpoint import Checkpoint
from quorate.record.mirroring import AnotherRecord, Mirror, NotServed
from support.command import quorate, scripted
from support.serving import served

TOKENS = Path(__file__).parents[1] / "support" / "tokens.py"
SIGNING, KEY = note.generate_key("record.example", bytes(32))


def line(number: int, history: str = "") -> bytes:
    return f'{{"seq":{number}{history}}}'.encode()


class Served:
    """A record as a server has it. ``withheld``: paths that it does not give."""

    def __init__(self, entries: list[bytes], signing: str = SIGNING) -> None:
        self.entries, self.signing = entries, signing
        self.withheld: set[str] = set()
        self.asked: list[str] = []

    def __call__(self, path: str) -> bytes:
        self.asked.append(path)
        if path in self.withheld:
            raise NotServed(f"{path}: the server answers 404")
        if path == "checkpoint":
            grown = tree.levels([tree.leaf_hash(entry) for entry in self.entries])
            point = Checkpoint("record.example", grown.size, grown.root_of(0, grown.size))
            return checkpoint.sign(point, self.signing).encode()
        tile = tiles.read_path(path.removeprefix("tile/"))
        return tiles.bundle(self.entries[tile.start : tile.start + tile.width])


@pytest.fixture
def mirror(tmp_path: Path) -> Callable[[], Mirror]:
    """The mirror as it is opened anew each time."""
    return lambda: mirroring.open_mirror(tmp_path / "mirror", KEY)


@pytest.mark.parametrize("sizes", [(1, 2, 3), (255, 256, 257), (300, 300, 700, 1024, 1025)])
def test_it_grows_with_the_record(mirror: Callable[[], Mirror], sizes: tuple[int, ...]) -> None:
    """Opened anew each time, and left open: the same files, which are those of the record."""
    entries = [line(number) for number in range(max(sizes))]
    for size in sizes:
        opened = mirror()
        server = Served(entries[:size])
        before = opened.kept.size
        assert opened.follow(server).size == size
        assert list(log_files.entries(opened.folder)) == entries[:size]
        assert list(log_files.faults(opened.folder, opened.kept)) == []
        new = tiles.bundles_of(size)
        wanted = {f"tile/{t.path}" for t in new if t.index >= before // tiles.WIDTH}
        assert set(server.asked) == {"checkpoint"} | wanted


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ([line(number) for number in range(299)], "299 entries, and 300 are kept"),
        ([line(number, ',"x":1') for number in range(300)], "are not those that are kept"),
        ([line(number, ',"x":1') for number in range(900)], "are not those that are kept"),
    ],
    ids=["shorter", "another", "another and longer"],
)
def test_another_record_is_refused_and_kept_as_evidence(
    mirror: Callable[[], Mirror], then: list[bytes], why: str
) -> None:
    entries = [line(number) for number in range(300)]
    opened = mirror()
    opened.follow(Served(entries))
    server = Served(then)
    with pytest.raises(AnotherRecord, match=why):
        opened.follow(server)
    again = mirror()
    assert list(log_files.entries(again.folder)) == entries
    evidence = (again.folder / "refused" / "checkpoint-0").read_text("utf-8")
    assert checkpoint.open_checkpoint(evidence, note.read_verifier(KEY)).size == len(then)


def test_entries_that_are_not_those_that_were_signed(mirror: Callable[[], Mirror]) -> None:
    opened = mirror()
    opened.follow(Served([line(number) for number in range(10)]))
    server = Served([line(number) for number in range(12)])
    signed = server("checkpoint")
    server.entries[11] = line(11, ',"x":1')

    def lying(path: str) -> bytes:
        return signed if path == "checkpoint" else server(path)

    with pytest.raises(AnotherRecord, match="not those that its keeper signed"):
        opened.follow(lying)
    assert mirror().kept.size == 10


def test_what_is_withheld_is_named_and_nothing_is_kept(mirror: Callable[[], Mirror]) -> None:
    opened = mirror()
    server = Served([line(number) for number in range(300)])
    server.withheld = {"tile/entries/001.p/44"}
    with pytest.raises(NotServed, match=r"tile/entries/001\.p/44"):
        opened.follow(server)
    assert mirror().kept.size == 0


def test_another_key_and_damage(mirror: Callable[[], Mirror]) -> None:
    other, _ = note.generate_key("record.example", b"x" * 32)
    opened = mirror()
    with pytest.raises(NotServed, match="cannot be believed"):
        opened.follow(Served([line(0)], other))
    opened.follow(Served([line(0), line(1)]))
    bundle = opened.folder / "tile" / "entries" / "000.p" / "2"
    bundle.write_bytes(bundle.read_bytes().replace(b"1", b"2"))
    with pytest.raises(AnotherRecord, match="damaged"):
        mirror()


def test_of_a_running_server(half_year: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(half_year, tmp_path / "demo")
    key = (folder / "record.vkey").read_text("utf-8").strip()
    with served(folder) as address:
        call = ("mirror", tmp_path / "mirror", address, "--key", key, "--once", "--json")
        said = quorate(*call, check=False)
        assert said.returncode == 1
        assert "only members read it" in said.stderr
        token = scripted(TOKENS, folder, "member").strip()
        done = quorate(*call, "--token", token)
        assert "scripts" not in done.stderr  # they are those of this version
        first = json.loads(done.stdout)
        assert first["entries"] == first["new"] > 3_000
        again = json.loads(quorate(*call, "--token", token).stdout)
        assert again == {"entries": first["entries"], "new": 0}
    quorate("export", folder, tmp_path / "out")
    mirrored = list(log_files.entries(tmp_path / "mirror"))
    assert mirrored == list(log_files.entries(tmp_path / "out"))[: len(mirrored)]
