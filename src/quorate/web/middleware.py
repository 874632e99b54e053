"""Every request sees one consistent state, and who is asking."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from quorate.store.following import BrokenRecord
from quorate.store.halted import Halted
from quorate.store.people import CURRENT
from quorate.web.lane import lane
from quorate.web.who import guest_of, person_of

_LOG = logging.getLogger("django.request")
_BROKEN = (
    "What stands in this server's database is no record by the organisation's rules: somebody has "
    "written there by hand. The server does not go on from it. Keep your receipts: they prove what "
    "was recorded. Tell whoever runs the server, and your branch."
)


class StandingMiddleware:
    """Sets ``request.state`` (the state at the last entry), ``request.member`` (a pseudonym, or
    None) and ``request.guest`` (or None); with neither it is an outsider. Rights are looked up in
    the state at each request, so one that has ended has ended here too.

    ``request.former``: the pseudonym of somebody whose membership has ended, else None; they are
    shown what an outsider is shown, and can do what the rules still let them do.

    ``request.time``: the time that pages go by, ms: the clock's; the last entry's while the clock
    cannot be believed, which ``request.halted`` then says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.state = lane().now().state
        except BrokenRecord as broken:
            _LOG.error("The record is broken: %s", broken)
            return HttpResponse(_BROKEN, status=503, content_type="text/plain; charset=utf-8")
        person = person_of(request)
        current = person is not None and person.standing in CURRENT
        request.member = person.id if person is not None and current else None
        request.former = person.id if person is not None and not current else None
        request.guest = None if person else guest_of(request)
        request.time, request.halted = _time(request.state.time)
        return self.get_response(request)


def _time(last: int) -> tuple[int, str]:
    try:
        return lane().clock.now(last), ""
    except Halted as halted:
        return last, str(halted)
