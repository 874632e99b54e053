"""One's own devices, and those of one's branch that wait to be vouched for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from quorate.chapters.devices.forces import in_force, in_force_from
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
    have to vouch; ``missing``: so many of them."""

    member: str
    device: Device
    in_force: bool
    since: int | None
    missing: int

    @property
    def sign(self) -> str:
        """What tells the key from others."""
        return self.device.public[:SIGN]


def overview(request: HttpRequest) -> HttpResponse:
    """The member's devices, and what can be done with them."""
    state: State = request.state
    me = request.member
    if me is None:
        return HttpResponseRedirect("/account/login/?next=/account/devices")
    own = [_shown(me, device, request.time) for device in state.devices.of.get(me, ())]
    waiting = list(_waiting(state, me, request.time))
    names.remember(state, [one.member for one in waiting])
    context = {
        "section": "more",
        "me": me,
        "origin": lane().place.origin,
        "own": [one for one in own if one.device.ended is None],
        "any_in_force": any(one.in_force for one in own),
        "waiting": waiting,
        "rules": [
            sentence(state.rules, f"signing.{rule}")
            for rule in ("acts", "needed_of", "wait_hours", "vouchers")
        ],
    }
    return render(request, "accounts/devices.html", context)


def _shown(member: str, device: Device, now: int) -> Shown:
    return Shown(
        member,
        device,
        in_force(device, now),
        in_force_from(device),
        max(0, device.vouchers - len(device.vouched)),
    )


def _waiting(state: State, me: str, now: int) -> Iterator[Shown]:
    """Devices of others in one's branch that wait, and that one has not vouched for."""
    branch = state.membership.members[me].branch
    for member, devices in state.devices.of.items():
        if member == me or state.membership.members[member].branch != branch:
            continue
        for device in devices:
            vouched = me in (who for who, _ in device.vouched)
            shown = _shown(member, device, now)
            if device.ended is None and not shown.in_force and shown.missing and not vouched:
                yield shown
