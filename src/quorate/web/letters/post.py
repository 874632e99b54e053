"""Sending a letter: at once, or beside the request that asked for it."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

_LOG = logging.getLogger("quorate.letters")
_BESIDE = ThreadPoolExecutor(max_workers=2, thread_name_prefix="letters")


class NotSent(Exception):
    """The mail server did not take the letter; says what it said."""


@dataclass(frozen=True, slots=True)
class Letter:
    """``number``: its own for ever ("" for one drawn by chance); a letter sent again under it is
    the same letter."""

    to: str
    subject: str
    text: str
    number: str = ""


def send(letter: Letter) -> None:
    """Hands the letter to the mail server, or puts it into the folder. Raises NotSent."""
    sender = settings.DEFAULT_FROM_EMAIL
    headers = {}
    if letter.number:
        headers["Message-ID"] = f"<{letter.number}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(
        " ".join(letter.subject.split()), letter.text, sender, [letter.to], headers=headers
    )
    try:
        message.send()
    except (OSError, SMTPException) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from None


def send_beside(letter: Letter) -> None:
    """Sends the letter while the page is answered.

    So nobody can tell by how long a page takes whether a letter went out, that is, whether an
    address is a member's. What goes wrong stands in the server's own output.
    """
    _BESIDE.submit(_send_and_say, letter)


def _send_and_say(letter: Letter) -> None:
    try:
        send(letter)
    except NotSent as error:
        _LOG.error("A letter was not sent (%s): %s", letter.subject, error)
