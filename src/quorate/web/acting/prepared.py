"""What the server fills in of a form, where nobody could: a change of the keys of the record, as
those in its folder sign it."""

from __future__ import annotations

from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.store.key_changes import CannotChange, fields
from quorate.web.lane import lane


def prepared(state: State, name: str, by: str) -> dict[str, str]:
    """Field → what stands in it, for whoever may do it; nothing for other acts, or before
    `quorate key new` has made the next keys."""
    offices = {
        "keys.rotate": state.rules.keys.rotated_by,
        "keys.replace": state.rules.keys.replaced_by,
    }
    if name not in offices or not holds(state, by, offices[name]):
        return {}
    try:
        made = fields(lane().place, state, name)
    except CannotChange:
        return {}
    return {
        field: "\n".join(value) if isinstance(value, list) else str(value)
        for field, value in made.items()
    }
