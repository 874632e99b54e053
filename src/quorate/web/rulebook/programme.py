"""The programme: what conventions have adopted as it and as amendments to it, in their order.

Nobody writes it together from the amendments, so nobody can do it wrongly: each stands as it was
voted on.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.floor.amendments import every_adopted_to
from quorate.chapters.floor.remembers import Item
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Part:
    """``text``: the commitment to the version that was adopted. ``amendments``: numbers of the
    amendments to it that were adopted before it, at this convention or an earlier one."""

    contribution: Contribution
    text: str
    adopted: Item
    amendments: tuple[int, ...]


def parts(state: State) -> list[Part]:
    """The parts of the programme, the earliest first."""
    found = []
    for _, convention in sorted(state.floor.conventions.items()):
        adopted = {n for n, item in convention.items.items() if item.outcome == "adopted"}
        for number in convention.agenda or ():
            contribution = state.bulletin.contributions[number]
            admission = state.proposals.proposals[number].admission
            if number not in adopted or contribution.amends != "programme" or admission is None:
                continue
            item = convention.items[number]
            amendments = every_adopted_to(state, number, item.time)
            found.append(Part(contribution, admission.version, item, amendments))
    return sorted(found, key=lambda part: part.adopted.entry)


def programme(request: HttpRequest) -> HttpResponse:
    """The programme, part by part."""
    state: State = request.state
    brought = state.founding.programme
    context = {"section": "rulebook", "brought": brought, "parts": parts(state)}
    return render(request, "rulebook/programme.html", context)
