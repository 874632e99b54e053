"""Signing in by a code: whoever's address stands on a member's sheet has an account when they
first ask for one."""

from __future__ import annotations

from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from django.db import IntegrityError, transaction

from quorate.chapters.state import State
from quorate.store.models import Account
from quorate.store.people import CURRENT, member_by_mail
from quorate.web.accounts import addresses
from quorate.web.api.tokens import end_tokens
from quorate.web.lane import lane


class RequestCode(RequestLoginCodeForm):
    """The address to which a code goes. The answer is the same whether or not anyone has it."""

    def clean_email(self) -> str:
        request = context.request
        prepare(self.cleaned_data["email"], request.state, request.time)
        return str(super().clean_email())


def prepare(address: str, state: State, now: int) -> None:
    """Makes the account of the member with this address, where there is none yet.

    A member who has changed their address has an account already: what their sheet says does not
    sign in any more. ``now``: ms.
    """
    addresses.settle(now)
    address = address.strip().lower()
    member = member_by_mail(lane().place, state, address)
    if member is None or Account.objects.filter(member=member).exists():
        return
    known = Account.objects.filter(email__iexact=address).first()
    if known is not None:
        _come_back(known, member, state)
        return
    account = Account(email=address, member=member)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        return  # another process has just made it


def _come_back(account: Account, member: str, state: State) -> None:
    """Somebody who had left and was admitted anew: their account follows them."""
    before = state.membership.members.get(account.member or "")
    if before is not None and before.standing in CURRENT:
        return
    end_tokens(account.member)
    account.member = member
    account.save(update_fields=["member"])
