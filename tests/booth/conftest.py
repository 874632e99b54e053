"""The booth's scripts in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from support.booth import Booth
from support.booth import booth as opened


@pytest.fixture(scope="session")
def booth(browser: Browser) -> Iterator[Booth]:
    with opened(browser) as booth:
        yield booth
