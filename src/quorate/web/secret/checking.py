"""Checking a ballot box: in one tap by anybody's browser, and by an auditor with other programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.ballots.elections import read_election
from quorate.chapters.elections.counting import on_the_paper
from quorate.chapters.secret.asked import is_ranked
from quorate.chapters.state import State
from quorate.store.record_keys import in_force
from quorate.web.convention.elections import phase_of
from quorate.web.lane import lane
from quorate.web.secret import scripts, voting
from quorate.web.secret.booth import about_the_box, answers, secret_election


def check(request: HttpRequest, number: int) -> HttpResponse:
    """Whether the reader's ballot is in the box, the box is the record's, the result follows."""
    state: State = request.state
    found = secret_election(state, number)
    register = voting.register_of(state, found)
    context = {
        "section": "convention",
        "e": found,
        "r": register,
        "me": request.member or "",
        "box": voting.box_of(state, found),
        "phase": phase_of(found, request.time),
        "open": voting.is_open(state, found, request.time),
        "scripts": scripts.manifest(),
        "modules": scripts.modules_of_the_booth(),
    } | about_the_box(state, found, request.member or "")
    return render(request, "secret/check.html", context)


def audit(request: HttpRequest, number: int) -> HttpResponse:
    """What an auditor downloads, runs and compares."""
    state: State = request.state
    found = secret_election(state, number)
    box = voting.box_of(state, found)
    context = {
        "section": "convention",
        "e": found,
        "box": box,
        "phase": phase_of(found, request.time),
        "scripts": scripts.manifest(),
        "origin": lane().place.origin,
        "key": in_force(lane().place, state)[0],
        "address": request.build_absolute_uri("/").rstrip("/"),
    }
    if box is not None:
        called = zip(on_the_paper(found), answers(state, found), strict=True)
        context |= {
            "head": box.heads[-1],
            "uuid": read_election(box.asked.encode()).uuid,
            "called": list(called),
            "ranked": is_ranked(found.count),
            "number": str(number),
        }
    return render(request, "secret/audit.html", context)


def published(request: HttpRequest) -> HttpResponse:
    """The list of the scripts that pages load, for anybody to compare."""
    return HttpResponse(scripts.manifest().text, content_type="text/plain; charset=utf-8")
