"""A browser without a screen, on the demo that is opened in this process."""

from __future__ import annotations

from typing import Any


def client(part: str = "") -> Any:
    """A browser, signed in as whoever plays this part."""
    from django.test import Client

    browser = Client(HTTP_HOST="localhost")
    if part:
        browser.post("/play", {"member": player(part)})
    return browser


def player(part: str) -> str:
    """The pseudonym of whoever plays this part."""
    from quorate.web.accounts.playing import people
    from quorate.web.lane import lane

    return next(member for title, member in people(lane().now().state) if title == part)
