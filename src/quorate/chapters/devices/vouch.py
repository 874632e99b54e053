"""devices.vouch: a member of the same branch vouches that a new device is somebody's.

Only with a signature: whoever runs the server could else vouch in the name of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.devices.add import PublicKey
from quorate.chapters.devices.forces import device_of, in_force, with_device
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
    if occasion.by in (who for who, _ in device.vouched):
        return Refusal("signing.vouchers", "You have vouched for it.", "Nothing is left to do.")
    if len(device.vouched) >= device.vouchers:
        return Refusal("signing.vouchers", "Enough have vouched for it.", "Wait until it counts.")
    if occasion.signed is None:
        return Refusal(
            "signing.vouchers",
            "Vouching needs the signature of a device of yours that is in force.",
            "Do it in the browser that signs for you.",
        )
    return None


def change(state: State, act: Vouch, occasion: Occasion) -> State:
    device = device_of(state, act.member, act.public)
    assert device is not None, "allowed has found it"
    vouched = (*device.vouched, (occasion.by, occasion.time))
    return with_device(state, act.member, replace(device, vouched=vouched))


CLAUSE = Clause(
    name="devices.vouch",
    act=Vouch,
    who="A member of the same branch, signing with their own device.",
    rules=("membership.admission", "signing.vouchers", "record.subject"),
    changes="One more has vouched that the device is the member's.",
    allowed=allowed,
    change=change,
)
