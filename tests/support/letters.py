"""A real SMTP server on a free port of this machine; keeps what it is handed."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(slots=True)
class PostOffice:
    """``address``: host:port, as ``smtp`` in quorate.toml. ``letters``: in order of arrival."""

    address: str
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """What aiosmtpd calls for each message."""
        content = envelope.original_content or b""
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def letter_to(self, address: str, seconds: float = 10) -> EmailMessage:
        """The first letter to this address; fails if none comes in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for letter in self.letters:
                if address in str(letter["To"]):
                    return letter
            time.sleep(0.05)
        raise AssertionError(
            f"no letter to {address}; came: {[str(m['To']) for m in self.letters]}"
        )


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """An SMTP server for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = PostOffice(f"127.0.0.1:{port}")
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
