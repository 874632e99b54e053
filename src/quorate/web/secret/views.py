"""A register of voting keys: its page, the voter's own, the page on which a trustee is named, and
what can be taken away."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.rights import holds
from quorate.chapters.secret.claim import voter_of
from quorate.chapters.secret.remembers import Register, Trustee
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.accounts import lent
from quorate.web.convention import lots
from quorate.web.secret import files, invitations, steps, voting
from quorate.web.secret.path import path


@dataclass(frozen=True, slots=True)
class Line:
    """A trustee on the page. ``done``: what they have done, in words; ``turn``: it is on them;
    ``names``: whoever looks names them."""

    trustee: Trustee
    place: int
    done: str
    turn: bool
    names: bool


def found(state: State, number: int) -> Register:
    """The register. Raises Http404."""
    register = state.secret.registers.get(number)
    if register is None:
        raise Http404(f"There is no register {number} of voting keys.")
    return register


def register(request: HttpRequest, number: int) -> HttpResponse:
    """The register: what it is, who holds the key, how far it has come, whose turn it is."""
    state: State = request.state
    shown = found(state, number)
    me = request.member or ""
    names.remember(state, [one.who for one in shown.trustees])
    place = steps.place_of(shown, me)
    context = {
        "section": "convention",
        "r": shown,
        "lines": lines(state, shown, me),
        "path": path(state, shown, request.time),
        "path_of": "The path of this register",
        "due": steps.due(state, shown),
        "claims_close": steps.claims_close(state, shown),
        "claims": len(shown.claims),
        "could": steps.who_could_claim(state, shown),
        "elections": steps.elections_of(state, shown),
        "voter": voter_of(state, shown, me) if me else None,
        "claimed": claimed(state, shown, me),
        "place": place,
        "next": steps.next_of(state, shown, place) if place else None,
        "void": steps.void_because(shown) if shown.void else "",
        "lot": _lot(state, shown, me, request.time),
        "stating": stating(shown) if me else {},
        "file_href": f"/registers/{number}/file",
        "roll_href": f"/registers/{number}/roll",
    }
    return render(request, "secret/register.html", context)


def lines(state: State, shown: Register, me: str) -> list[Line]:
    """The trustees in their places."""
    acting = ("certify", "share", "confirm", "mix", "decrypt")
    return [
        Line(
            trustee=one,
            place=place,
            done=steps.done_by(shown, place),
            turn=(after := steps.next_of(state, shown, place)).step in acting and not after.turn,
            names=may_name(state, shown, one, me),
        )
        for place, one in enumerate(shown.trustees, 1)
    ]


def may_name(state: State, shown: Register, trustee: Trustee, me: str) -> bool:
    """Whether this member names the trustee, and can still do so."""
    able = bool(me) and trustee.way != "lot" and holds(state, me, trustee.named_by)
    return able and not trustee.certificate and not shown.void


def claimed(state: State, shown: Register, me: str) -> str:
    """The claim of this member that stands, as they handed it in; "" where there is none."""
    voter = voter_of(state, shown, me) if me else None
    claim = shown.claims.get(voter) if voter else None
    if claim is not None and claim.by == me:
        return claim.claim
    return next((one.claim for one in shown.claims.values() if one.by == me), "")


def stating(shown: Register) -> dict[str, object]:
    """The fields with which the roll is stated, once it can be."""
    try:
        return files.roll_to_state(shown)
    except LookupError:
        return {}


def _lot(state: State, shown: Register, me: str, now: int) -> lots.Lot | None:
    """The lot that draws a trustee, while it is under way."""
    draws = [
        draw
        for _, draw in sorted(state.lots.draws.items())
        if (draw.purpose, draw.of) == ("trustee", shown.number)
    ]
    undrawn = any(one.way == "lot" and not one.who for one in shown.trustees)
    return lots.lot(state, draws[-1], me, now) if draws and undrawn else None


def my_key(request: HttpRequest, number: int) -> HttpResponse:
    """The voter's own page: to claim a key, keep it, and see that it is on the roll."""
    state: State = request.state
    shown = found(state, number)
    me = request.member or ""
    voter = voter_of(state, shown, me) if me else None
    own = claimed(state, shown, me)
    entry = next((one.entry for one in shown.claims.values() if one.by == me), None)
    context = {
        "section": "convention",
        "r": shown,
        "me": me,
        "voter": voter,
        "own": own,
        "entry": entry,
        "can_claim": voter is not None and bool(shown.description) and _open(shown),
        "counts": shown.closed is None or voter in shown.counted or _counts(shown, me),
        "purpose": steps.purpose(state, shown),
        "due": steps.due(state, shown),
        "claims_close": steps.claims_close(state, shown),
        "void": steps.void_because(shown) if shown.void else "",
        "lent": lent.code_of(state, shown, me),
        "polls": voting.open_to(state, shown, me, request.time),
    }
    return render(request, "secret/my_key.html", context)


def _open(shown: Register) -> bool:
    return shown.closed is None and not shown.void


def _counts(shown: Register, me: str) -> bool:
    return any(shown.claims[voter].by == me for voter in shown.counted)


def name(request: HttpRequest, number: int, side: str) -> HttpResponse:
    """Where whoever names the trustee of a side does so."""
    state: State = request.state
    shown = found(state, number)
    trustee = next((one for one in shown.trustees if one.side == side), None)
    if trustee is None or trustee.way == "lot":
        raise Http404(f"Nobody is named for a side {side} of register {number}.")
    may = may_name(state, shown, trustee, request.member or "")
    context = {
        "section": "convention",
        "r": shown,
        "trustee": trustee,
        "may": may,
        "void": shown.void,
        "due": steps.due(state, shown),
        "address": request.build_absolute_uri(invitations.path_of(number, side))
        if may and trustee.way == "outside"
        else "",
    }
    return render(request, "secret/name.html", context)


def file(request: HttpRequest, number: int) -> HttpResponse:
    """The register's file, for strangers' programs and for `quorate ballots verify`."""
    shown = found(request.state, number)
    try:
        data = files.whole_file(shown)
    except LookupError:
        raise Http404(_MISSING) from None
    if not data:
        raise Http404("There is no file yet: the trustees do not have their keys.")
    return download(data, "application/jsonl", f"register-{number}.jsonl")


def roll(request: HttpRequest, number: int) -> HttpResponse:
    """The roll of keys."""
    shown = found(request.state, number)
    try:
        data = files.beside(shown.roll) if shown.roll else b""
    except LookupError:
        raise Http404(_MISSING) from None
    if not data:
        raise Http404("There is no roll yet.")
    return download(data, "application/json", f"roll-{number}.json")


_MISSING = (
    "A part of this register is missing on this server. Tell whoever runs it, and your branch."
)


def download(data: bytes, kind: str, called: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{called}"'
    return response
