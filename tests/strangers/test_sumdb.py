"""The exported log, checked by Go's checksum database (golang.org/x/mod/sumdb), unmodified."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import forging

SOURCES = Path("/usr/share/gocode/src/golang.org/x/mod")
PROGRAM = Path(__file__).with_name("sumdb")
OFFLINE = {"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GOTELEMETRY": "off"}

pytestmark = pytest.mark.xdist_group("strangers")


@pytest.fixture(scope="session")
def sumdb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program that checks with it, built."""
    go = shutil.which("go", path=Path(sys.executable).parent) or shutil.which("go")
    if go is None or not SOURCES.exists():
        pytest.skip("Go or the package golang-golang-x-mod-dev is not installed")
    place = tmp_path_factory.mktemp("sumdb")
    shutil.copytree(PROGRAM, place / "source")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "go-build"
    subprocess.run(
        [go, "build", "-o", str(place / "sumdb"), "."],
        cwd=place / "source",
        env={"PATH": os.environ["PATH"], "HOME": str(place), "GOCACHE": str(cache), **OFFLINE},
        check=True,
        timeout=300,
    )
    return place / "sumdb"


def checked(sumdb: Path, export: Path, key: Path) -> subprocess.CompletedProcess[str]:
    words = [str(sumdb), str(export), key.read_text().strip()]
    return subprocess.run(words, capture_output=True, text=True, timeout=120)


def test_it_accepts_every_entry_and_every_shorter_record(
    sumdb: Path, export: Path, whole_year: Path
) -> None:
    done = checked(sumdb, export, whole_year / "record.vkey")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{len(forging.read(export))} entries of a record")


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("file", ["checkpoint", "tile/0/003", "tile/1/000.p", "tile/entries/002"])
def test_it_refuses_one_that_was_changed(
    sumdb: Path, export: Path, whole_year: Path, file: str
) -> None:
    path = export / file
    if path.is_dir():  # the only partial one
        (path,) = path.iterdir()
    flip(path, 40)
    assert checked(sumdb, export, whole_year / "record.vkey").returncode == 1


def test_it_refuses_another_history_under_the_old_signature(
    sumdb: Path, export: Path, whole_year: Path
) -> None:
    forging.write(export, forging.read(export)[:-1])
    assert checked(sumdb, export, whole_year / "record.vkey").returncode == 1


def test_it_accepts_a_rewritten_history_that_its_keeper_signs(
    sumdb: Path, export: Path, whole_year: Path
) -> None:
    """What no signature shows, and only a receipt, a witness or the rules do."""
    forging.write(export, forging.read(export)[:-1])
    forging.sign(export, whole_year)
    assert checked(sumdb, export, whole_year / "record.vkey").returncode == 0
