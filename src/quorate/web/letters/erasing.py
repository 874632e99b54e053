"""Letters about a text that is to be erased: to judges, to those whom it concerns, to who asked."""

from __future__ import annotations

from quorate.chapters.erasing.held import contributions_of
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.store.letters_owed import request_of
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


def asked(state: State, taken: Taken) -> Words:
    """To each judge, and to whoever wrote the text or is named by it. What is to go is not
    repeated: letters lie about."""
    request = request_of(state, taken.act)
    written = state.erasing.written[request.text]
    contributions = contributions_of(state, request.text)
    if written.by == taken.member:
        concerns = "You wrote it. Others decide; you can tell them what you know."
    elif written.about == taken.member:
        concerns = "It is about you or a text of yours. Others decide; you can tell them."
    else:
        concerns = "You are one of those who judge it."
    which = f"the text of contribution {contributions[0].number}" if contributions else "a text"
    return Words(
        "Somebody asks that a text be erased",
        f"{names.name_of(state, taken.by)} asks that {which} be erased.\n"
        f"{concerns} It is to be decided by {on(request.due)}.\n\n"
        f"{link(f'record/erasing#request-{request.number}')}",
    )


def decided(state: State, taken: Taken) -> Words:
    """To whoever asked, wrote the text or is named by it."""
    number = getattr(taken.act, "request", None) or taken.act.of
    request = state.erasing.requests[number]
    if request.decision == "upheld":
        what = "The text is erased. That it was there, and who decided this, stays in the record."
    else:
        what = "The text stays."
    why = " Nobody had decided it in time." if request.by_default else ""
    return Words(
        f"Request {number} to erase a text is decided",
        f"{what}{why}\n\n{link(f'record/erasing#request-{number}')}",
    )
