"""Where the real input lies: beside the checkout, never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SUPPORT = HERE.parent / "support"
ELECTIONS = HERE / "elections"
DATA = Path(os.environ.get("QUORATE_REAL_DATA", HERE.parents[2] / "shared" / "data"))

needs_data = pytest.mark.skipif(
    not (DATA / "motions").is_dir(), reason="the real motions are not beside the checkout"
)

needs_archives = pytest.mark.skipif(
    not (DATA / "belenios").is_dir(), reason="the archives of elections are not beside the checkout"
)
