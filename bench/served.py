"""The server of the lane's bench: the product, and beside it two bare Django views, all in one
process with the same threads.

`/bare/row` puts one row into the database. `/bare/vote` hands a vote to the write lane. Neither has
middleware, but the one that states an answer's length. Everything else is the product, so that
`/api/acts` is what a member's phone meets: session and token looked up, the fields read, the
receipt made and given back.

    python -m bench.served DIR PORT
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.clients import SHIFT
from quorate.cli.opening import set_up

BARE = "/bare/"


@dataclass(frozen=True)
class Shifted:
    """The clock of an organisation that was staged in another year."""

    by: int

    def now(self, last: int) -> int:
        return max(time.time_ns() // 1_000_000 + self.by, last)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application."""
    bare = environ["PATH_INFO"].startswith(BARE)
    return (_BARE if bare else _PRODUCT)(environ, start_response)


def put_row(request: Any) -> Any:
    """One row into the database, in a transaction of its own."""
    from django.db import transaction
    from django.http import JsonResponse

    from quorate.store.models import Answered

    asked = json.loads(request.body)
    with transaction.atomic():
        Answered.objects.create(by=asked["by"], key=asked["key"], request="x", sequence=0)
    return JsonResponse({"done": True}, status=201)


def vote(request: Any) -> Any:
    """A vote into the record, through the write lane."""
    from django.http import JsonResponse

    from quorate.store.handing_in import hand_in
    from quorate.store.recorded import Recorded
    from quorate.web.lane import lane

    asked = json.loads(request.body)
    answer = lane().submit(hand_in("floor.vote", asked["fields"], asked["by"]))
    if isinstance(answer, Recorded):
        return JsonResponse({"entry": answer.sequence}, status=201)
    return JsonResponse({"refused": answer.because}, status=409)


def _handlers() -> tuple[Any, Any]:
    set_up(Path(os.environ["QUORATE_DIR"]))
    from quorate.web.lane import lane

    if SHIFT in os.environ:
        lane().clock = Shifted(int(os.environ[SHIFT]))
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings
    from django.urls import path

    from quorate.web import urls

    urls.urlpatterns += [path("bare/row", put_row), path("bare/vote", vote)]
    with override_settings(MIDDLEWARE=["django.middleware.common.CommonMiddleware"]):
        bare = WSGIHandler()
    from quorate.web.wsgi import application as product

    return product, bare


def main() -> None:
    """Serves as `quorate serve` does."""
    from granian.constants import Interfaces
    from granian.server import Server

    from quorate.cli.serving import THREADS

    os.environ["QUORATE_DIR"] = sys.argv[1]
    Server(
        "bench.served:application",
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
else:
    _PRODUCT, _BARE = _handlers()
