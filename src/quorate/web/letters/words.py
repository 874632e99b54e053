"""What a letter says, before it is addressed."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Words:
    """``text``: the letter without the organisation's name below it."""

    subject: str
    text: str


def link(path: str) -> str:
    """The whole address of one of the organisation's pages."""
    return f"{settings.ADDRESS}/{path}"
