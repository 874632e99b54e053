"""What is answered where there is no page, and when something broke: a page with a way back, or
JSON where a program asked. What exactly broke stands in the server's output only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404
from django.views.defaults import server_error

_API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with what the page has said of it."""
    if request.path.startswith(_API):
        return JsonResponse({"error": f"There is nothing at {request.path}."}, status=404)
    own_words = isinstance(exception, Http404) and not isinstance(exception, Resolver404)
    said = str(exception) if own_words else ""
    return render(request, "404.html", {"section": "", "said": said}, status=404)


def broke(request: HttpRequest) -> HttpResponse:
    """500."""
    if request.path.startswith(_API):
        said = "Something broke on this server. Ask again under the same idempotency key."
        return JsonResponse({"error": said}, status=500)
    return server_error(request)
