"""Prints, asked for as a browser asks: again, as long as they are being set."""

from __future__ import annotations

import re
import time
from typing import Any


def go_on_at(answer: Any) -> str:
    """Where the page that waits for a print asks again, behind the print's own address; "" for the
    print itself."""
    refresh = answer.headers.get("refresh") or answer.headers.get("Refresh") or ""
    found = re.fullmatch(r"\d+; url=(\?set=[0-9a-f]{64})", refresh)
    return found[1] if found else ""


def printed(ask: Any, address: str) -> Any:
    """The answer with the print. ``ask``: gets an address."""
    answer = ask(address)
    until = time.monotonic() + 120
    while again := go_on_at(answer):
        assert time.monotonic() < until, "it was never set"
        time.sleep(0.2)
        answer = ask(f"{address}{again}")
    return answer
