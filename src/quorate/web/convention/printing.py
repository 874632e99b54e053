"""The pages of a convention's minutes."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.state import State
from quorate.texts import typeset
from quorate.web.convention.minutes import minutes
from quorate.web.press import printed


def minutes_page(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes, made from the record."""
    state: State = request.state
    if number not in state.floor.conventions:
        raise Http404(f"There is no convention {number}.")
    context = {
        "section": "convention",
        "convention": state.floor.conventions[number],
        "sections": minutes(state, number),
    }
    return render(request, "convention/minutes.html", context)


def minutes_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes in print."""
    state: State = request.state
    if number not in state.floor.conventions:
        raise Http404(f"There is no convention {number}.")
    return printed(request, partial(_in_print, state, number), typeset.pdf, f"minutes-{number}.pdf")


def _in_print(state: State, number: int) -> typeset.Print:
    convention = state.floor.conventions[number]
    organisation = state.rules.organisation
    return typeset.Print(
        organisation=organisation.name,
        title=f"Minutes of the {organisation.words.convention}",
        subtitle=f"Made from the record at entry {state.size - 1}",
        time=convention.closed or state.time,
        sections=minutes(state, number),
    )
