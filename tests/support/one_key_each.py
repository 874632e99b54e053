"""For schemathesis: a good idempotency key is used for one call only. Used for another act it would
be refused, and rightly."""

from __future__ import annotations

import secrets
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Gives each well-formed call that has a key one of its own."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for name in list(case.headers or ()):
        if name.lower() == "idempotency-key":
            case.headers[name] = secrets.token_hex(8)
