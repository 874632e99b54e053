"""This server as a witness of other organisations' records (C2SP tlog-witness), where its settings
say so: it cosigns that they only grow, and sees nothing of them."""

from __future__ import annotations

from functools import cache

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from quorate.record import witness_replies
from quorate.record.witness_folder import Watching, open_folder
from quorate.record.witness_replies import Reply
from quorate.web.lane import lane


@cache
def witness() -> Watching | None:
    """The witness that this server is; None where the settings do not say so."""
    place = lane().place
    return open_folder(place.folder / "witness") if place.witness else None


@csrf_exempt  # no browser sends it: another organisation's server does, with a signature
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Cosigns a longer checkpoint of a record that it watches."""
    if request.halted:  # a cosignature states the time
        return _answer(Reply(503, f"{request.halted}\n"))
    try:
        body = request.body
    except RequestDataTooBig:
        return _answer(Reply(413, "the request is too long\n"))
    return _answer(witness_replies.to_checkpoint(_on(), body, request.time // 1_000))


@require_safe
def seen(request: HttpRequest, hash_of_origin: str) -> HttpResponse:
    """The last checkpoint of this record that it has cosigned."""
    return _answer(witness_replies.to_question(_on(), hash_of_origin))


def _on() -> Watching:
    found = witness()
    if found is None:
        raise Http404("This server is no witness.")
    return found


def _answer(reply: Reply) -> HttpResponse:
    return HttpResponse(reply.said, status=reply.status, content_type=reply.kind)
