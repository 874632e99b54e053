"""The rulebook as standing orders, its versions, and what waits to come into force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.state import State
from quorate.rulebook.explain import standing_orders
from quorate.web.whole import whole_number


def overview(request: HttpRequest) -> HttpResponse:
    """The text in force, or an earlier version."""
    state: State = request.state
    versions = state.founding.versions
    wanted = whole_number(request.GET.get("version", ""), 1, len(versions))
    chosen = versions[-1] if wanted is None else versions[wanted - 1]
    before = {}
    if chosen.number > 1:
        earlier = standing_orders(versions[chosen.number - 2].rules)
        before = {c.path: c.sentence for chapter in earlier for c in chapter.clauses}
    chapters = [
        (
            chapter.title,
            [
                (
                    c,
                    before.get(c.path) if before and before.get(c.path) != c.sentence else None,
                    bool(before) and c.path not in before,
                )
                for c in chapter.clauses
            ],
        )
        for chapter in standing_orders(chosen.rules)
    ]
    context = {
        "section": "rulebook",
        "chapters": chapters,
        "chosen": chosen,
        "versions": versions[::-1],
        "in_force": chosen.number == len(versions),
        "waiting": state.founding.waiting,
        "not_carried": state.founding.not_carried,
    }
    return render(request, "rulebook/overview.html", context)
