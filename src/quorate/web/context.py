"""What every page shows: whose organisation it is, who is reading, which state of the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from quorate.web.accounts.adapter import can_have_passkeys
from quorate.web.record import witnesses
from quorate.web.who import is_demo


def page(request: HttpRequest) -> dict[str, Any]:
    """The variables of base.html."""
    state = getattr(request, "state", None)
    if state is None or state.founding.rules is None:
        return {}
    return {
        "organisation": state.rules.organisation,
        "words": state.rules.organisation.words,
        "state": state,
        "last_entry": state.size - 1,
        "is_demo": is_demo(state),
        "passkeys": can_have_passkeys(request),
        "witnessed": witnesses.standing(state, request.time),
    }
