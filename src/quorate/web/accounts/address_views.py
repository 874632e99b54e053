"""The pages of changing an address: asking, saying yes, stopping."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quorate.store.models import Account, AddressChange
from quorate.web.accounts import addresses, keys
from quorate.web.letters.post import NotSent
from quorate.web.whole import whole_number


class NewAddress(forms.Form):
    """``account``: whose address is to be changed."""

    email = forms.EmailField(label="New e-mail address", max_length=254)

    def __init__(self, *given: object, account: Account, **named: object) -> None:
        super().__init__(*given, **named)
        self.account = account

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).strip().lower()
        if address == self.account.email.lower():
            raise forms.ValidationError("You sign in with this address already.")
        return address


@never_cache
@login_required
@reauthentication_required(app="allauth.mfa")
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """The address that signs in, the one that waits, and the form for another."""
    addresses.settle(request.time)
    account = Account.objects.get(pk=request.user.pk)
    form = NewAddress(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            addresses.ask(account, form.cleaned_data["email"], request.time)
        except NotSent:
            form.add_error(
                "email",
                "No letter could be sent, so nothing was changed. Try again later, and tell "
                "whoever runs the server.",
            )
        else:
            messages.info(request, "Two letters are on their way: to your old and new address.")
            return HttpResponseRedirect("/account/address/")
    change = AddressChange.objects.filter(account=account).first()
    context = {
        "form": form,
        "account": account,
        "change": change,
        "from_then": change.asked + addresses.WAIT if change else None,
        "days": addresses.DAYS,
    }
    return render(request, "accounts/address.html", {"section": "more", **context})


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in does not want their address changed after all."""
    change = AddressChange.objects.filter(account_id=request.user.pk).first()
    if change is not None:
        addresses.withdraw(change)
        messages.info(request, "Your address stays as it is.")
    return HttpResponseRedirect("/account/address/")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link to the new address; its button says yes."""
    change = addresses.to_confirm(secret)
    if change is None:
        return render(request, "accounts/address_gone.html", status=404)
    context: dict[str, object] = {"change": change, "from_then": change.asked + addresses.WAIT}
    if request.method == "POST":
        context["outcome"] = addresses.confirm(change, request.state, request.time)
    elif change.confirmed:
        context["outcome"] = "waits"
    return render(request, "accounts/address_confirm.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link to the old address; its button stops the change."""
    change = addresses.to_stop(secret)
    if change is None:
        return render(request, "accounts/address_gone.html", status=404)
    if request.method == "POST":
        chosen = [whole_number(number) for number in request.POST.getlist("remove")]
        removed = addresses.stop(change, [number for number in chosen if number is not None])
        context = {"change": change, "removed": removed}
        return render(request, "accounts/address_stopped.html", context)
    found = keys.keys_of(change.account, change)
    context = {"change": change, "keys": found, "days": keys.RECENT.days}
    return render(request, "accounts/address_stop.html", context)
