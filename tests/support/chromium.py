"""A real browser: Debian's Chromium, which it also packs without the parts that draw windows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first is the same browser, of the same version. Each visitor of a story is a profile of their
own, and it makes one in a sixth of the time."""


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def opened(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("chromium is not installed")
    with opened(program) as browser:
        yield browser
