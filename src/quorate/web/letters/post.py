"""Sending a letter: at once, or beside the request that asked for it."""

from __future__ import annotations

import logging
import re
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

_ADDRESS = re.compile(r"[^\s@]*@[^\s@]*")
_LOG = logging.getLogger("quorate.letters")
_BESIDE = ThreadPoolExecutor(max_workers=2, thread_name_prefix="letters")


class NotSent(Exception):
    """The letter could not be composed, or the mail server did not take it; says why, and not to
    which address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """``number``: its own for ever ("" for one drawn by chance); a letter sent again under it is
    the same letter."""

    to: str
    subject: str
    text: str
    number: str = ""


def send(letter: Letter) -> None:
    """Hands the letter to the mail server, or puts it into the folder. Raises NotSent, whatever
    goes wrong: it concerns this letter only."""
    sender = settings.DEFAULT_FROM_EMAIL
    headers = {}
    if letter.number:
        headers["Message-ID"] = f"<{letter.number}@{sender.rpartition('@')[2]}>"
    try:
        message = EmailMessage(
            " ".join(letter.subject.split()), letter.text, sender, [letter.to], headers=headers
        )
        message.send()
    except Exception as error:
        raise NotSent(without_address(error)) from None


def without_address(error: Exception) -> str:
    """What went wrong, for the server's output, which is no place for an address."""
    what = type(error).__name__
    if isinstance(error, SMTPRecipientsRefused):
        return f"{what}: {', '.join(str(code) for code, _ in error.recipients.values())}"
    if isinstance(error, OSError):  # a mail server's answer is one too
        return f"{what}: {_ADDRESS.sub('(an address)', str(error))}"
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return what + "".join(f" in {frame.name}, {frame.filename}:{frame.lineno}" for frame in last)


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
