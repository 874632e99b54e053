"""Letters about a refused text: to its author, and to those who judge an appeal."""

from __future__ import annotations

from quorate.chapters.bulletin.appeal import rules_for
from quorate.chapters.calendar import DAY
from quorate.chapters.plain import on
from quorate.chapters.rights import title_of
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


def refused(state: State, taken: Taken) -> Words:
    """To the author: by whom, why, and until when they can appeal."""
    number = taken.act.contribution
    title = names.contribution_title(state, number)
    rules = rules_for(state, number).bulletin
    refusal = next(
        one
        for one in state.bulletin.contributions[number].refusals
        if one.version == taken.act.version
    )
    reason = rules.refusal_reasons.get(refusal.reason, refusal.reason)
    until = refusal.time + rules.appeal_within * DAY
    return Words(
        f"“{title}” was refused",
        f"{names.name_of(state, taken.by)} has refused your text “{title}”, for this reason of\n"
        f"the rulebook: {reason}\n\n"
        f"You can read what they wrote, and appeal to {title_of(state, rules.appeal_to)}\n"
        f"until {on(until)}:\n"
        f"{link(f'bulletin/{number}')}\n\n"
        f"An appeal that is not decided within {rules.appeal_decided_within} days counts as won.",
    )


def appeal_waits(state: State, taken: Taken) -> Words:
    """To each judge."""
    number = taken.act.contribution
    title = names.contribution_title(state, number)
    refusal = state.bulletin.contributions[number].refusal
    appeal = None if refusal is None else refusal.appeal
    due = "" if appeal is None else f" It counts as won if it is not decided by {on(appeal.due)}."
    return Words(
        f"An appeal waits for your judgement: “{title}”",
        f"{names.name_of(state, taken.by)} appeals against the refusal of “{title}”.\n"
        f"You are one of those who judge it.{due}\n\n"
        f"Read the text, the refusal and the appeal, and say what you find:\n"
        f"{link(f'bulletin/{number}')}",
    )


def appeal_decided(state: State, taken: Taken) -> Words:
    """To the author: how it ended, and whether because nobody decided it in time."""
    number = getattr(taken.act, "contribution", 0) or taken.act.of
    title = names.contribution_title(state, number)
    refusal = state.bulletin.contributions[number].refusal
    appeal = None if refusal is None else refusal.appeal
    won = appeal is not None and appeal.decision == "upheld"
    why = " It was not decided in time, and counts as won." if appeal and appeal.by_default else ""
    found = (
        "Your appeal was upheld: the refusal is overturned, and your text stands."
        if won
        else "Your appeal was dismissed: the refusal stands. Your text stays listed as refused,\n"
        "with the reason, where everybody can read it."
    )
    return Words(
        f"Your appeal about “{title}” is decided",
        f"{found}{why}\n\n{link(f'bulletin/{number}')}",
    )
