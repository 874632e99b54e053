"""devices.vouch: a member of the same branch vouches that a new device is somebody's.

With a signature: whoever runs the server could else vouch in the name of anybody. Where too few of
the branch have a device to sign with, the rulebook may let the others vouch without one, or nobody
there would ever come back who has lost theirs. The record says of each whether they signed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.devices.add import PublicKey
from quorate.chapters.devices.forces import (
    device_of,
    devices_in_force,
    enough_in_all,
    enough_signed,
    in_force,
    may_be_unsigned,
    vouched_by,
    with_device,
)
from quorate.chapters.devices.remembers import Device, Vouched
from quorate.chapters.fields import Pseudonym
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Vouch:
    """``member``: whose device it is; ``public``: its key."""

    member: Pseudonym
    public: PublicKey


def allowed(state: State, act: Vouch, occasion: Occasion) -> Refusal | None:
    voucher = member_in_good_standing(state, occasion.by)
    if isinstance(voucher, Refusal):
        return voucher
    device = device_of(state, act.member, act.public)
    if device is None or in_force(device, occasion.time):
        return Refusal(
            "record.subject", "No device of this member waits with this key.", "Ask them for it."
        )
    branch = state.membership.members[act.member].branch
    if act.member == occasion.by or voucher.branch != branch:
        return Refusal(
            "signing.vouchers",
            "Others of the member's own branch vouch for their device.",
            "Ask somebody of that branch.",
        )
    before = vouched_by(device, occasion.by)
    if before is not None and (before.signed is not None or occasion.signed is None):
        return Refusal("signing.vouchers", "You have vouched for it.", "Nothing is left to do.")
    if enough_signed(device) is not None:
        return Refusal("signing.vouchers", "Enough have vouched for it.", "Wait until it counts.")
    return None if occasion.signed is not None else _not_unsigned(state, act, device, occasion)


def _not_unsigned(state: State, act: Vouch, device: Device, occasion: Occasion) -> Refusal | None:
    """Why this member does not vouch for the device unsigned, if so."""
    able = not devices_in_force(state, occasion.by, occasion.time)
    if not able or not may_be_unsigned(state, act.member, device, occasion.time):
        return Refusal(
            "signing.vouchers",
            "Vouching needs the signature of a device of yours that is in force.",
            "Do it in the browser that signs for you.",
        )
    if enough_in_all(device) is not None:
        return Refusal(
            "signing.unsigned_vouchers", "Enough have vouched for it.", "Wait until it counts."
        )
    return None


def change(state: State, act: Vouch, occasion: Occasion) -> State:
    device = device_of(state, act.member, act.public)
    assert device is not None, "allowed has found it"
    before = vouched_by(device, occasion.by)
    signed = None if occasion.signed is None else occasion.time
    if before is None:
        vouched = (*device.vouched, Vouched(occasion.by, occasion.time, signed))
    else:
        now = before._replace(signed=signed)
        vouched = tuple(now if one is before else one for one in device.vouched)
    return with_device(state, act.member, replace(device, vouched=vouched))


CLAUSE = Clause(
    name="devices.vouch",
    act=Vouch,
    who="A member of the same branch, signing with their own device; one without, where too few "
    "have one and the rulebook lets them.",
    rules=(
        "membership.admission",
        "signing.vouchers",
        "signing.unsigned_vouchers",
        "record.subject",
    ),
    changes="One more has vouched that the device is the member's.",
    allowed=allowed,
    change=change,
)
