"""The press: prints are set by one thread, once for each text.

An issue of a thousand pages takes many seconds, and on the day that it comes out everybody opens
it. Who asks meanwhile is shown a page that goes on by itself; no other request waits. What is set
stays in memory while there is room. What was erased since is in no print that anyone is given, for
it is another text then; who began to wait before is given what they waited for.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WAIT = 2.0
"""A request waits so many seconds for its print, before it is shown the page."""

AGAIN = 2
"""After so many seconds that page asks again."""

WAITED_FOR = 60.0
"""For so many seconds from its beginning a print is given to who began to wait for it."""

ROOM = 100 * 2**20
"""So many bytes of prints are kept, or one, if it alone is larger."""

QUEUE = 20
"""So many prints wait to be set at most: more are asked for again."""


@dataclass(frozen=True, slots=True)
class _Print:
    """``begun``: seconds of the monotonic clock."""

    data: Future[bytes]
    begun: float


_thread = ThreadPoolExecutor(1, thread_name_prefix="press")
_lock = Lock()
_prints: OrderedDict[str, _Print] = OrderedDict()
"""By the digest of what is printed, the one that was asked for last at the end."""


def printed(
    request: HttpRequest, what: object, made: Callable[[], bytes], name: str
) -> HttpResponse:
    """The PDF that ``made`` sets, or the page of who waits for it. ``what``: all that is printed;
    its repr tells one print from another. ``made`` runs in a thread of its own."""
    digest, found = _asked(request.GET.get("set", ""), what, made)
    try:
        data = found.data.result(WAIT) if found else None
    except TimeoutError:
        data = None
    if data is None:
        return _being_set(request, digest)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _asked(waited_for: str, what: object, made: Callable[[], bytes]) -> tuple[str, _Print | None]:
    """The print and its digest; None where too many wait to be set."""
    digest = hashlib.sha256(repr(what).encode()).hexdigest()
    now = time.monotonic()
    with _lock:
        _make_room()
        before = _prints.get(waited_for)
        if before is not None and now - before.begun < WAITED_FOR:
            digest = waited_for
        if digest not in _prints:
            if sum(not one.data.done() for one in _prints.values()) >= QUEUE:
                return digest, None
            _prints[digest] = _Print(_thread.submit(made), now)
        _prints.move_to_end(digest)
        return digest, _prints[digest]


def _make_room() -> None:
    """Forgets what could not be set, and what nobody has asked for longest, until there is room."""
    done = {digest: one.data for digest, one in _prints.items() if one.data.done()}
    for digest in [digest for digest, data in done.items() if data.exception()]:
        del _prints[digest], done[digest]
    sizes = {digest: len(data.result()) for digest, data in done.items()}
    left = sum(sizes.values())
    for digest in list(sizes)[:-1]:
        if left <= ROOM:
            return
        left -= sizes[digest]
        del _prints[digest]


def _being_set(request: HttpRequest, digest: str) -> HttpResponse:
    again = f"?set={digest}"
    response = render(request, "being_set.html", {"again": again}, status=202)
    response["Refresh"] = f"{AGAIN}; url={again}"
    return response
