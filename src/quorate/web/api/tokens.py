"""Who may use the API: a signed-in member, or a program with a token that a member made for it.

A token's text is shown once; the database holds its hash.
"""

from __future__ import annotations

import hashlib
import secrets

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security.base import AuthBase

from quorate.store.models import ApiToken
from quorate.store.people import CURRENT


def make_token(member: str, name: str) -> str:
    """A new token for the member; only its hash is kept."""
    text = secrets.token_urlsafe(32)
    ApiToken.objects.create(digest=_digest(text), member=member, name=name[:100])
    return text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ACTS = "/api/acts"
"""Where acts are handed in."""


class TokenOrSession(AuthBase):
    """A bearer token, or a session with Django's protection against forged requests."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> str | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and text:
            token = ApiToken.objects.filter(digest=_digest(text.strip())).first()
            if token is None:
                return None
            member = request.state.membership.members.get(token.member)
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
        return request.member or (request.former if request.path == ACTS else None)
