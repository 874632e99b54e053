"""When a device is in force: signed for, vouched for, or waited for long enough.

Who vouches signs. Only for a device that follows others, where too few of the branch can sign,
those who cannot vouch unsigned; then more have to, and the time is longer (``unsigned_vouchers``).
"""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.devices.remembers import Device, Vouched
from quorate.chapters.state import State


def in_force_from(device: Device) -> int | None:
    """When the device comes or came into force (ms); None while nobody can say yet."""
    if device.signed_for:
        return device.added
    signed = enough_signed(device)
    if device.first:
        waited = device.added + device.wait
        return waited if signed is None else min(waited, signed)
    in_all = enough_in_all(device)
    ways = [
        *([] if signed is None else [signed + device.wait]),
        *([] if in_all is None else [in_all + device.unsigned_wait]),
    ]
    return min(ways, default=None)


def enough_signed(device: Device) -> int | None:
    """When as many as are needed had vouched with their signatures (ms); None before."""
    times = sorted(one.signed for one in device.vouched if one.signed is not None)
    return times[device.vouchers - 1] if len(times) >= device.vouchers else None


def enough_in_all(device: Device) -> int | None:
    """When as many as are needed had vouched, where some do not sign (ms); None before, and where
    that does not count."""
    needed = device.unsigned_vouchers
    counts = 0 < needed <= len(device.vouched) and not device.first
    return device.vouched[needed - 1].at if counts else None


def vouched_by(device: Device, member: str) -> Vouched | None:
    """Whether and how the member has vouched for it."""
    return next((one for one in device.vouched if one.by == member), None)


def may_be_unsigned(state: State, member: str, device: Device, time: int) -> bool:
    """Whether others of the member's branch who have no device may vouch for it unsigned at
    ``time`` (ms): it follows others, the rules let them, and fewer could sign than have to."""
    if device.first or not device.unsigned_vouchers:
        return False
    membership = state.membership
    able = 0
    for other in membership.branches[membership.members[member].branch].members:
        if other != member and membership.members[other].standing == "good":
            able += bool(devices_in_force(state, other, time))
        if able >= device.vouchers:
            return False
    return True


def in_force(device: Device, time: int) -> bool:
    """Whether it signs for its member at ``time`` (ms)."""
    since = in_force_from(device)
    return device.ended is None and since is not None and since <= time


def devices_in_force(state: State, member: str, time: int) -> tuple[Device, ...]:
    """The member's devices that sign for them at ``time`` (ms)."""
    every = state.devices.of.get(member)
    return tuple(d for d in every if in_force(d, time)) if every else ()


def device_of(state: State, member: str, public: str) -> Device | None:
    """The member's device with this key that has not ended, in force or not."""
    every = state.devices.of.get(member, ())
    return next((d for d in every if d.public == public and d.ended is None), None)


def device_in(state: State, member: str, public: str) -> Device:
    """The member's device with this key, ended or not; there is one."""
    return next(d for d in state.devices.of[member] if d.public == public)


def with_device(state: State, member: str, device: Device) -> State:
    """The state with this device in the place of the one with the same key, or added."""
    others = state.devices.of.get(member, ())
    known = any(one.public == device.public for one in others)
    every = tuple(device if one.public == device.public else one for one in others)
    of = state.devices.of.set(member, every if known else (*every, device))
    keys = state.devices.keys.set(device.public, None)
    return state._replace(devices=state.devices._replace(of=of, keys=keys))


def used(state: State, member: str, public: str, at: int) -> State:
    """The device has signed at ``at`` (ms, by its own clock)."""
    found = device_of(state, member, public)
    return state if found is None else with_device(state, member, replace(found, last=at))
