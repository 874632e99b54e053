"""Letters about a text that is to be erased: to those who judge it, its author, and who asked."""

from __future__ import annotations

from quorate.chapters.erasing.held import contribution_of
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


def asked(state: State, taken: Taken) -> Words:
    """To each judge, and to the author of the text."""
    act = taken.act
    request = next(
        one
        for one in state.erasing.requests.values()
        if (one.text, one.reason) == (act.text, act.reason)
    )
    contribution = contribution_of(state, act.text)
    own = contribution is not None and contribution.author == taken.member
    concerns = (
        "It is yours. Others decide; you can tell them what you know."
        if own
        else "You are one of those who judge it."
    )
    return Words(
        "Somebody asks that a text be erased",
        f"{names.name_of(state, taken.by)} asks that “{names.title_of(act.text)}” be erased.\n"
        f"{concerns} It is to be decided by {on(request.due)}.\n\n"
        f"{link(f'record/erasing#request-{request.number}')}",
    )


def decided(state: State, taken: Taken) -> Words:
    """To whoever asked, and to the author of the text."""
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
