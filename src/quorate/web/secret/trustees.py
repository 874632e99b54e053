"""The trustee's page: for a member and, without an account, for another organisation's trustee.

The page's script asks again and again what is next, and does it with the trustee's file. What it is
told is public among trustees; nothing here touches a key.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from quorate.ballots.register import GROUP
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.organisation import CLAUSES
from quorate.store.receipts import NoEntry, receipt_for
from quorate.web import names
from quorate.web.acting import doing, told
from quorate.web.lane import lane, leaves
from quorate.web.record.own import to_check_with
from quorate.web.secret import files, invitations, steps
from quorate.web.secret.views import download, found, lines, stating


class Addresses(NamedTuple):
    """Where the page's script asks: ``below``, for what is next; ``acts``, below which it hands in;
    ``file``, the register's; ``receipt``, with ENTRY in the place of the number."""

    below: str
    acts: str
    file: str
    receipt: str


def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a member who is a trustee."""
    shown = found(request.state, number)
    place = steps.place_of(shown, request.member or "")
    if place is None:
        return render(request, "secret/no_trustee.html", {"section": "convention", "r": shown})
    below = f"/registers/{number}/trustee"
    return _page(
        request,
        shown,
        place,
        Addresses(below, "/act/", f"/registers/{number}/file", "/record/ENTRY/receipt"),
    )


def outside(request: HttpRequest, number: int, side: str, token: str) -> HttpResponse:
    """The page of the trustee of another organisation."""
    shown, place = _invited(request, number, side, token)
    below = invitations.path_of(number, side)
    addresses = Addresses(below, f"{below}/act/", f"{below}/file", f"{below}/receipt/ENTRY")
    return _page(request, shown, place, addresses)


def _page(request: HttpRequest, shown: Register, place: int, addresses: Addresses) -> HttpResponse:
    state: State = request.state
    own = shown.trustees[place - 1]
    names.remember(state, [one.who for one in shown.trustees])
    context = {
        "section": "convention",
        "r": shown,
        "own": own,
        "place": place,
        "below": addresses.below,
        "act": addresses.acts,
        "file": addresses.file,
        "receipt": addresses.receipt,
        "lines": lines(state, shown, ""),
        "next": steps.next_of(state, shown, place),
        "due": steps.due(state, shown),
        "purpose": steps.purpose(state, shown),
        "others": len(shown.trustees) - 1,
    }
    context |= to_check_with(state)
    return render(request, "secret/trustee.html", context)


def following(request: HttpRequest, number: int) -> HttpResponse:
    """What the member who is a trustee does next, for the page's script."""
    shown = found(request.state, number)
    place = steps.place_of(shown, request.member or "")
    if place is None:
        return told.said(403, "You are no trustee of this register, or not signed in any more.")
    return _following(request, shown, place)


def following_outside(request: HttpRequest, number: int, side: str, token: str) -> HttpResponse:
    """The same for the trustee of another organisation."""
    return _following(request, *_invited(request, number, side, token))


def _following(request: HttpRequest, shown: Register, place: int) -> JsonResponse:
    state: State = request.state
    own = shown.trustees[place - 1]
    after = steps.next_of(state, shown, place)
    names.remember(state, [one.who for one in shown.trustees])
    answer: dict[str, Any] = {
        "step": after.step,
        "said": after.said,
        "turn": after.turn,
        "group": GROUP.name,
        "size": len(shown.trustees),
        "needed": shown.rules.needed,
        "fewest": shown.rules.fewest_voters,
        "index": place,
        "who": own.who,
        "key": own.key,
        "certificate": own.certificate,
        "certificates": [one.certificate for one in shown.trustees],
        "polynomials": [one.polynomial for one in shown.trustees],
        "voutput": own.voutput,
        "phi": shown.phi,
        "before": shown.last,
        "mix": shown.mixes[-1].entry if shown.mixes else None,
        "stating": stating(shown) if after.step == "roll" and request.member else {},
        "shown": render_to_string(
            "secret/trustees.html", {"lines": lines(state, shown, ""), "own": place}, request
        ),
    }
    return JsonResponse(answer)


@require_POST
def hand_in(request: HttpRequest, number: int, side: str, token: str, name: str) -> HttpResponse:
    """Does an act in the name of the trustee of another organisation. Whether it is theirs, its
    signature says."""
    shown, place = _invited(request, number, side, token)
    trustee = shown.trustees[place - 1]
    if name not in CLAUSES or not CLAUSES[name].by_trustees:
        raise Http404(f"Trustees do no act called {name}.")
    if not trustee.who:
        return told.said(409, "You are not named yet. Give your key to whoever names you.")
    asked = CLAUSES[name].act.__dataclass_fields__
    fields: dict[str, Any] = {field: request.POST.get(field, "") for field in asked}
    fields["register"] = number
    key = request.POST.get(doing.KEY, "")
    return told.answered(doing.do(name, fields, trustee.who, key=key))


def file_outside(request: HttpRequest, number: int, side: str, token: str) -> HttpResponse:
    """The register's file for the trustee of another organisation."""
    shown, _ = _invited(request, number, side, token)
    try:
        data = files.whole_file(shown)
    except LookupError:
        data = b""
    if not data:
        raise Http404("There is no file, or a part of it is missing on this server.")
    return download(data, "application/jsonl", f"register-{number}.jsonl")


def receipt_outside(
    request: HttpRequest, number: int, side: str, token: str, sequence: int
) -> HttpResponse:
    """The receipt of an entry of this register: of what this trustee handed in, or of a mix."""
    shown, _ = _invited(request, number, side, token)
    parts = (*shown.mixes, *shown.decryptions)
    if sequence not in {part.entry for part in parts}:
        raise Http404(f"Entry {sequence} is no mix and no decryption of this register.")
    try:
        text = receipt_for(lane().place, request.state, leaves(), sequence, own=False)
    except NoEntry as error:
        raise Http404(str(error)) from None
    return download(text.encode(), "text/plain; charset=utf-8", f"receipt-{sequence}.txt")


def _invited(request: HttpRequest, number: int, side: str, token: str) -> tuple[Register, int]:
    """Raises Http404, the same whatever is wrong with the address."""
    known = invitations.invited(request.state, number, side, token)
    if known is None:
        raise Http404(
            "This is no address of a trustee. Ask whoever named you for the whole address."
        )
    return known
