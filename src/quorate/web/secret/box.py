"""The ballot box of an election: its page for whoever reads, and what the election's own page says
of it. No names, no times of ballots, no interim result."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.elections.counting import on_the_paper
from quorate.chapters.elections.papers import entered_in_all
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.plain import counted
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State
from quorate.rulebook.explain import sentence
from quorate.web import names
from quorate.web.elections import doing
from quorate.web.elections.naming import title_of
from quorate.web.names import name_of
from quorate.web.secret import box_lines, box_steps, steps
from quorate.web.secret.box_path import path
from quorate.web.secret.stating import result_to_state

FEW_TIMES = 2
"""Where fewer than so many times the fewest ballots can come, the page warns of it loudly."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What stood in the box by the entries from ``first`` to ``last``. ``head``: the hash of the
    archive's last event; ``ballots``: how many it held."""

    ballots: int
    head: str
    first: int
    last: int


def secret_election(state: State, number: int) -> Election:
    """The election by secret ballot. Raises Http404."""
    election = state.elections.elections.get(number)
    if election is None:
        raise Http404(f"There is no election {number}.")
    if not election.register:
        raise Http404(f"Election {number} is not by secret ballot.")
    return election


def box_of(state: State, number: int) -> Box:
    """The election's box. Raises Http404."""
    secret_election(state, number)
    box = state.secret.boxes.get(number)
    if box is None:
        raise Http404(f"There is no ballot box of election {number} yet.")
    return box


def page(request: HttpRequest, number: int) -> HttpResponse:
    """The box: what is in it, whose turn it is, what came out."""
    election = secret_election(request.state, number)
    context = part(request, election) | {"section": "convention", "title": title_of(election)}
    return render(request, "secret/box.html", context)


def now(request: HttpRequest, number: int) -> HttpResponse:
    """What the page says now, for its script, which puts in what has changed."""
    context = part(request, secret_election(request.state, number))
    return render(request, "secret/box_now.html", context)


def part(request: HttpRequest, election: Election) -> dict[str, Any]:
    """What is to be said of the box, on its own page and on the election's. Without a box, what is
    known before."""
    state: State = request.state
    me, now = request.member or "", request.time
    register = state.secret.registers[election.register]
    rules = register.rules
    box = state.secret.boxes.get(election.number)
    place = steps.place_of(register, me)
    names.remember(state, [one.who for one in register.trustees])
    context: dict[str, Any] = {
        "e": election,
        "r": register,
        "box": box,
        "rules": rules,
        "now": now,
        **small(state, election),
        "papers_entered": entered_in_all(election),
        "tellers": doing.tellers(state, election, me, now),
        "place": place,
    }
    if box is None:
        return context
    return context | {
        "batches": batches(box),
        "path": path(state, election, box, now),
        "path_of": "The path of this box",
        "lines": box_lines.lines(state, box, now),
        "next": box_steps.next_of(state, box, place, now) if place else None,
        "ranked": box_steps.ranked(state, box),
        "to_shuffle": box_steps.to_shuffle(state, box),
        "papers_until": box_steps.papers_until(state, box, now),
        "opened_by": box_steps.opened_by(box),
        "void": box_steps.void_because(box),
        "instead": sentence(state.rules, "secret.without_trustees"),
        "stating": _stating(state, box) if me else {},
        "came_out": came_out(state, election),
        "archive": f"/api/ballots/{election.number}/archive",
    }


def small(state: State, election: Election) -> dict[str, Any]:
    """What is to be said of a small electorate, before and while votes are cast. ``few``: how many
    vote; "" where they are not few."""
    register = state.secret.registers[election.register]
    size, who = register.size, counted(register.size, "key")
    if not register.roll:
        size = steps.could_claim(state, register)
        who = f"{size:,} can claim a key"
    return {
        "few": who if size < FEW_TIMES * register.rules.fewest_ballots else "",
        "few_rule": sentence(state.rules, "secret.fewest_ballots"),
        "may_be_on_paper": box_steps.without_key(state, election),
    }


def batches(box: Box) -> list[Batch]:
    """The box as it grew, the latest first. Entries after which nothing new was in it are one."""
    found = []
    for (head, ballots), same in groupby(box.heads, key=lambda one: (one.head, one.ballots)):
        entries = [one.entry for one in same]
        found.append(Batch(ballots, head, entries[0], entries[-1]))
    return found[::-1]


def came_out(state: State, election: Election) -> list[tuple[str, int]]:
    """Where sums came out of the box: how many ballots mark each candidate, and how many are
    blank."""
    if election.box is None or not election.box.sums:
        return []
    blank, *votes = election.box.sums
    slates = {f"slate {slate.number}": slate.title for slate in standing_slates(election)}
    names.remember(state, [one.member for one in election.standing])
    called = [
        slates.get(one) or ({"yes": "Yes", "no": "No"}.get(one) or name_of(state, one))
        for one in on_the_paper(election)
    ]
    return [*zip(called, votes, strict=True), ("Blank", blank)]


def _stating(state: State, box: Box) -> dict[str, object]:
    try:
        return result_to_state(state, box)
    except LookupError:
        return {}
