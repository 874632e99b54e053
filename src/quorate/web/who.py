"""Who is asking: the member that an account belongs to; in the demo, anyone one likes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.membership.remembers import Member
from quorate.chapters.state import State
from quorate.store.place import DEMO_ORIGIN

PLAYING = "playing"


def is_demo(state: State) -> bool:
    """Whether this organisation is a demo, by the name in its record and in its signing key."""
    return state.founding.origin.endswith(DEMO_ORIGIN) and settings.PLACE.origin == (
        state.founding.origin
    )


def person_of(request: HttpRequest) -> Member | None:
    """Who is asking: a member, or somebody whose membership has ended and who is not erased.

    None for an outsider or a guest. What the person may do is the rules' to say.
    """
    state: State = request.state
    who = request.session.get(PLAYING) if is_demo(state) else None
    if who is None and request.user.is_authenticated:
        who = request.user.member
    person = state.membership.members.get(who or "")
    return None if person is None or person.erased else person


def guest_of(request: HttpRequest) -> Guest | None:
    """The guest who is asking. They see what everyone sees; in the demo one can be one of them."""
    state: State = request.state
    who = str(request.session.get(PLAYING, "")) if is_demo(state) else ""
    for assembly in state.delegates.assemblies.values():
        guest = assembly.guests.get(who)
        if guest is not None and guest.ended is None and not guest.erased:
            return guest
    return None
