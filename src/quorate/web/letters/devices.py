"""Letters about devices that sign for a member: whoever did not add one learns of it in time."""

from __future__ import annotations

from quorate.chapters.devices.forces import device_in, in_force_from, vouched_by
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


def added(state: State, taken: Taken) -> Words:
    """To the member, while it can still be ended."""
    device = device_in(state, taken.by, taken.act.public)
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
    """To the member whose device it is, and to whoever vouched without a signature."""
    device = device_in(state, taken.act.member, taken.act.public)
    own = vouched_by(device, taken.by)
    if taken.member == taken.by:
        return _said_to_have_vouched(state, taken)
    by = names.name_of(state, taken.by)
    unsigned = own is not None and own.signed is None
    how = " No device of theirs has signed that: it is this server's word." if unsigned else ""
    since = in_force_from(device)
    when = "" if since is None else f"\nIt counts from {on(since)} on.\n"
    return Words(
        f"{by} has vouched for a device of yours: {device.public[:8]}",
        f"{by} says that it is yours.{how}\n{when}\nIf it is not, end it there before it counts, "
        f"and tell your branch:\n{link('account/devices')}",
    )


def _said_to_have_vouched(state: State, taken: Taken) -> Words:
    whose = names.name_of(state, taken.act.member)
    public = str(taken.act.public)
    return Words(
        f"You have vouched for a device of {whose}: {public[:8]}",
        f"It stands in the record that you vouched, without a signature, that a device is that of\n"
        f"{whose}. If it was you, there is nothing to do.\n\n"
        f"If it was not, somebody acted in your name, to act in theirs: tell {whose} and your\n"
        f"branch at once, before the device counts. What you did:\n{link('account/receipts')}",
    )


def ended(state: State, taken: Taken) -> Words:
    """To the member, who may not have done it; to whoever vouched for it, for it may be that the
    member wanted it, and somebody else has a device that signs for them."""
    if taken.member != taken.by:
        whose, public = names.name_of(state, taken.by), str(taken.act.public)
        return Words(
            f"A device of {whose} for which you vouched was ended: {public[:8]}",
            f"It was ended in the name of {whose} before it counted. Ask them whether they\n"
            "did it. If not, somebody else may have a device that signs for them: tell your\n"
            f"branch.\n\n{link('account/devices')}",
        )
    return Words(
        f"A device signs for you no more: {str(taken.act.public)[:8]}",
        f"If it was not you who ended it, tell your branch:\n{link('account/devices')}",
    )
