"""Which e-mail addresses a letter can be sent to."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3, without the angle brackets)."""


def can_be_carried(address: str) -> bool:
    """Whether a letter to it can be composed: it is one address (RFC 5322, 3.4.1) and nothing more,
    and its domain has dots and can be written in ASCII (RFC 3490)."""
    local, _, domain = address.rpartition("@")
    if len(address) > LONGEST or "." not in domain:
        return False
    try:
        validate_email(address)
        written = f"{local}@{domain.encode('idna').decode('ascii')}"
        return Address(addr_spec=written).addr_spec == written
    except (ValidationError, ValueError, IndexError, AttributeError, MessageError):
        return False
