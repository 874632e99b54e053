"""A real browser: Debian's Chromium."""

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


def chromium() -> str | None:
    """The browser as people have it."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def without_windows() -> str | None:
    """The same browser without the parts that draw windows, where it is there. Each visitor of a
    story is a profile of their own, and it makes one in a sixth of the time."""
    return shutil.which("chromium-headless-shell") or chromium()


@contextmanager
def opened(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = without_windows()
    if program is None:
        pytest.skip("chromium is not installed")
    with opened(program) as browser:
        yield browser
