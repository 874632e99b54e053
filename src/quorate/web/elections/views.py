"""The pages of elections: candidates, voting, the result with its arithmetic."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from quorate.chapters.clause import Refusal
from quorate.chapters.elections.counting import count_sheet, seed_of
from quorate.chapters.elections.papers import entered_in_all
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.lots.call import tie_of
from quorate.chapters.state import State
from quorate.count.lot import LotNeeded
from quorate.count.report import report
from quorate.count.rules import RULES
from quorate.count.sheet import Sheet
from quorate.store.witnessed import Declared
from quorate.web import names
from quorate.web.convention import lots
from quorate.web.convention.elections import phase_of
from quorate.web.convention.own_choice import for_one, own_ballot
from quorate.web.elections import doing
from quorate.web.elections.naming import named_sheet
from quorate.web.elections.paper import most_marks, reserved_in_words
from quorate.web.record import witnesses
from quorate.web.secret import box
from quorate.web.secret.booth import voters_part


def election(request: HttpRequest, number: int) -> HttpResponse:
    """An election: nominations, then the ballot, then the count."""
    state: State = request.state
    found = state.elections.elections.get(number)
    if found is None:
        raise Http404(f"There is no election {number}.")
    me = request.member or ""
    now = request.time
    own = doing.votes_here(state, found, me)
    names.remember(state, [c.member for c in found.candidates])
    sealed = found.sealed.get(own) if isinstance(own, str) and not found.opened else None
    own_choice = own_ballot(state, found, sealed, me) if phase_of(found, now) == "voting" else ""
    sheet = _sheet(state, found)
    told = report(named_sheet(state, found, sheet)) if sheet else None
    context = {
        "section": "convention",
        "e": found,
        "slates": standing_slates(found),
        "by_slate": found.count.startswith("slate-"),
        "marks": RULES[found.count].marks,
        "voters_part": voters_part(state, found, me, now) if found.register else None,
        "most_marks": most_marks(found),
        "reserved": reserved_in_words(found),
        "phase": phase_of(found, now),
        "called_off": doing.called_off(state, found),
        "can_vote": isinstance(own, str),
        "why_not_vote": own.because if isinstance(own, Refusal) else "",
        "own_choice": own_choice,
        "voted": own in found.sealed if isinstance(own, str) else False,
        "turnout": entered_in_all(found) if found.paper else len(found.sealed),
        "electorate": len(found.voters),
        "lately_come": doing.lately_come_here(state, found),
        "my_candidacy": doing.my_candidacy(found, me),
        "standing": {"election": number, "yes": "yes"},
        "not_standing": {"election": number},
        "of_group": {"election": number, "yes": "yes", "of_group": "yes"},
        "my_slates": doing.my_slates(state, found, me, now),
        "can_put_forward": doing.can_put_forward(state, found, me, now),
        "tellers": doing.tellers(state, found, me, now),
        "lot": _lot(state, found, me or request.former or "", now),
        "lots_to_call": _to_call(state, found, me, now),
        "declared": _declared(request, found),
        "sheet": sheet,
        "report": told,
        "bars": mark_safe(told.bars) if told else "",
        "flow": mark_safe(told.flow) if told else "",
        "seed": seed_of(state, found) if sheet and sheet.ties else None,
    }
    if found.register:
        context |= box.part(request, found)
    return for_one(render(request, "elections/election.html", context), own_choice)


def _declared(request: HttpRequest, found: Election) -> Declared | None:
    result = found.result
    return None if result is None else witnesses.declared(request, result.entry, result.time)


def _lot(state: State, found: Election, me: str, now: int) -> lots.Lot | None:
    """The lot that the election's tie waits for, or that settled it; the last, of several."""
    if not found.lot_needed and (found.result is None or found.result.lot is None):
        return None
    every = [d for _, d in sorted(state.lots.draws.items()) if (d.purpose, d.of) == tie_of(found)]
    return lots.lot(state, every[-1], me, now) if every else None


def _to_call(state: State, found: Election, me: str, now: int) -> list[lots.ToCall]:
    """The lot that this election waits for, where this member can call it."""
    if not found.lot_needed:
        return []
    every = lots.lots_to_call(state, me, now)
    return [one for one in every if (one.purpose, one.of) == tie_of(found)]


def _sheet(state: State, found: Election) -> Sheet | None:
    if found.result is None:
        return None
    try:
        return count_sheet(state, found)
    except LotNeeded:
        return None
