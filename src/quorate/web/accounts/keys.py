"""An account's keys besides its mail: passkeys, an authenticator, recovery codes; and which of them
the old address may remove when it stops a change that its owner did not ask for.

Whoever was signed in as somebody can have left a key behind: an authenticator that locks the owner
out, a passkey that signs the other in again. So the letter that stops the change offers to remove
them. But the owner's own keys are there to keep out whoever reads their mail, and that letter is
mail. What tells the two apart is time: each new key is announced by letter, so one that was made
more than two weeks before the change has been left standing by whoever reads the mail. It is shown,
and only somebody who is signed in with it can remove it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator

from quorate.store.models import Account, AddressChange

RECENT = timedelta(days=14)
"""A key made no longer than this before the change was asked for may be removed by its letter."""

_CALLED = {
    Authenticator.Type.TOTP: "An authenticator",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


@dataclass(frozen=True, slots=True)
class Key:
    """``removable``: whether the letter to the old address can remove it."""

    number: int
    called: str
    made: datetime
    used: datetime | None
    removable: bool


def keys_of(account: Account, change: AddressChange) -> tuple[Key, ...]:
    """Every key of the account, the newest first."""
    since = datetime.fromtimestamp(change.asked / 1000, UTC) - RECENT
    return tuple(
        Key(row.pk, _called(row), row.created_at, row.last_used_at, row.created_at >= since)
        for row in Authenticator.objects.filter(user=account).order_by("-created_at", "-pk")
    )


def remove(account: Account, change: AddressChange, numbers: frozenset[int]) -> list[str]:
    """Removes those of these keys that the letter may remove; gives their names.

    Recovery codes stand in for other keys: with the last of those they go too.
    """
    gone = [key for key in keys_of(account, change) if key.removable and key.number in numbers]
    Authenticator.objects.filter(user=account, pk__in=[key.number for key in gone]).delete()
    left = Authenticator.objects.filter(user=account)
    if gone and not left.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        left.delete()
    return [key.called for key in gone]


def _called(row: Authenticator) -> str:
    if row.type == Authenticator.Type.WEBAUTHN:
        return f"The passkey “{row.wrap().name}”"
    return _CALLED[row.type]
