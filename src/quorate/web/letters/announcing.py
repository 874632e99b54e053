"""The letter that tells a member what was done in their name."""

from __future__ import annotations

from textwrap import fill

from quorate.chapters.plain import counted, on
from quorate.record.entry import Entry
from quorate.store.announcing import Announced
from quorate.web.acting.titles import TITLES
from quorate.web.letters.words import Words, link

MOST = 40
"""A letter lists so many acts, and counts the earlier ones."""


def announcing(announced: Announced) -> Words:
    """To whoever is said to have done it. What they voted is not in it: letters lie about."""
    acts = announced.acts
    lines = [_line(act) for act in acts[:MOST]]
    if len(acts) > MOST:
        lines.append(f"- and {counted(len(acts) - MOST, 'more', 'more')} before these")
    what = TITLES[acts[0].name].heading if len(acts) == 1 else counted(len(acts), "act")
    told = "\n".join(reversed(lines))
    alarm = fill(
        "If it was you, there is nothing to do. If it was not, somebody acted in your name: tell "
        "your branch at once.",
        88,
    )
    return Words(
        f"Done in your name: {what}",
        f"This stands in the record as done by you:\n\n{told}\n\n{alarm}\n\n"
        f"Your receipts, and what is said to be yours:\n{link('account/receipts')}",
    )


def _line(act: Entry) -> str:
    signed = act.occasion.signed
    by = f", signed with your device {signed.device[:8]}" if signed else ""
    return (
        f"- {on(act.occasion.time)}: {TITLES[act.name].heading} "
        f"(entry {act.occasion.sequence:,}{by})"
    )
