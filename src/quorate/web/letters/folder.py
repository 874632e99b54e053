"""Letters as files, where no mail server is set: one a letter, readable by any mail program."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each letter whole or not at all. A letter sent again replaces itself: the file is
    named after the letter's number (its Message-ID)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(exist_ok=True)
        for letter in email_messages:
            message = letter.message()
            number = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:20]
            part = folder / f".{number}.part"
            part.write_bytes(message.as_bytes())
            os.replace(part, folder / f"{number}.eml")
        return len(email_messages)
