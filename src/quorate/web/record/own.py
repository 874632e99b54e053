"""The member's own proof: what the record says was done in their name, with the receipts that their
browser keeps, checked in the browser itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from quorate import organisation
from quorate.chapters.keys.remembers import Change
from quorate.chapters.state import State
from quorate.record import entry, witness_rule
from quorate.record.entry import Entry
from quorate.store import entries
from quorate.store.own_acts import MOST, acts_of
from quorate.store.record_keys import in_force
from quorate.web.lane import lane
from quorate.web.record.erasing import may_go


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
        "may_go": _may_go(request, acts) if request.former else {},
    }
    context |= to_check_with(request.state)
    return render(request, "record/receipts.html", context)


def to_check_with(state: State) -> dict[str, Any]:
    """What a browser checks a receipt with: the record's name and its keys, and the witnesses'."""
    return {
        "key": in_force(lane().place, state)[0],
        "key_changes": [_change(change) for change in state.keys.changes],
        "origin": lane().place.origin,
        "witness_keys": _keys(state),
    }


def _change(change: Change) -> dict[str, Any]:
    """A change of the record's keys, for the browser to follow: what the old key signed of it."""
    act = entry.read(entries.there(change.entry)).act
    return {
        "entry": change.entry,
        "number": change.number,
        "old": list(change.old),
        "new": list(change.new),
        "old_signature": act.old_signatures[0] if change.agreed else "",
        "new_signature": act.new_signatures[0],
    }


def _may_go(request: HttpRequest, acts: list[Entry]) -> dict[int, list[str]]:
    """Entry → those of its texts that whoever has left can ask to have erased: the pages on which
    they stand are not theirs to read any more."""
    return {
        one.occasion.sequence: may_go(request, organisation.documents_of(one.act)) for one in acts
    }


def _keys(state: State) -> list[dict[str, str]]:
    """Every key of the witnesses that are named, for the browser to check their signatures with."""
    return [
        {"name": one.name, "key": key}
        for one in (*state.witnesses.of_branches(), *state.witnesses.of_others())
        for key in witness_rule.readable_keys(one)
    ]
