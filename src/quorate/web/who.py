"""Who is asking: the member that an account belongs to; in the demo, anyone one likes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.state import State

DEMO_ORIGIN = ".demo.invalid"
"""Only a record whose name ends so, from its first entry on, is a demo. No setting can make one."""

PLAYING = "playing"


def is_demo(state: State) -> bool:
    """Whether this organisation is a demo, by the name in its record and in its signing key."""
    return state.founding.origin.endswith(DEMO_ORIGIN) and settings.PLACE.origin == (
        state.founding.origin
    )


def member_of(request: HttpRequest) -> str | None:
    """The pseudonym of the member who is asking; None for an outsider or a guest."""
    state: State = request.state
    who = request.session.get(PLAYING) if is_demo(state) else None
    if who is None and request.user.is_authenticated:
        who = request.user.member
    member = state.membership.members.get(who or "")
    if member is None or member.standing in ("resigned", "expelled"):
        return None
    return member.id


def guest_of(request: HttpRequest) -> Guest | None:
    """The guest who is asking. They see what everyone sees; in the demo one can be one of them."""
    state: State = request.state
    who = str(request.session.get(PLAYING, "")) if is_demo(state) else ""
    for assembly in state.delegates.assemblies.values():
        if who in assembly.guests and assembly.guests[who].ended is None:
            return assembly.guests[who]
    return None
