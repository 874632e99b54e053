"""One's own account page."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from quorate.chapters.membership.suspensions import to_come
from quorate.store.models import ApiToken
from quorate.web.accounts import addresses
from quorate.web.accounts.adapter import shown_lately
from quorate.web.acting import doing
from quorate.web.api import tokens
from quorate.web.membership.suspension import suspension
from quorate.web.templatetags.saying import when
from quorate.web.who import is_demo


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
