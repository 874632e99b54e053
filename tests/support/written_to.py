"""What stands in letters that people have got."""

from __future__ import annotations

import re
import time
from email.message import EmailMessage

from support.letters import PostOffice


def letters_to(
    office: PostOffice, address: str, number: int, about: str = ""
) -> list[EmailMessage]:
    """The letters to this address with these words in the subject, when so many have come."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        found = [
            letter
            for letter in office.letters
            if str(letter["To"]) == address and about in str(letter["Subject"]).casefold()
        ]
        if len(found) >= number:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{number} letters to {address} did not come")


def code_in(letter: EmailMessage) -> str:
    """The code with which one signs in."""
    found = re.search(r"^ {4}(\S+)\s*$", letter.get_content(), re.M)
    assert found, letter.get_content()
    return found[1]
