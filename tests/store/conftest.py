"""A new organisation on each database."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import quorate


@pytest.fixture(params=["sqlite", "postgresql"])
def organisation(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A new organisation with one branch, on each database."""
    folder = tmp_path / "org"
    if request.param == "sqlite":
        _found(folder)
    else:
        _found(folder, "--database", request.getfixturevalue("postgresql"))
    return folder


def _found(folder: Path, *more: str) -> None:
    quorate("new", folder, "--rules", "open-convention", *more)
    quorate("act", folder, "membership.open_region", "code=NO", "name=North")
    quorate("act", folder, "membership.open_branch", "code=NG", "name=Northgate", "region=NO")
