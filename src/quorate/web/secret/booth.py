"""The voter's page of an election by secret ballot, and the voter's part of the election's page.

The page gives the browser what is asked, and what it needs to hold that against the record. What is
chosen never comes back here: the ballot goes to the API, encrypted, without a session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from quorate.chapters.elections.counting import on_the_paper
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.secret.asked import is_ranked, most_marks
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.convention.elections import Phase, phase_of
from quorate.web.record.own import to_check_with
from quorate.web.secret import box as box_page
from quorate.web.secret import scripts, steps, voting
from quorate.web.secret.views import claimed


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be marked or ranked. ``name``: as people call it; ``of``: the candidate's branch, or
    who stands on the slate."""

    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class VotersPart:
    """What the page of an election tells whoever reads it. ``key``: how they stand to a voting
    key; "" for who does not vote."""

    phase: Phase
    box: Box | None
    key: voting.Key


def voters_part(state: State, election: Election, me: str, now: int) -> VotersPart:
    key = voting.key_of(state, voting.register_of(state, election), me)
    return VotersPart(phase_of(election, now), voting.box_of(state, election), key)


def secret_election(state: State, number: int) -> Election:
    """Raises Http404 where there is none, or not by secret ballot."""
    found = state.elections.elections.get(number)
    if found is None or not found.register:
        raise Http404(f"There is no election {number} by secret ballot.")
    return found


def vote(request: HttpRequest, number: int) -> HttpResponse:
    """Where a voter chooses, checks and casts."""
    state: State = request.state
    found = state.elections.elections.get(number)
    if found is not None and not found.register:
        return HttpResponseRedirect(f"/elections/{number}")
    found = secret_election(state, number)
    me = request.member or ""
    register, box = voting.register_of(state, found), voting.box_of(state, found)
    is_open = voting.is_open(state, found, request.time)
    key = voting.key_of(state, register, me)
    has_key = key == "claimed" or not me  # their browser may have one
    context: dict[str, Any] = {
        "section": "convention",
        "e": found,
        "r": register,
        "me": me,
        "phase": phase_of(found, request.time),
        "open": is_open,
        "has_key": has_key,
        "on_paper": key == "none",
    }
    if box is not None and is_open and has_key:
        most = min(most_marks(found), len(on_the_paper(found)))
        context |= about_the_box(state, found, me) | {
            "box": box,
            "opened": box.heads[0].entry,
            "most": None if is_ranked(found.count) else most,
            "modules": scripts.modules_of_the_booth(),
            **box_page.small(state, found),
        }
    return render(request, "secret/vote.html", context)


def about_the_box(state: State, found: Election, me: str) -> dict[str, Any]:
    """What a page's script needs to find the reader's key and ballots, and to hold the box against
    the record."""
    register = voting.register_of(state, found)
    return {
        "purpose": steps.purpose(state, register),
        "claim": claimed(state, register, me) if me else "",
        "answers": answers(state, found),
        "ranked": is_ranked(found.count),
        "zone": state.rules.organisation.timezone,
    } | to_check_with(state)


def answers(state: State, found: Election) -> list[Answer]:
    """In the order of the question's answers."""
    if found.count == "slate-yes-no/1":
        return [Answer("Yes"), Answer("No")]
    if found.count.startswith("slate-"):
        return [
            Answer(slate.title, ", ".join(names.name_of(state, one) for one in slate.members))
            for slate in standing_slates(found)
        ]
    names.remember(state, on_the_paper(found))
    known = state.membership
    return [
        Answer(
            names.name_of(state, member),
            known.branches[known.members[member].branch].name,
        )
        for member in on_the_paper(found)
    ]
