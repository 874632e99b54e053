"""The convention's page: its dates, its agenda, who is there, what is on the floor, its lots."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.floor import agenda
from quorate.chapters.floor.amendments import every_adopted_to, main_question
from quorate.chapters.floor.coming_back import left_for_the_next
from quorate.chapters.floor.open_vote import next_item, question_on
from quorate.chapters.floor.presence import quorum
from quorate.chapters.floor.remembers import Convention, Item
from quorate.chapters.rights import holds
from quorate.chapters.secret.rolls import enough
from quorate.chapters.state import State
from quorate.rulebook.lint_secret import secret_offices
from quorate.web import names
from quorate.web.convention import elections, lots, seats
from quorate.web.convention.chair import in_the_chair, open_vote
from quorate.web.today import secret


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda. ``amended``: numbers of the amendments to it that are adopted."""

    place: int
    contribution: Contribution
    item: Item | None
    amended: tuple[int, ...]


def latest(state: State) -> Convention | None:
    """The convention that is called or sitting, else the last one."""
    if not state.floor.conventions:
        return None
    return state.floor.conventions[state.floor.current or max(state.floor.conventions)]


def overview(request: HttpRequest) -> HttpResponse:
    """The convention: what happens when, the agenda, who is there, what is on the floor."""
    state: State = request.state
    convention = latest(state)
    if convention is None:
        context = {"section": "convention"} | _calling(state, request.member or "")
        return render(request, "convention/none.html", context)
    me, now = request.member or "", request.time
    present, needed = quorum(state, convention)
    assembly = state.delegates.assemblies.get(convention.number)
    under_way, over = elections.lines(state, convention, me, now)
    context = {
        "section": "convention",
        "convention": convention,
        "dates": _dates(convention),
        "lines": _lines(state, convention),
        "present": present,
        "needed": needed,
        "assembly": assembly,
        "seats": len(assembly.seats) if assembly else 0,
        "open_vote": open_vote(state, convention),
        "lots": lots.lots(state, me or request.former or "", now),
        "lots_to_call": lots.lots_to_call(state, me, now),
        "under_way": under_way,
        "elections": over,
        "now": now,
        "keys": _voting_keys(state, convention, me, now),
        "left": left_for_the_next(state, convention),
    }
    if convention.ended is None:
        context |= _in_the_chair(state, convention, me, now) | seats.of_mine(
            state, convention, me, now
        )
    context |= seats.guests(state, convention, me, now) | _calling(state, me)
    return render(request, "convention/overview.html", context)


def _voting_keys(
    state: State, convention: Convention, me: str, now: int
) -> dict[str, object] | None:
    """The convention's register of voting keys, and what this member does next about it."""
    registers = state.secret.registers.values()
    own = [one for one in registers if one.convention == convention.number]
    if not own:
        return None
    last = max(own, key=lambda one: one.number)
    under_way = me and not last.void and not last.roll
    thing = next(secret.of_register(state, last, me, now), None) if under_way else None
    shown: dict[str, object] = {
        "number": last.number,
        "offices": bool(secret_offices(convention.rules)),
        "on_demand": convention.ended is None and enough(state, convention),
        "demands": _demands(state, convention),
    }
    if thing is not None:
        shown |= {"title": thing.title, "detail": thing.detail, "until": thing.until}
        shown |= {"address": thing.address, "button": thing.button}
    return shown


def _demands(state: State, convention: Convention) -> list[tuple[str, str, int]]:
    """The offices for which delegates have demanded a secret ballot, their places, and how many."""
    return [
        (office, place, len(seats))
        for (of, office, place), seats in sorted(state.secret.demands.items())
        if of == convention.number
    ]


def _calling(state: State, me: str) -> dict[str, object]:
    """While no convention is called: for whoever may call the next one."""
    rules = state.rules.floor
    if state.floor.current is not None or not me or not holds(state, me, rules.called_by):
        return {}
    return {"calling": True, "notice": rules.notice}


def _lines(state: State, convention: Convention) -> list[Line]:
    """The agenda, or as things stand what would be on it."""
    order = convention.agenda
    if order is None:
        order = agenda.order(state, convention)
    names.remember_titles(state.bulletin.contributions[n].latest.text for n in order)
    return [
        Line(
            place,
            state.bulletin.contributions[number],
            convention.items.get(number),
            every_adopted_to(state, number),
        )
        for place, number in enumerate(order, 1)
    ]


def _in_the_chair(state: State, convention: Convention, me: str, now: int) -> dict[str, object]:
    """What the chair does next."""
    if not holds(state, me, convention.rules.floor.chaired_by):
        return {}
    doing = in_the_chair(state, convention, me, now)
    following = next_item(convention) if convention.opened else None
    words = state.rules.organisation.words
    putting, referring = {}, None
    if following is not None:
        referring = main_question(state, following)
        question = question_on(state.bulletin.contributions[following])
        putting = {"proposal": following, "question": question}
    return {
        "chairing": True,
        "following": following,
        "putting": putting,
        "referring": referring,
        "opening": f"Open the {words.convention}",
        "closing": f"Close the {words.convention}",
        "to_call": doing.call if doing else (),
        "not_yet": doing.ending if doing else None,
    }


def _dates(convention: Convention) -> list[tuple[str, int]]:
    d = convention.dates
    dates = [
        ("The bulletin opens", d.bulletin_opens),
        ("Rolls are frozen", d.roll_cut_off),
        ("Rolls can be challenged until", d.challenges_until),
        ("Rolls are final, seats are shared out", d.roll_final),
        ("Nominations of delegates open", d.nominations_open),
        ("Branches vote for delegates from", d.election_opens),
        ("Branches vote for delegates until", d.election_closes),
        ("The bulletin closes", d.bulletin_closes),
        ("Seconding closes", d.seconding_closes),
        ("Written answers are due", d.answers_due),
        ("The convention opens", d.opens),
    ]
    dates += [(f"Issue {number} comes out", time) for number, time in enumerate(d.issues, 1)]
    return sorted(dates, key=lambda date: date[1])
