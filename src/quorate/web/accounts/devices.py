"""One's own devices, and those of one's branch that wait to be vouched for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from quorate.chapters.devices.forces import (
    devices_in_force,
    in_force,
    in_force_from,
    may_be_unsigned,
    vouched_by,
)
from quorate.chapters.devices.remembers import Device
from quorate.chapters.state import State
from quorate.rulebook.explain import sentence
from quorate.web import names
from quorate.web.lane import lane

SIGN = 8
"""So many characters of a key people compare with each other when they vouch."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A device on the page. ``since``: when it comes or came into force (ms), None while others
    have to vouch; ``missing``: so many of them with a signature, or ``in_all`` so many where they
    need not sign, 0 where that does not count; ``unsigned``: so many did not."""

    member: str
    device: Device
    in_force: bool
    since: int | None
    missing: int
    in_all: int
    unsigned: int

    @property
    def sign(self) -> str:
        """What tells the key from others."""
        return self.device.public[:SIGN]


RULES = (
    "acts",
    "needed_of",
    "wait_hours",
    "vouchers",
    "unsigned_vouchers",
    "unsigned_wait_hours",
)


def overview(request: HttpRequest) -> HttpResponse:
    """The member's devices, and what can be done with them."""
    state: State = request.state
    me = request.member
    if me is None:
        return HttpResponseRedirect("/account/login/?next=/account/devices")
    own = [_shown(state, me, device, request.time) for device in state.devices.of.get(me, ())]
    waiting = list(_waiting(state, me, request.time))
    names.remember(state, [one.member for one in waiting])
    context = {
        "section": "more",
        "me": me,
        "origin": lane().place.origin,
        "own": [one for one in own if one.device.ended is None],
        "any_in_force": any(one.in_force for one in own),
        "waiting": waiting,
        "rules": [sentence(state.rules, f"signing.{rule}") for rule in RULES],
    }
    return render(request, "accounts/devices.html", context)


def _shown(state: State, member: str, device: Device, now: int) -> Shown:
    signed = sum(one.signed is not None for one in device.vouched)
    unsigned = may_be_unsigned(state, member, device, now)
    return Shown(
        member,
        device,
        in_force(device, now),
        in_force_from(device),
        max(0, device.vouchers - signed),
        max(0, device.unsigned_vouchers - len(device.vouched)) if unsigned else 0,
        len(device.vouched) - signed,
    )


def _waiting(state: State, me: str, now: int) -> Iterator[Shown]:
    """Devices of others in one's branch that wait, and that one can vouch for."""
    signs = bool(devices_in_force(state, me, now))
    branch = state.membership.members[me].branch
    for member, devices in state.devices.of.items():
        if member == me or state.membership.members[member].branch != branch:
            continue
        for device in devices:
            if device.ended is not None or in_force(device, now):
                continue
            shown, own = _shown(state, member, device, now), vouched_by(device, me)
            left = shown.missing if signs else shown.in_all
            if left and (own is None or (signs and own.signed is None)):
                yield shown
