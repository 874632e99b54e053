"""Today: one clear next thing, what waits for you, what others owe you."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.dates import current
from quorate.chapters.state import State
from quorate.organisation import CLAUSES
from quorate.rulebook.words import plural
from quorate.web import names
from quorate.web.acting.titles import TITLES
from quorate.web.today import choosing, hall
from quorate.web.today.ahead import ahead
from quorate.web.today.duties import duties, own_standing, refused_texts
from quorate.web.today.owed import owed
from quorate.web.today.secret import boxes, secret_ballots, voting_keys
from quorate.web.today.things import Thing


def today(request: HttpRequest) -> HttpResponse:
    """The home page."""
    state: State = request.state
    now = request.time
    me = request.member or ""
    things = _waiting(state, me, now) if me else []
    due, more_due = owed(state, me, now) if request.reads else ([], 0)
    context = {
        "section": "today",
        "next": things[0] if things else None,
        "ahead": ahead(state, me, now) if me and not things else None,
        "things": things[1:8],
        "owed": due,
        "owed_more": more_due,
        "convention": current(state),
        "issue": next((i for i in reversed(state.bulletin.issues) if i.contributions), None),
        "readers": plural(state.rules.organisation.words.member),
        "first_name": names.name_of(state, request.member).split(" ")[0] if request.member else "",
        "reachable": state.membership.members[request.member].reachable if request.member else None,
    }
    return render(request, "today/today.html", context)


def _waiting(state: State, me: str, now: int) -> list[Thing]:
    """What the member can do now, the most pressing first."""
    convention = current(state)
    things = [*own_standing(state, me, now)]
    things += [*refused_texts(state, me, now), *choosing.asked_to_stand(state, me, now)]
    things += choosing.numbers_to_hand_in(state, me, now)
    if convention is not None:
        things += hall.at_the_convention(state, convention, me, now)
    things += [*boxes(state, me, now), *secret_ballots(state, me, now)]
    things += voting_keys(state, me, now)
    things += choosing.polls(state, me, now)
    things += choosing.recalls(state, me, now)
    things += duties(state, me, now)
    things += choosing.lots_to_draw(state, me, now)
    things += _asked_to_second(state, me)
    return things


def _asked_to_second(state: State, me: str) -> Iterator[Thing]:
    """Proposals whose authors have asked this member's branch for seconders."""
    branch = state.membership.members[me].branch
    for number, proposal in sorted(state.proposals.proposals.items()):
        if (
            any(request.branch == branch for request in proposal.requests)
            and proposal.admission is None
            and proposal.lapsed is None
            and me not in proposal.seconders
            and state.bulletin.contributions[number].author != me
        ):
            title = names.contribution_title(state, number)
            yield Thing(f"Asked to second: {title}", "", f"/bulletin/{number}", "Read it")


def more(request: HttpRequest) -> HttpResponse:
    """What the tab bar of a phone has no room for."""
    return render(request, "today/more.html", {"section": "more"})


def acts(request: HttpRequest) -> HttpResponse:
    """Everything that can be done, chapter by chapter."""
    acts_of = groupby(TITLES.items(), key=lambda titled: titled[0].split(".")[0])
    chapters = [
        (chapter.capitalize(), [(name, called, CLAUSES[name]) for name, called in acts])
        for chapter, acts in acts_of
    ]
    context = {"section": "more", "chapters": chapters}
    return render(request, "acting/list.html", context)
