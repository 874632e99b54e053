"""What django-allauth asks of the house: who signs in, how letters go out, how secrets are kept."""

from __future__ import annotations

import base64
import ipaddress
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from quorate.store import sealing
from quorate.web.lane import lane
from quorate.web.letters import post
from quorate.web.who import PLAYING

_SECRET = "account secret"


class Adapter(DefaultAccountAdapter):
    """Accounts are made for members when they first sign in; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Whoever signs in with an account of their own plays nobody else."""
        request.session.pop(PLAYING, None)
        super().login(request, user)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever has shown within the last five minutes who they are need not show it again."""
        if shown_lately(allauth_context.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends the letter beside the request."""
        name = lane().standing.state.rules.organisation.name
        told = {"request": allauth_context.request, "email": email, "organisation": name, **context}
        message = self.render_mail(template_prefix, email, told)
        post.send_beside(post.Letter(email, message.subject, str(message.body)))


def shown_lately(request: HttpRequest) -> bool:
    """Whether whoever is signed in has shown who they are within the last five minutes."""
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and authenticators bear the organisation's name; their secrets are sealed."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity = dict(super().get_public_key_credential_rp_entity())
        return {**entity, "name": lane().standing.state.rules.organisation.name}

    def encrypt(self, text: str) -> str:
        sealed = sealing.seal(lane().place.sealing_key, _SECRET, bytes(32), text.encode())
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return sealing.unseal(lane().place.sealing_key, _SECRET, sealed)[1].decode()


@receiver(authenticator_added)
def _shown_by_adding(request: HttpRequest, user: Any, **_: Any) -> None:
    """Who has just made a passkey or set up an authenticator has shown with it who they are."""
    record_authentication(request, user, method="mfa", reauthenticated=True)


def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether browsers make passkeys for this address: for a name, not for an IP address."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False
