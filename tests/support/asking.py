"""Asking a witness, as a keeper does."""

from __future__ import annotations

import urllib.error
import urllib.request


def asked(address: str, body: bytes | None = None) -> tuple[int, str, str]:
    """Status, type and body of the answer. Raises OSError where there is none."""
    request = urllib.request.Request(address, data=body)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()
