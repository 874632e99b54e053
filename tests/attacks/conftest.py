"""A convention with an open vote in a real database, made once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from support.command import step

Staged = tuple[Path, dict[str, Any]]


@pytest.fixture(scope="session")
def open_vote(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """12 seats have voted, 7 for, 5 against; who did it in which entry."""
    folder = tmp_path_factory.mktemp("staged") / "org"
    return folder, step(folder, "vote")


@pytest.fixture
def staged(open_vote: Staged, tmp_path: Path) -> Staged:
    """A copy of it, to be tampered with."""
    folder, told = open_vote
    return Path(shutil.copytree(folder, tmp_path / "org")), told
