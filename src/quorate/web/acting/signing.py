"""Signing an act in the browser: what is to be signed is prepared here, and comes back signed."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from quorate.chapters.clause import Signed
from quorate.chapters.devices.forces import devices_in_force
from quorate.organisation import BadAct
from quorate.store.preparing import prepare
from quorate.web.acting import filled
from quorate.web.lane import lane
from quorate.web.whole import whole_number

FIELD = "signed"
"""The form's field with the signature; ``filled_in`` beside it has the fields that were signed."""


class BadSignature(Exception):
    """What came as a signature is none; says what is wrong."""


def read(value: Any) -> Signed:
    """A signature as JSON has it. Raises BadSignature."""
    if not isinstance(value, dict) or value.keys() != {"device", "at", "value"}:
        raise BadSignature("expected device, at and value")
    device, at, proper = value["device"], value["at"], value["value"]
    right = isinstance(device, str) and isinstance(proper, str) and type(at) is int
    if not right or not 0 <= at < 2**53 or len(device) > 100 or len(proper) > 100:
        raise BadSignature("device and value are texts in base64, at is a number of milliseconds")
    return Signed(device, at, proper)


def of_form(request: HttpRequest) -> tuple[dict[str, Any], Signed] | None:
    """The fields that were signed in the browser, and the signature; None for a form that was not
    signed. Raises BadSignature."""
    if FIELD not in request.POST:
        return None
    try:
        signed = read(json.loads(request.POST[FIELD]))
        fields = json.loads(request.POST.get("filled_in", ""))
    except (ValueError, RecursionError):
        raise BadSignature("it cannot be read") from None
    if not isinstance(fields, dict):
        raise BadSignature("it cannot be read")
    return fields, signed


@require_POST
def prepared(request: HttpRequest, name: str) -> HttpResponse:
    """What the ``device`` has to sign for this form, at its time ``at``, with the fields to send
    along; nothing for a device that is not in force; or what is wrong with the fields."""
    person = request.member or request.former
    at = whole_number(request.POST.get("at", ""))
    if person is None or at is None:
        return JsonResponse({"error": "Sign in first."}, status=403)
    known = devices_in_force(request.state, person, request.time)
    if request.POST.get("device", "") not in {device.public for device in known}:
        return JsonResponse({"fields": None, "text": ""})
    try:
        given = filled.given(name, request)
        found = prepare(name, given.fields, person, lane().place.origin, at)
    except filled.BadForm as error:
        return JsonResponse({"faults": error.faults}, status=422)
    except BadAct as error:
        return JsonResponse({"faults": {f.field: f.what for f in error.faults}}, status=422)
    return JsonResponse({"fields": found.fields, "text": found.text})
