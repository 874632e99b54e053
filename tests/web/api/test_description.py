"""The API against its own description, by schemathesis: thousands of calls, good and bad, as an
outsider, a member and an officer; then the record is checked as anyone would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.command import quorate, verified
from support.serving import served

HERE = Path(__file__).parent
TESTS = HERE.parent.parent
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@dataclass(frozen=True, slots=True)
class Served:
    """A demo of its own, served; tokens of two who play in it."""

    folder: Path
    address: str
    tokens: tuple[str, ...]


@pytest.fixture(scope="module")
def organisation(half_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("described") / "demo"
    shutil.copytree(half_year, folder)
    command = [sys.executable, str(TESTS / "support" / "tokens.py"), str(folder)]
    command += ["member", "chair of the convention"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    with served(folder) as address:
        yield Served(folder, address, tuple(done.stdout.split()))


def schemathesis(address: str, *more: str) -> subprocess.CompletedProcess[str]:
    """A whole run, from the same seed each time."""
    command = [
        str(SCHEMATHESIS),
        "--config-file",
        str(HERE / "schemathesis.toml"),
        "run",
        f"{address}/api/openapi.json",
        *("--checks", "all", "--max-examples", "5", "--seed", "1", "--no-color"),
        *("--generation-database", "none", "--request-timeout", "20"),
        *more,
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=600,
        env=os.environ | {"PYTHONPATH": f"{TESTS}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
    )


ASKED = {
    # Without a token every address says only that it wants one.
    "outsider": ("--phases", "fuzzing"),
    "member at the edges": ("--phases", "coverage"),
    "member": ("--phases", "fuzzing"),
    "member step by step": ("--phases", "stateful"),
    # What an officer may read anyone may; what an officer may do is more.
    "officer": ("--phases", "fuzzing", "--include-path", "/api/acts", "--max-examples", "60"),
}


@pytest.mark.parametrize("who", ASKED)
def test_the_api_is_what_its_description_says(organisation: Served, who: str) -> None:
    more = list(ASKED[who])
    if who != "outsider":
        token = organisation.tokens[who == "officer"]
        more += ["-H", f"Authorization: Bearer {token}"]
    done = schemathesis(organisation.address, *more)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    assert f"Selected: {'1' if who == 'officer' else '28'}/28" in done.stdout


def test_after_all_that_the_record_is_sound(organisation: Served, tmp_path: Path) -> None:
    quorate("export", organisation.folder, tmp_path / "out")
    found = verified(tmp_path / "out", "--key", organisation.folder / "record.vkey")
    assert found["findings"] == []
    assert found["sound"]
