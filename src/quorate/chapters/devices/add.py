"""devices.add: a member adds the key of a device that is to sign for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.devices.forces import devices_in_force, in_force_from, with_device
from quorate.chapters.devices.remembers import Device, Kind
from quorate.chapters.devices.small_order import of_small_order
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State

MOST = 20
"""Devices of one member, ended ones too: nobody fills the record with keys. Those that were ended
before they came into force do not count: else whoever runs the server could use them up in the name
of a member who has none, for good."""

MOST_A_DAY = 100
"""Devices that are added for one member within a day, all counted."""

PublicKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$")]
"""32 bytes in base64, as they are written in one way only."""


@dataclass(frozen=True, slots=True)
class Add:
    """``public``: the device's key (Ed25519, base64). ``kind``: a device, or a recovery code."""

    public: PublicKey
    kind: Kind = "device"


def allowed(state: State, act: Add, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    devices = state.devices
    if act.public in devices.keys:
        return Refusal("record.names", "This key is in the record already.", "Make another.")
    if of_small_order(act.public):
        return Refusal(
            "signing.acts",
            "For this key anybody can sign: it is a point of small order.",
            "Make another.",
        )
    own = devices.of.get(occasion.by, ())
    if sum(_counts(one) for one in own) >= MOST:
        return Refusal(
            "signing.acts", f"A member has {MOST} devices at most.", "Use one that you have."
        )
    if sum(one.added > occasion.time - DAY for one in own) >= MOST_A_DAY:
        return Refusal(
            "signing.acts",
            f"For one member {MOST_A_DAY} devices are added within a day at most.",
            "Add it tomorrow. If you have not added these, tell your branch.",
        )
    return None


def _counts(device: Device) -> bool:
    """Whether it counts towards MOST."""
    since = in_force_from(device)
    return device.ended is None or (since is not None and since <= device.ended)


def change(state: State, act: Add, occasion: Occasion) -> State:
    rules = state.rules.signing
    device = Device(
        public=act.public,
        kind=act.kind,
        added=occasion.time,
        signed_for=occasion.signed is not None,
        first=not devices_in_force(state, occasion.by, occasion.time),
        wait=rules.wait_hours * HOUR,
        vouchers=rules.vouchers,
        unsigned_wait=rules.unsigned_wait_hours * HOUR,
        unsigned_vouchers=rules.unsigned_vouchers,
    )
    return with_device(state, occasion.by, device)


CLAUSE = Clause(
    name="devices.add",
    act=Add,
    who="Any member in good standing, for themselves.",
    rules=("membership.admission", "signing.acts", "signing.wait_hours", "record.names"),
    changes="The device signs for the member: at once if another of theirs signed for it; else "
    "after the time, and with the vouchers, that the rulebook asks for.",
    allowed=allowed,
    change=change,
)
