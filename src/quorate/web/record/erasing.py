"""Texts that somebody asks to have erased: the requests, what was said of them, what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.erasing.held import contribution_of
from quorate.chapters.erasing.judge import JudgeErasing
from quorate.rulebook.explain import sentence
from quorate.web.may import ANY_TEXT, may


def requests(request: HttpRequest) -> HttpResponse:
    """Every request, the latest first."""
    state, me = request.state, request.member
    every = sorted(state.erasing.requests.items(), reverse=True)
    paths = ("decided_by", "decided_within", "undecided")
    context = {
        "section": "more",
        "rule": [sentence(state.rules, f"erasing.{path}") for path in paths],
        "requests": [
            {
                "request": found,
                "contribution": contribution_of(state, found.text),
                "judged": [(judge, *said) for judge, said in sorted(found.judgements.items())],
                "may_judge": me is not None
                and found.decision is None
                and may(state, me, request.time, JudgeErasing(number, "dismissed", ANY_TEXT)),
            }
            for number, found in every
        ],
    }
    return render(request, "record/erasing.html", context)
