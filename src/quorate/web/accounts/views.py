"""Playing somebody in the demo, and one's own account page."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from quorate.chapters.dates import current
from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.membership.suspensions import to_come
from quorate.chapters.state import State
from quorate.store.models import ApiToken
from quorate.web import names
from quorate.web.accounts import addresses, lent
from quorate.web.accounts.adapter import shown_lately
from quorate.web.acting import doing
from quorate.web.api import tokens
from quorate.web.membership.suspension import suspension
from quorate.web.templatetags.saying import when
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
        return HttpResponseRedirect("/")
    context = {
        "people": _people(state),
        "guests": _guests(state)[:1],
        "voters": lent.voters(state),
        "trustees": lent.trustees(state),
    }
    return render(request, "accounts/play.html", context)


def _people(state: State) -> list[tuple[str, str]]:
    """One person for each part that there is to play."""
    people: list[tuple[str, str]] = []
    taken: set[str] = set()

    def add(part: str, members: Iterable[str]) -> None:
        for member in members:
            if member not in taken:
                taken.add(member)
                people.append((part, member))
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
    names.remember(state, [member for _, member in people])
    return people


def _guests(state: State) -> list[Guest]:
    return [
        guest
        for assembly in state.delegates.assemblies.values()
        for guest in assembly.guests.values()
        if guest.ended is None
    ]


def account(request: HttpRequest) -> HttpResponse:
    """One's own page: how one signs in, which programs act for one; the way out."""
    if request.former is not None:
        return render(request, "accounts/former.html", {"section": "more"})
    if request.member is None:
        return HttpResponseRedirect("/play" if is_demo(request.state) else "/account/login/")
    context = {
        "section": "more",
        "own": _own(request),
        "programs": [(t, tokens.ends(t)) for t in tokens.tokens_of(request.member)],
        "days": tokens.TERM.days,
        "reachable": request.state.membership.members[request.member].reachable,
        "suspended": suspension(request.state, request.member, request.time, when),
        "to_be": to_come(request.state, request.member) is not None,
    }
    return render(request, "accounts/account.html", context)


def _own(request: HttpRequest) -> bool:
    """Whether the account signed in is the member's; in the demo, one may be playing them."""
    return bool(request.user.is_authenticated and request.user.member == request.member)


@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Makes a token for a program, and shows it once.

    Whoever finds somebody signed in could else take a token along, which outlives the session:
    so who one is has to be shown anew, as for a new passkey.
    """
    if request.member is None:
        return HttpResponseRedirect("/account/login/")
    if _own(request) and not shown_lately(request):
        if get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        # Who has no key but their mail shows it by signing in anew.
        logout(request)
        messages.info(request, "Sign in anew to make a token: that asks again who you are.")
        return HttpResponseRedirect("/account/login/?next=/account/")
    text = tokens.make_token(request.member, request.POST.get("name", "").strip() or "a program")
    return render(request, "accounts/token.html", {"section": "more", "token": text})


@require_POST
def end_token(request: HttpRequest) -> HttpResponse:
    """A program may not act for the member any more."""
    digest = request.POST.get("program", "")
    if ApiToken.objects.filter(member=request.member or "", digest=digest).delete()[0]:
        messages.info(request, "That program cannot act for you any more.")
    return HttpResponseRedirect("/account/")


@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks, and signs out when the button is pressed; in the demo, whoever is played goes too."""
    if request.method == "GET":
        return render(request, "accounts/sign_out.html")
    logout(request)
    return HttpResponseRedirect("/account/login/" if request.POST.get("again") else "/")


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Ends every session of the account, here and on every other device, and in every program."""
    addresses.sign_out_everywhere(request.user)
    logout(request)
    return HttpResponseRedirect("/account/login/")


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Whose membership has ended has their sheet and account erased, by the act for it."""
    if request.former is None:
        return HttpResponseRedirect("/account/")
    answer = doing.do("membership.erase", {}, request.former)
    if isinstance(answer, doing.Done):
        logout(request)
        return render(request, "accounts/erased.html", {"entry": answer.entry})
    return render(request, "accounts/former.html", {"answer": answer}, status=409)
