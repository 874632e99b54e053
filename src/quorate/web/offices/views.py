"""Who answers to whom: each post, who fills it, who chose them, who can remove them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.offices.holding import places
from quorate.chapters.state import State
from quorate.rulebook.explain import sentence
from quorate.web import names


def overview(request: HttpRequest) -> HttpResponse:
    """Every body and post, at each of its places."""
    state: State = request.state
    names.remember(state, [h.member for held in state.offices.now.values() for h in held])
    offices = []
    for kind, every in (("bodies", state.rules.bodies), ("posts", state.rules.posts)):
        for name, office in every.items():
            held = [
                (place, state.offices.now.get((name, place), ())) for place in places(state, name)
            ]
            offices.append(
                {
                    "name": name,
                    "office": office,
                    "paid": getattr(office, "paid", False),
                    "sentence": sentence(state.rules, f"{kind}.{name}"),
                    "held": held,
                    "many": len(held) > 6,
                }
            )
    past = state.offices.past[::-1][:50]
    return render(
        request, "offices/overview.html", {"section": "offices", "offices": offices, "past": past}
    )
