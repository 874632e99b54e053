"""devices.end: a device signs for its member no more, because it is lost or was never theirs.

One in force is ended with the signature of one in force: nobody who merely runs the server takes a
member's keys away. One that still waits can be ended without.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.devices.add import PublicKey
from quorate.chapters.devices.forces import device_of, in_force, with_device
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class End:
    """``public``: the device's key."""

    public: PublicKey


def allowed(state: State, act: End, occasion: Occasion) -> Refusal | None:
    device = device_of(state, occasion.by, act.public)
    if device is None:
        return Refusal(
            "record.subject", "You have no such device.", "See “My devices” for those you have."
        )
    if in_force(device, occasion.time) and occasion.signed is None:
        return Refusal(
            "signing.acts",
            "A device in force is ended with the signature of one of yours only.",
            "Do it in a browser that signs for you, or with the recovery code.",
        )
    return None


def change(state: State, act: End, occasion: Occasion) -> State:
    device = device_of(state, occasion.by, act.public)
    assert device is not None, "allowed has found it"
    return with_device(state, occasion.by, replace(device, ended=occasion.time))


CLAUSE = Clause(
    name="devices.end",
    act=End,
    who="The member whose device it is.",
    rules=("signing.acts", "record.subject"),
    changes="The device signs for the member no more.",
    allowed=allowed,
    change=change,
)
