"""A new organisation on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support import postgres
from support.command import quorate


@pytest.fixture(params=["sqlite", "postgresql"])
def organisation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A new organisation with one branch, on each database."""
    folder = tmp_path / "org"
    if request.param == "sqlite":
        _found(folder)
        yield folder
        return
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with postgres.cluster(programs) as address:
        _found(folder, "--database", address)
        yield folder


def _found(folder: Path, *more: str) -> None:
    quorate("new", folder, "--rules", "open-convention", *more)
    quorate("act", folder, "membership.open_region", "code=NO", "name=North")
    quorate("act", folder, "membership.open_branch", "code=NG", "name=Northgate", "region=NO")
