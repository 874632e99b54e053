"""Every request sees one consistent state, and who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from quorate.store.clock import ClockJumped
from quorate.store.people import CURRENT
from quorate.web.lane import lane
from quorate.web.who import person_of


class StandingMiddleware:
    """Sets ``request.state`` (the state at the last entry) and ``request.member`` (a pseudonym, or
    None for an outsider). Rights are looked up in the state at each request, so one that has
    ended has ended here too.

    ``request.former``: the pseudonym of somebody whose membership has ended, else None; they are
    shown what an outsider is shown, and can do what the rules still let them do.

    ``request.time``: the time that pages go by, ms: the clock's; the last entry's while the clock
    cannot be believed, which ``request.halted`` then says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.state = lane().now().state
        person = person_of(request)
        current = person is not None and person.standing in CURRENT
        request.member = person.id if person is not None and current else None
        request.former = person.id if person is not None and not current else None
        request.time, request.halted = _time(request.state.time)
        return self.get_response(request)


def _time(last: int) -> tuple[int, str]:
    try:
        return lane().clock.now(last), ""
    except ClockJumped as halted:
        return last, str(halted)
