"""Changing the e-mail address that an account signs in with.

The old address is told at once, and can stop the change. The new one has to say yes, and is used
only when the time for stopping is over; until then the old one signs in. A mailed link shows a
page; only pressing its button changes anything.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from quorate.chapters.calendar import DAY
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.store.models import Account, AddressChange
from quorate.store.people import member_by_mail
from quorate.web.accounts import keys
from quorate.web.api.tokens import end_tokens
from quorate.web.lane import lane
from quorate.web.letters import post

DAYS = 3
WAIT = DAYS * DAY
"""So long, in ms, the old address has to stop a change. It is the same for everyone: nobody can
set it shorter for somebody else's account."""

Outcome = Literal["waits", "changed", "taken", "gone"]


@dataclass(frozen=True, slots=True)
class _Secrets:
    confirm: str
    stop: str


def ask(account: Account, address: str, now: int) -> AddressChange:
    """Announces the change to the old address, then asks the new one. Raises NotSent.

    Without the announcement nothing changes. An earlier wish of this account is replaced, and its
    time starts anew.
    """
    drawn = _Secrets(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    change, _ = AddressChange.objects.update_or_create(
        account=account,
        defaults={
            "address": address,
            "asked": now,
            "confirmed": False,
            "confirm_digest": _digest(drawn.confirm),
            "stop_digest": _digest(drawn.stop),
        },
    )
    try:
        post.send(_announcement(account, change, drawn.stop))
        post.send(_question(account, change, drawn.confirm))
    except post.NotSent:
        change.delete()
        raise
    return change


def to_confirm(secret: str) -> AddressChange | None:
    """The change that this secret confirms; looking changes nothing."""
    return AddressChange.objects.filter(confirm_digest=_digest(secret)).first()


def to_stop(secret: str) -> AddressChange | None:
    """The change that this secret stops; looking changes nothing."""
    return AddressChange.objects.filter(stop_digest=_digest(secret)).first()


def confirm(change: AddressChange, state: State, now: int) -> Outcome:
    """The new address says yes."""
    if _taken(change, state):
        return "taken"
    if not AddressChange.objects.filter(pk=change.pk, asked=change.asked).update(confirmed=True):
        return "gone"
    settle(now)
    return "waits" if AddressChange.objects.filter(pk=change.pk).exists() else "changed"


def withdraw(change: AddressChange) -> None:
    """Whoever is signed in does not want the change any more."""
    AddressChange.objects.filter(pk=change.pk).delete()


def stop(change: AddressChange, remove: Iterable[int] = ()) -> list[str]:
    """The old address stops the change: whoever is signed in, and every program, is out.

    ``remove``: the keys, by number, that are to go too, as far as they may. Gives their names.
    """
    with transaction.atomic():
        AddressChange.objects.filter(pk=change.pk).delete()
        account = Account.objects.get(pk=change.account_id)
        removed = keys.remove(account, change, frozenset(remove))
        sign_out_everywhere(account)
    return removed


def sign_out_everywhere(account: Account) -> None:
    """Ends every session of the account, and every token with which programs act for it."""
    with transaction.atomic():
        account.set_unusable_password()  # sessions hang on it
        account.save(update_fields=["password"])
        end_tokens(account.member)


def settle(now: int) -> None:
    """Makes every change whose time has come. It may be called by several processes at once."""
    for change in AddressChange.objects.filter(confirmed=True, asked__lte=now - WAIT):
        _make(change, lane().standing.state)


def _make(change: AddressChange, state: State) -> None:
    with transaction.atomic():
        mine, _ = AddressChange.objects.filter(pk=change.pk, asked=change.asked).delete()
        if not mine or _taken(change, state):
            return
        account = Account.objects.get(pk=change.account_id)
        old, account.email = account.email, change.address
        account.save(update_fields=["email"])
        EmailAddress.objects.filter(user=account).delete()
        EmailAddress.objects.create(user=account, email=change.address, primary=True, verified=True)
    post.send_beside(
        post.Letter(
            old,
            "Your address was changed",
            f"From now on {change.address} signs in to your account, and this address does not.\n"
            f"You were told {DAYS} days ago. If you did not want it, speak to whoever runs\n"
            f"{settings.ADDRESS}\n",
        )
    )


def _taken(change: AddressChange, state: State) -> bool:
    others = Account.objects.filter(email__iexact=change.address).exclude(pk=change.account_id)
    by_sheet = member_by_mail(lane().place, state, change.address)
    account = Account.objects.get(pk=change.account_id)
    return others.exists() or by_sheet not in (None, account.member)


def _announcement(account: Account, change: AddressChange, secret: str) -> post.Letter:
    return post.Letter(
        account.email,
        "Your address is to be changed",
        f"Somebody who is signed in as you asked that {change.address}\n"
        "take the place of this address.\n\n"
        f"Was it you? Then there is nothing to do. This address signs in until\n"
        f"{on(change.asked + WAIT)}; after that the new one does, if it has said yes.\n\n"
        "Was it not you? Then stop it, and everyone who is signed in as you is signed out:\n"
        f"{settings.ADDRESS}/account/address/stop/{secret}\n",
    )


def _question(account: Account, change: AddressChange, secret: str) -> post.Letter:
    return post.Letter(
        change.address,
        "Is this your new address?",
        "A member asked to sign in with this address from\n"
        f"{on(change.asked + WAIT)} on. If that is you, say yes:\n"
        f"{settings.ADDRESS}/account/address/confirm/{secret}\n\n"
        "If it is not you, there is nothing to do.\n",
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
