"""Texts that somebody asks to have erased: the requests, what was said of them, what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.erasing.ask import AskErasing
from quorate.chapters.erasing.held import contributions_of
from quorate.chapters.erasing.judge import JudgeErasing
from quorate.rulebook.explain import sentence
from quorate.web.may import ANY_TEXT, may
from quorate.web.reading import for_members


def requests(request: HttpRequest) -> HttpResponse:
    """Every request, the latest first; for whoever has left only their own."""
    state, me = request.state, request.member
    if not request.reads and not request.former:
        return for_members(request)
    every = sorted(state.erasing.requests.items(), reverse=True)
    paths = ("decided_by", "decided_within", "undecided")
    context = {
        "section": "more",
        "rule": [sentence(state.rules, f"erasing.{path}") for path in paths],
        "requests": [
            {
                "request": found,
                "contribution": next(iter(contributions_of(state, found.text)), None),
                "judged": [(judge, *said) for judge, said in sorted(found.judgements.items())],
                "may_judge": me is not None
                and found.decision is None
                and may(state, me, request.time, JudgeErasing(number, "dismissed", ANY_TEXT)),
            }
            for number, found in every
            if request.reads or found.by == request.former
        ],
    }
    return render(request, "record/erasing.html", context)


def may_go(request: HttpRequest, texts: Iterable[str]) -> list[str]:
    """Those of the texts that whoever looks can ask to have erased."""
    me = request.member or request.former or ""
    return [t for t in texts if may(request.state, me, request.time, AskErasing(t, ANY_TEXT))]
