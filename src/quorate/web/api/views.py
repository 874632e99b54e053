"""The API: one address for every act, the addresses for reading, and one shape for each error.

Reading needs a member or a token of one; acting needs the right to.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from quorate.organisation import BadAct
from quorate.rulebook.fault import in_words
from quorate.store.preparing import prepare
from quorate.store.receipts import receipt_at_once
from quorate.web.acting import doing
from quorate.web.api import bodies, boxes, reading
from quorate.web.api.answers import Misread, PreparedOut, Problem, Recorded, Refused
from quorate.web.api.reading import Moment
from quorate.web.api.tokens import TokenOrSession
from quorate.web.lane import lane, leaves

api = NinjaAPI(
    title="Quorate",
    version="1",
    description="Acts in, receipts or refusals out; the state at stable addresses.",
    auth=[TokenOrSession()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("", reading.router)
api.add_router("", boxes.router)


@api.exception_handler(ValidationError)
def _misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = {".".join(map(str, e["loc"][1:])) or "body": in_words(e) for e in error.errors}
    return JsonResponse({"faults": faults}, status=422)


@api.exception_handler(bodies.BadBody)
def _bad_body(request: HttpRequest, error: bodies.BadBody) -> HttpResponse:
    return JsonResponse({"faults": error.faults}, status=error.status)


@api.exception_handler(HttpError)
def _problem(request: HttpRequest, error: HttpError) -> HttpResponse:
    said = str(error)
    if error.status_code == 401:
        said = "Sign in, or send a member's token that has not ended: Authorization: Bearer TOKEN."
    response = JsonResponse({"error": said}, status=error.status_code)
    if error.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(SuspiciousOperation)
def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return JsonResponse({"faults": {"body": str(error)}}, status=400)


_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key gives the same answer and no second entry; used for another "
    "act, it is refused.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
}


@api.post(
    "/acts",
    response={
        200: Recorded,
        201: Recorded,
        400: Misread,
        401: Problem,
        409: Refused,
        413: Misread,
        415: Misread,
        422: Misread,
        503: Problem,
    },
    summary="Do an act",
    openapi_extra={"parameters": [_KEY]},
)
def act(request: HttpRequest) -> tuple[int, dict[str, Any]]:
    """Does any act, in the name of the member who is asking.

    201: it stands in the record; 200: it already did, under this idempotency key. 409: the rules
    refuse it. 400, 413, 415, 422: the call cannot be read. 503: nothing can be recorded now. In all
    but the first two nothing was recorded.
    """
    wanted = bodies.wanted(request)
    key = request.headers.get("Idempotency-Key")
    if key == "":
        return 422, {"faults": {doing.KEY: "is empty: leave it out, or give a key"}}
    answer = doing.do(wanted.act, wanted.fields, request.auth, key=key or "", signed=wanted.signed)
    if isinstance(answer, doing.Done):
        done = answer.recorded
        text = receipt_at_once(lane().place, lane().standing.state, leaves(), done)
        told = {"entry": done.sequence, "time": done.time, "again": done.again, "receipt": text}
        return (200 if done.again else 201), {"recorded": told}
    if isinstance(answer, doing.Refused):
        return 409, {
            "refused": {
                "rule": answer.rule,
                "sentence": answer.sentence,
                "because": answer.because,
                "instead": answer.instead,
            }
        }
    if isinstance(answer, doing.Misread):
        return 422, {"faults": answer.faults}
    return 503, {"error": answer.because}


@api.post(
    "/acts/prepare",
    response={
        200: PreparedOut,
        400: Misread,
        401: Problem,
        413: Misread,
        415: Misread,
        422: Misread,
        503: Problem,
    },
    summary="What a device signs",
)
def prepared(request: HttpRequest, at: Query[Moment]) -> tuple[int, dict[str, Any]]:
    """What a device of the member who asks has to sign, at its time ``at`` (ms), to do this act.

    Hand in the fields that are given back, which carry the salts, with the signature. Nothing is
    recorded or kept.
    """
    wanted = bodies.wanted(request)
    try:
        found = prepare(wanted.act, wanted.fields, request.auth, lane().place.origin, at)
    except BadAct as error:
        return 422, {"faults": {fault.field: fault.what for fault in error.faults}}
    return 200, {"fields": found.fields, "text": found.text}


def nothing_here(request: HttpRequest, rest: str) -> JsonResponse:
    """Any other address below /api/."""
    return JsonResponse({"error": f"There is nothing at /api/{rest}."}, status=404)
