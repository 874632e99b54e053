"""The demo, opened in the process of the tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo(half_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo in the middle of its year."""
    folder = tmp_path_factory.mktemp("web") / "demo"
    shutil.copytree(half_year, folder)
    from quorate.cli.opening import set_up

    # The browser of other tests keeps an event loop in this process, which Django would refuse.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    set_up(folder)
    return folder
