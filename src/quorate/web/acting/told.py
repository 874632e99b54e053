"""What became of an act, for a page whose script has handed it in and goes on by itself."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from quorate.web.acting import doing


def wanted(request: HttpRequest) -> bool:
    """Whether a script asks, and not somebody who has pressed a button."""
    return request.headers.get("Accept", "") == "application/json"


def said(status: int, *sentences: str) -> JsonResponse:
    """Why nothing was recorded, for the page to say."""
    return JsonResponse({"said": [one for one in sentences if one]}, status=status)


def answered(answer: doing.Answer) -> JsonResponse:
    """201 with the entry; 409, 422 or 503 with what is to be said of it."""
    if isinstance(answer, doing.Done):
        return JsonResponse({"entry": answer.entry}, status=201)
    if isinstance(answer, doing.Refused):
        return said(409, answer.because, answer.sentence, answer.instead)
    if isinstance(answer, doing.Misread):
        return said(422, *(f"{field}: {what}" for field, what in answer.faults.items()))
    return said(503, answer.because)
