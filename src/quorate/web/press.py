"""The press: prints are set by one thread, once for each text.

An issue of a thousand pages takes many seconds, and on the day that it comes out everybody opens
it. Who asks meanwhile is shown a page that goes on by itself. A few requests wait for what is soon
set, never so many that others are not answered. What is set stays in memory while there is room.
What was erased since is in no print that anyone is given, for it is another text then; who began
to wait before is given what they waited for.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache, partial
from queue import SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WAIT = 2.0
"""A request waits so many seconds for its print, before it is shown the page."""

WAITING = BoundedSemaphore(4)
"""So many requests wait at a time; others are shown the page at once."""

AGAIN = 2
"""After so many seconds that page asks again."""

COLLECTED = 60.0
"""For so many seconds after it is set, a print is given to who began to wait for it."""

ROOM = 100 * 2**20
"""So many bytes of prints are kept, or one, if it alone is larger."""

QUEUE = 20
"""So many prints wait to be set at most: more are asked for again."""

_LOG = logging.getLogger("quorate.web")
_Text = TypeVar("_Text")


@dataclass
class _Print:
    """``path``: the address that gives it. ``done``: when it was set, or could not be; seconds of
    the monotonic clock, 0 until then."""

    path: str
    data: Future[bytes] = field(default_factory=Future)
    done: float = 0.0


_lock = Lock()
_prints: OrderedDict[str, _Print] = OrderedDict()
"""By the digest of what is printed, the one that was asked for last at the end."""


def printed(
    request: HttpRequest, text: Callable[[], _Text], made: Callable[[_Text], bytes], name: str
) -> HttpResponse:
    """The PDF that ``made`` sets, or the page of who waits for it. ``text``: gives all that is
    printed; its repr tells one print from another. ``made`` runs in a thread of its own."""
    digest, found = _waited_for(request.path, request.GET.get("set"))
    if found is None:
        digest, found = _asked(request.path, text(), made)
    data = _collected(found) if found is not None else None
    if data is None:
        return _being_set(request, digest, in_turn=found is not None)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _waited_for(path: str, digest: str | None) -> tuple[str, _Print | None]:
    """What somebody waits for who has been told ``digest``, by this process or by another."""
    if digest is None:
        return "", None
    now = time.monotonic()
    with _lock:
        here = {
            key: one
            for key, one in _prints.items()
            if one.path == path and (not one.done or now - one.done < COLLECTED)
        }
        key = digest if digest in here else next(reversed(here), "")
        return key, here.get(key)


def _asked(path: str, text: _Text, made: Callable[[_Text], bytes]) -> tuple[str, _Print | None]:
    """The print and its digest; None where too many wait to be set."""
    digest = hashlib.sha256(repr((path, text)).encode()).hexdigest()
    with _lock:
        _make_room()
        found = _prints.get(digest)
        if found is None or _failed(found):
            if sum(not one.done for one in _prints.values()) >= QUEUE:
                return digest, None
            found = _prints[digest] = _Print(path)
            _queue().put((found, partial(made, text)))
        _prints.move_to_end(digest)
        return digest, found


def _collected(found: _Print) -> bytes | None:
    """The print, if it is set or is so soon. Raises what kept it from being set."""
    may_wait = not found.done and WAITING.acquire(blocking=False)
    try:
        return found.data.result(WAIT if may_wait else 0)
    except TimeoutError:
        return None
    finally:
        if may_wait:
            WAITING.release()


def _failed(found: _Print) -> bool:
    return bool(found.done) and found.data.exception() is not None


def _make_room() -> None:
    """Forgets what could not be set, and what nobody has asked for longest, until there is room."""
    now = time.monotonic()
    done = {digest: one for digest, one in _prints.items() if one.done}
    for digest in [d for d, one in done.items() if _failed(one) and now - one.done >= COLLECTED]:
        del _prints[digest]
    sizes = {d: len(one.data.result()) for d, one in done.items() if not _failed(one)}
    left = sum(sizes.values())
    for digest in list(sizes)[:-1]:
        if left <= ROOM:
            return
        left -= sizes[digest]
        del _prints[digest]


@cache
def _queue() -> SimpleQueue[tuple[_Print, Callable[[], bytes]]]:
    """What is to be set. The thread that sets it ends with the process, wherever it is."""
    queue: SimpleQueue[tuple[_Print, Callable[[], bytes]]] = SimpleQueue()
    Thread(target=_set_all, args=[queue], name="press", daemon=True).start()
    return queue


def _set_all(queue: SimpleQueue[tuple[_Print, Callable[[], bytes]]]) -> None:
    while True:
        _set(*queue.get())  # nothing here holds the text once it is set


def _set(one: _Print, made: Callable[[], bytes]) -> None:
    try:
        data = made()
    except Exception as error:
        _LOG.exception("A print could not be set: %s", one.path)
        one.data.set_exception(error)
    else:
        one.data.set_result(data)
    one.done = time.monotonic()


def _being_set(request: HttpRequest, digest: str, *, in_turn: bool) -> HttpResponse:
    again = f"?set={digest}"
    context = {"again": again, "in_turn": in_turn}
    response = render(request, "being_set.html", context, status=202)
    response["Refresh"] = f"{AGAIN}; url={again}"
    return response
