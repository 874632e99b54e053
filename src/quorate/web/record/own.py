"""The member's own proof: what the record says was done in their name, with the receipts that their
browser keeps, checked in the browser itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from quorate.chapters.state import State
from quorate.record import witness_rule
from quorate.store.own_acts import MOST, acts_of
from quorate.web.lane import lane


def receipts(request: HttpRequest) -> HttpResponse:
    """Everything done in the member's name, each to be held against the receipt of it."""
    me = request.member or request.former
    if me is None:
        return HttpResponseRedirect("/account/login/?next=/account/receipts")
    acts = acts_of(me)
    context = {
        "section": "more",
        "me": me,
        "acts": acts,
        "more": len(acts) == MOST,
        "key": lane().place.verifier_key,
        "origin": lane().place.origin,
        "witness_keys": _keys(request.state),
    }
    return render(request, "record/receipts.html", context)


def _keys(state: State) -> list[dict[str, str]]:
    """Every key of the witnesses that are named, for the browser to check their signatures with."""
    return [
        {"name": one.name, "key": key}
        for one in (*state.witnesses.of_branches(), *state.witnesses.of_others())
        for key in witness_rule.readable_keys(one)
    ]
