"""The library that the booth stands on is npm's, as it was pinned, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from support.booth import STATIC

VENDOR = STATIC / "ballots" / "vendor"
RECIPE = Path(__file__).parents[2] / "requirements" / "browser"


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_its_hashes_stand_beside_it() -> None:
    stated = dict(
        reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
    )
    found = {name: sha256(data).hexdigest() for name, data in files(VENDOR).items()}
    del found["SHA256SUMS"]
    assert stated == found


@pytest.mark.parametrize("name", ["curves", "hashes"])
def test_its_version_and_licence(name: str) -> None:
    pinned = json.loads((RECIPE / "package-lock.json").read_text())["packages"]
    package = json.loads((VENDOR / f"noble-{name}" / "package.json").read_text())
    assert package["version"] == pinned[f"node_modules/@noble/{name}"]["version"]
    assert package["license"] == "MIT"
    assert "Permission is hereby granted" in (VENDOR / f"noble-{name}" / "LICENSE").read_text()


def test_it_is_made_again_from_npm(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed (sh tests/support/prepare.sh)")
    reached = subprocess.run([npm, "view", "@noble/curves", "version"], capture_output=True)
    if reached.returncode != 0:
        pytest.skip("npm's registry cannot be reached")
    subprocess.run(["sh", str(RECIPE / "vendor.sh"), str(tmp_path)], check=True, timeout=120)
    assert files(tmp_path) == files(VENDOR)
