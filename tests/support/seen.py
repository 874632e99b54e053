"""What a script of scenes has seen (``support/secret_scenes.py``): question → status and text, and
under "question, source" the text as it was sent."""

from __future__ import annotations

import json
import re
from typing import Any

Seen = dict[str, Any]


def read(seen: Seen, what: str, status: int = 200) -> str:
    """What was answered, with this status."""
    got, text = seen[what]
    assert got == status, (what, got, text[:300])
    return str(text)


def told(seen: Seen, what: str, status: int = 200) -> dict[str, Any]:
    """The same, of what a script asked."""
    found: dict[str, Any] = json.loads(read(seen, what, status))
    return found


def holds_no_script_of_its_own(seen: Seen) -> None:
    """Nor a style: the server's policy would drop them."""
    for what, source in seen.items():
        if what.endswith(", source"):
            scripts = re.findall(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", source)
            assert not scripts, what
            assert " style=" not in source, what
