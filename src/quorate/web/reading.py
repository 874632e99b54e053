"""Who reads what: the rulebook says whether pages are for members and guests, or for anyone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.rulebook.explain import sentence
from quorate.rulebook.words import plural

RULE = "organisation.read_by"

FOR_ANYONE = (
    "/",
    "/rulebook",
    "/record",
    "/record/witnesses",
    "/record/witnesses/policy",
    "/checkpoint",
    "/more",
    "/acts",
    "/play",
    "/scripts",
)
"""Pages that anyone reads; of the record only its size, its signature and who else signs it."""

ASKS_ITSELF = (
    "/account/",
    "/act/",
    "/api/",
    "/checkpoint/",
    "/play/",
    "/record/erasing",
    "/tile/",
    "/trustee/",
    "/witness/",
)
"""Below these each page asks who it is."""


class ReadingMiddleware:
    """Sets ``request.reads``: whether whoever asks may read what members read. Answers for pages
    that they may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        rules = request.state.founding.rules
        open_to_anyone = rules is not None and rules.organisation.read_by == "anyone"
        request.reads = bool(request.member or request.guest or open_to_anyone)
        path = request.path
        if request.reads or path in FOR_ANYONE or path.startswith(ASKS_ITSELF):
            return self.get_response(request)
        return for_members(request)


def for_members(request: HttpRequest) -> HttpResponse:
    """The page in the place of one that whoever asks may not read."""
    rules = request.state.founding.rules
    context = {"rule": RULE, "next": request.get_full_path()}
    if rules is not None:
        context["sentence"] = sentence(rules, RULE)
        context["readers"] = plural(rules.organisation.words.member)
    return render(request, "today/for_members.html", context, status=403)
