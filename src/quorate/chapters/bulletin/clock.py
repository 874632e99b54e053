"""When the bulletin takes contributions: between its opening and its closing, for a convention."""

from __future__ import annotations

from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.plain import on
from quorate.chapters.state import State


def open_for(state: State, time: int, *, more: int = 0) -> Convention | Refusal:
    """The convention that the bulletin is open for now, or why it is not.

    ``more``: ms for which it stays open to an author whom a refusal has cost that time.
    """
    convention = current(state)
    if convention is None or convention.opened is not None:
        return Refusal(
            "bulletin.opens",
            "No convention is called, so the bulletin is not open.",
            "Keep your text; it can be handed in when the next convention is called.",
        )
    if time < convention.dates.bulletin_opens:
        return Refusal(
            "bulletin.opens",
            f"The bulletin opens on {on(convention.dates.bulletin_opens)}.",
            "Keep your text until then.",
        )
    if time >= convention.dates.bulletin_closes + more:
        return Refusal(
            "bulletin.closes",
            f"The bulletin closed on {on(convention.dates.bulletin_closes)}.",
            "Speak to a delegate of your branch, or keep your text for the next convention.",
        )
    return convention
