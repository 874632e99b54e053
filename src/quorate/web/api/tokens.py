"""Who may use the API: a signed-in member, or a program with a token that a member made for it.

A token's text is shown once; the database holds its hash. It ends by itself: a token that nobody
remembers, in a program that nobody looks after, would else act in a member's name for ever.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from ninja.security.base import AuthBase

from quorate.store.asking import ask
from quorate.store.models import ApiToken
from quorate.store.people import CURRENT

TERM = timedelta(days=90)
"""So long a token lasts: from the call to a convention to its close is hardly longer, so a program
is asked after once a season. It is the same for everyone; a new token is made in a minute."""

_EVERY = timedelta(days=1)
"""Its last use is written down once a day: a burst of votes must not write twice as much."""


def make_token(member: str, name: str) -> str:
    """A new token for the member; only its hash is kept."""
    ApiToken.objects.filter(member=member, made__lte=timezone.now() - TERM).delete()
    text = secrets.token_urlsafe(32)
    ApiToken.objects.create(digest=_digest(text), member=member, name=name[:100])
    return text


def tokens_of(member: str) -> QuerySet[ApiToken]:
    """The tokens with which programs can act for the member now, the oldest first."""
    return _alive().filter(member=member).order_by("made")


def ends(token: ApiToken) -> datetime:
    """When the token ends."""
    return token.made + TERM


def end_tokens(member: str | None) -> None:
    """No program can act for the member any more."""
    ApiToken.objects.filter(member=member or "").delete()


def _whose(text: str) -> str | None:
    """Whose token has this text, its use written down; None if there is none, or it has ended."""
    now, digest = timezone.now(), _digest(text)
    written = connection.ops.adapt_datetimefield_value
    rows = ask(_WHOSE, [written(now - _EVERY), digest, written(now - TERM)])
    if not rows:
        return None
    ((member, said_today),) = rows
    if not said_today:
        unsaid = Q(used=None) | Q(used__lte=now - _EVERY)
        ApiToken.objects.filter(unsaid, digest=digest).update(used=now)
    return str(member)


_WHOSE = "SELECT member, used > %s FROM store_apitoken WHERE digest = %s AND made > %s"


def _alive() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(made__gt=timezone.now() - TERM)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ACTS = ("/api/acts", "/api/acts/prepare")
"""Where acts are handed in, and prepared to be signed."""


class TokenOrSession(AuthBase):
    """A bearer token, or a session with Django's protection against forged requests."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> str | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and text:
            member = request.state.membership.members.get(_whose(text.strip()) or "")
            if member is None or member.erased:
                return None
            current = member.standing in CURRENT
            request.member = member.id if current else None
            request.former = None if current else member.id
        else:
            refusal = CsrfViewMiddleware(lambda _: None).process_view(request, None, (), {})
            if refusal is not None:
                return None
        # Whose membership has ended reads no more than anyone; what they may still do, they can.
        return request.member or (request.former if request.path in ACTS else None)
