"""The trustee's page, of a register of voting keys and of the ballot boxes by it: for a member, and
for another organisation's trustee.

The page's script asks again and again what is next (``following``), and does it with the trustee's
file. Nothing here touches a key.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.state import State
from quorate.organisation import CLAUSES
from quorate.store.receipts import NoEntry, receipt_for
from quorate.web.accounts import lent
from quorate.web.acting import doing, told
from quorate.web.lane import lane, leaves
from quorate.web.record.own import to_check_with
from quorate.web.secret import files, following, invitations, steps
from quorate.web.secret.box import box_of
from quorate.web.secret.following import Own
from quorate.web.secret.views import download, found
from quorate.web.whole import whole_number


class Addresses(NamedTuple):
    """Where the page's script asks: ``below``, for what is next; ``acts``, below which it hands in;
    ``file``, the register's; ``receipt``, with ENTRY in the place of the number."""

    below: str
    acts: str
    file: str
    receipt: str


_NO_TRUSTEE = "You are no trustee of these ballots, or not signed in any more."


def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a member who is a trustee of this register, and of the boxes by it."""
    return _of_member(request, found(request.state, number), None, f"/registers/{number}/trustee")


def page_of_box(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a member who is a trustee, for the box of one election."""
    box = box_of(request.state, number)
    shown = request.state.secret.registers[box.register]
    return _of_member(request, shown, box, f"/elections/{number}/trustee")


def _of_member(request: HttpRequest, shown: Register, box: Box | None, below: str) -> HttpResponse:
    place = steps.place_of(shown, request.member or "")
    if place is None:
        context = {"section": "convention", "r": shown, "box": box}
        return render(request, "secret/no_trustee.html", context)
    file = f"/registers/{shown.number}/file"
    addresses = Addresses(below, "/act/", file, "/record/ENTRY/receipt")
    return _page(request, Own(shown, place, box), addresses)


def outside(request: HttpRequest, number: int, side: str, token: str) -> HttpResponse:
    """The page of the trustee of another organisation."""
    own = _invited(request, number, side, token)
    below = invitations.path_of(number, side)
    addresses = Addresses(below, f"{below}/act/", f"{below}/file", f"{below}/receipt/ENTRY")
    return _page(request, own, addresses)


def _page(request: HttpRequest, own: Own, addresses: Addresses) -> HttpResponse:
    state: State = request.state
    after = following.after(state, own, request.time)
    trustee = own.register.trustees[own.place - 1]
    context = {
        "section": "convention",
        "r": own.register,
        "box": own.box,
        "own": trustee,
        "below": addresses.below,
        "act": addresses.acts,
        "file": addresses.file,
        "receipt": addresses.receipt,
        "next": after.next,
        "after": after.box,
        "due": steps.due(state, own.register),
        "purpose": steps.purpose(state, own.register),
        "others": len(own.register.trustees) - 1,
        "lent": lent.address_of_file(
            state, own.register, own.register.trustees[own.place - 1].side
        ),
    }
    context |= to_check_with(state) | following.shown(state, own, request.time)
    return render(request, "secret/trustee.html", context)


def next_of(request: HttpRequest, number: int) -> HttpResponse:
    """What the member who is a trustee does next, for the page's script."""
    return _next(request, found(request.state, number), None)


def next_of_box(request: HttpRequest, number: int) -> HttpResponse:
    """The same of the box of one election."""
    box = box_of(request.state, number)
    return _next(request, request.state.secret.registers[box.register], box)


def _next(request: HttpRequest, shown: Register, box: Box | None) -> HttpResponse:
    place = steps.place_of(shown, request.member or "")
    if place is None:
        return told.said(403, _NO_TRUSTEE)
    return following.answered(request, Own(shown, place, box))


def next_outside(request: HttpRequest, number: int, side: str, token: str) -> HttpResponse:
    """The same for the trustee of another organisation."""
    return following.answered(request, _invited(request, number, side, token))


@require_POST
def hand_in(request: HttpRequest, number: int, side: str, token: str, name: str) -> HttpResponse:
    """Does an act in the name of the trustee of another organisation. Whether it is theirs, its
    signature says."""
    own = _invited(request, number, side, token)
    trustee = own.register.trustees[own.place - 1]
    if name not in CLAUSES or not CLAUSES[name].by_trustees:
        raise Http404(f"Trustees do no act called {name}.")
    if not trustee.who:
        return told.said(409, "You are not named yet. Give your key to whoever names you.")
    asked = CLAUSES[name].act.__dataclass_fields__
    fields: dict[str, Any] = {field: request.POST.get(field, "") for field in asked}
    if "election" in asked:
        fields["election"] = _box_among(request, own.register).election
    else:
        fields["register"] = number
    key = request.POST.get(doing.KEY, "")
    return told.answered(doing.do(name, fields, trustee.who, key=key))


def _box_among(request: HttpRequest, register: Register) -> Box:
    """The box that is meant, one by this register. Raises Http404."""
    state: State = request.state
    box = state.secret.boxes.get(whole_number(request.POST.get("election", "")) or 0)
    if box is None or box.register != register.number:
        raise Http404("This is no election by your register.")
    return box


def file_outside(request: HttpRequest, number: int, side: str, token: str) -> HttpResponse:
    """The register's file for the trustee of another organisation."""
    try:
        data = files.whole_file(_invited(request, number, side, token).register)
    except LookupError:
        data = b""
    if not data:
        raise Http404("There is no file, or a part of it is missing on this server.")
    return download(data, "application/jsonl", f"register-{number}.jsonl")


def receipt_outside(
    request: HttpRequest, number: int, side: str, token: str, sequence: int
) -> HttpResponse:
    """The receipt of an entry of this register, or of a box by it: of what trustees handed in, or
    of the close of a box."""
    register = _invited(request, number, side, token).register
    if sequence not in _entries(request.state, register):
        raise Http404(f"Entry {sequence} is no part of a trustee's, and closes no box of theirs.")
    try:
        text = receipt_for(lane().place, request.state, leaves(), sequence, own=False)
    except NoEntry as error:
        raise Http404(str(error)) from None
    return download(text.encode(), "text/plain; charset=utf-8", f"receipt-{sequence}.txt")


def _entries(state: State, register: Register) -> set[int]:
    found = {part.entry for part in (*register.mixes, *register.decryptions)}
    for box in state.secret.boxes.values():
        if box.register == register.number:
            found |= {part.entry for part in (*box.shuffles, *box.decryptions)}
            found.add(box.heads[-1].entry)
    return found


def _invited(request: HttpRequest, number: int, side: str, token: str) -> Own:
    """Raises Http404, the same whatever is wrong with the address."""
    known = invitations.invited(request.state, number, side, token)
    if known is None:
        raise Http404(
            "This is no address of a trustee. Ask whoever named you for the whole address."
        )
    return Own(*known)
