"""What every page shows: whose organisation it is, who is reading, which state of the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from quorate.chapters.state import State
from quorate.store.record_keys import in_force
from quorate.web.accounts.adapter import can_have_passkeys
from quorate.web.lane import lane
from quorate.web.record import witnesses
from quorate.web.who import is_demo


def _signed_by(state: State) -> dict[str, str]:
    """The record's name and the key that signs it, for a browser that keeps a receipt."""
    place = lane().place
    return {"origin": place.origin, "key": in_force(place, state)[0]}


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
        "signed_by": lambda: _signed_by(state),
        "witnessed": witnesses.standing(state, request.time),
    }
