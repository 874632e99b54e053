"""Who witnesses the record, how much of it each has cosigned, and which of them suffice."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.state import State
from quorate.record import note, policy, witness_rule
from quorate.rulebook.explain import sentence
from quorate.store.record_keys import in_force
from quorate.store.witnessed import Declared, Witnessed, witnessed
from quorate.store.witnessed import declared as is_declared
from quorate.web.lane import lane
from quorate.web.record.as_witness import witness

_FRESH = 2_000
"""For so long, in ms, what was asked of the database is shown again."""

_latest: dict[tuple[int, int], Witnessed] = {}


def standing(state: State, now: int) -> Witnessed | None:
    """What the witnesses have seen; None where none is named."""
    if not state.witnesses.now:
        return None
    at = (state.size, now // _FRESH)
    found = _latest.get(at)
    if found is None:
        found = witnessed(state, now)
        _latest.clear()
        _latest[at] = found
    return found


def declared(request: HttpRequest, result: int | None, since: int) -> Declared | None:
    """Whether the result in this entry, which stands since ``since`` (ms), is declared; None where
    there is none yet."""
    if result is None:
        return None
    seen = standing(request.state, request.time)
    return is_declared(request.state, seen.to if seen else 0, result, since, request.time)


def overview(request: HttpRequest) -> HttpResponse:
    """Every witness, and how to become one."""
    state: State = request.state
    rules = state.rules
    changes = state.keys.changes
    paths = ("branches", "branch_by", "outside_by", "results")
    context = {
        "section": "more",
        "key": in_force(lane().place, state)[0],
        "change": changes[-1] if changes else None,
        "lost": changes[-1].old[0] if changes else "",
        "rule": [sentence(rules, f"witnesses.{path}") for path in paths],
        "has_policy": witness_rule.policy_for(state) is not None,
        "for_others": witness(),
        "address": settings.ADDRESS,
    }
    return render(request, "record/witnesses.html", context)


def policy_file(request: HttpRequest) -> HttpResponse:
    """Which witnesses suffice, as C2SP tlog-policy."""
    key = note.read_verifier(in_force(lane().place, request.state)[0])
    found = witness_rule.policy_for(request.state, key)
    if found is None:
        raise Http404("Fewer witnesses are named than the rulebook asks for.")
    return HttpResponse(policy.write(found), content_type="text/plain; charset=utf-8")
