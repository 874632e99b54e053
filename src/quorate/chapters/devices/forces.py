"""When a device is in force: signed for, vouched for, or waited for long enough."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.devices.remembers import Device
from quorate.chapters.state import State


def in_force_from(device: Device) -> int | None:
    """When the device comes or came into force (ms); None while nobody can say yet."""
    if device.signed_for:
        return device.added
    enough = device.vouched[-1][1] if len(device.vouched) >= device.vouchers else None
    if device.first:
        waited = device.added + device.wait
        return waited if enough is None else min(waited, enough)
    return None if enough is None else enough + device.wait


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
