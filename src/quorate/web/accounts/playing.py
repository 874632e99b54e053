"""Playing somebody: only in the demo."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from quorate.chapters.dates import current
from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.state import State
from quorate.web import going_on, names
from quorate.web.accounts import lent, to_try
from quorate.web.who import PLAYING, is_demo


@require_http_methods(["GET", "POST"])
def play(request: HttpRequest) -> HttpResponse:
    """The demo's list of people to sign in as. It does not exist in any other organisation."""
    state: State = request.state
    if not is_demo(state):
        raise Http404
    if request.method == "POST":
        who = request.POST.get("member", "")
        request.session.cycle_key()
        known = who in state.membership.members or who in {guest.id for guest in _guests(state)}
        request.session[PLAYING] = who if known else ""
        return HttpResponseRedirect(going_on.wanted(request) or "/")
    context = {
        "tries": to_try.tries(state, request.time),
        "people": people(state),
        "guests": _guests(state)[:1],
    }
    return render(request, "accounts/play.html", context)


def trustee_file(request: HttpRequest, side: str) -> HttpResponse:
    """The key file of a side's trustee, which only the demo lends."""
    data = lent.file_of(request.state, side) if is_demo(request.state) else None
    if data is None:
        raise Http404("Nobody lends such a file.")
    said = f'attachment; filename="{lent.name_of_file(side)}"'
    headers = {"Content-Disposition": said, "Cache-Control": "no-store"}
    return HttpResponse(data, "application/json", headers=headers)


def people(state: State) -> list[tuple[str, str]]:
    """One person for each part that there is to play."""
    found: list[tuple[str, str]] = []
    taken: set[str] = set()

    def add(part: str, members: Iterable[str]) -> None:
        for member in members:
            if member not in taken:
                taken.add(member)
                found.append((part, member))
                return

    now = state.offices.now
    held = {office: [h.member for h in holdings] for office, holdings in now.items()}
    add("chair of the convention", held.get((state.rules.floor.chaired_by, ""), []))
    add("steering committee", held.get(("steering-committee", ""), []))
    add("credentials committee", held.get(("credentials-committee", ""), []))
    add("bulletin editor", held.get((state.rules.bulletin.refused_by, ""), []))
    for (office, _), members in sorted(held.items()):
        if office == "branch-secretary":
            add("branch secretary", members)
            break
    for (office, _), members in sorted(held.items()):
        if office == "regional-organiser":
            add("regional organiser", members)
            break
    convention = current(state)
    number = convention.number if convention else max(state.delegates.assemblies, default=0)
    assembly = state.delegates.assemblies.get(number)
    if assembly is not None:
        add("delegate", (s.holder for _, s in sorted(assembly.seats.items()) if s.holder))
        for _, delegation in sorted(assembly.delegations.items()):
            if delegation.alternates:
                add("alternate", delegation.alternates)
                break
    add("author of a proposal", (c.author for c in state.bulletin.contributions.values()))
    known = state.membership.members
    add("member", (m for m in sorted(known) if known[m].standing == "good"))
    names.remember(state, [member for _, member in found])
    return found


def _guests(state: State) -> list[Guest]:
    return [
        guest
        for assembly in state.delegates.assemblies.values()
        for guest in assembly.guests.values()
        if guest.ended is None and not guest.erased
    ]
