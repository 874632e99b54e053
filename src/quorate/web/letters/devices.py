"""Letters about devices that sign for a member: whoever did not add one learns of it in time."""

from __future__ import annotations

from quorate.chapters.devices.forces import in_force_from
from quorate.chapters.devices.remembers import Device
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


def added(state: State, taken: Taken) -> Words:
    """To the member, while it can still be ended."""
    device = _device(state, taken)
    since = in_force_from(device)
    if device.signed_for:
        when = "Another device of yours has signed for it, so it counts at once."
    elif since is None:
        when = (
            "It does not count yet: others of your branch have to vouch for it first, because you "
            "have devices that have not signed for it."
        )
    else:
        when = f"It counts from {on(since)} on."
    return Words(
        f"A device was added that is to sign for you: {device.public[:8]}",
        f"{when}\n\nIf it is not yours, end it there, and tell your branch:\n"
        f"{link('account/devices')}",
    )


def vouched(state: State, taken: Taken) -> Words:
    """To the member whose device it is."""
    public = str(taken.act.public)
    by = names.name_of(state, taken.by)
    return Words(
        f"{by} has vouched for a device of yours: {public[:8]}",
        f"{by} says that it is yours. If it is not, end it there before it counts, and tell your "
        f"branch:\n{link('account/devices')}",
    )


def ended(state: State, taken: Taken) -> Words:
    """To the member, who may not have done it."""
    return Words(
        f"A device signs for you no more: {str(taken.act.public)[:8]}",
        f"If it was not you who ended it, tell your branch:\n{link('account/devices')}",
    )


def _device(state: State, taken: Taken) -> Device:
    return next(d for d in state.devices.of[taken.by] if d.public == taken.act.public)
