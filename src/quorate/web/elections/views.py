"""The pages of elections: candidates, voting, the result with its arithmetic."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from quorate.chapters.clause import Refusal
from quorate.chapters.elections.counting import count_sheet, lot_of
from quorate.chapters.elections.electorate import voter
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.state import State
from quorate.count.lot import LotNeeded
from quorate.count.report import report
from quorate.count.sheet import Sheet
from quorate.web import names
from quorate.web.elections.naming import named_sheet


def election(request: HttpRequest, number: int) -> HttpResponse:
    """An election: nominations, then the ballot, then the count."""
    state: State = request.state
    found = state.elections.elections.get(number)
    if found is None:
        raise Http404(f"There is no election {number}.")
    me = request.member or ""
    now = request.time
    own = voter(state, found, me) if me else None
    names.remember(state, [c.member for c in found.candidates])
    sheet = _sheet(state, found)
    candidate = next((c for c in found.candidates if c.member == me), None)
    told = report(named_sheet(state, found, sheet)) if sheet else None
    context = {
        "section": "convention",
        "e": found,
        "slates": standing_slates(found),
        "by_slate": found.count.startswith("slate-"),
        "phase": _phase(found, now),
        "can_vote": isinstance(own, str),
        "why_not_vote": own.because if isinstance(own, Refusal) else "",
        "voted": own in found.sealed if isinstance(own, str) else False,
        "turnout": len(found.sealed) or sum(p.weight for p in found.papers),
        "electorate": len(found.voters),
        "my_candidacy": candidate,
        "sheet": sheet,
        "report": told,
        "bars": mark_safe(told.bars) if told else "",
        "flow": mark_safe(told.flow) if told else "",
        "lot": lot_of(state, found.number) if sheet and sheet.ties else None,
    }
    return render(request, "elections/election.html", context)


def _phase(found: Election, now: int) -> str:
    if found.result is not None:
        return "declared"
    if found.closed is not None or now >= found.closes:
        return "counting"
    return "voting" if now >= found.opens else "nominating"


def _sheet(state: State, found: Election) -> Sheet | None:
    if found.result is None:
        return None
    try:
        return count_sheet(state, found)
    except LotNeeded:
        return None
