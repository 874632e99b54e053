"""Letters about a refused text: to its author, and to those who judge an appeal."""

from __future__ import annotations

from collections.abc import Iterable

from quorate.chapters.bulletin.contested import appeal_until, rules_for
from quorate.chapters.bulletin.remembers import Appeal, BulletinRefusal, Contribution
from quorate.chapters.plain import on
from quorate.chapters.rights import title_of
from quorate.chapters.state import State
from quorate.store.letters_owed import appealed, judged
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


def refused(state: State, taken: Taken) -> Words:
    """To the author: by whom, why, and until when they can appeal."""
    number = taken.act.contribution
    title = names.contribution_title(state, number)
    rules = rules_for(state, number).bulletin
    found = state.bulletin.contributions[number]
    refusal = next(one for one in found.refusals if one.version == taken.act.version)
    reason = rules.refusal_reasons.get(refusal.reason, refusal.reason)
    return Words(
        f"“{title}” was refused",
        f"{names.name_of(state, taken.by)} has refused your text “{title}”"
        f"{_which(found, refusal)}, for this reason of\n"
        f"the rulebook: {reason}\n\n"
        f"You can read what they wrote, and appeal to {title_of(state, rules.appeal_to)}\n"
        f"until {on(appeal_until(state, found, refusal))}:\n"
        f"{link(f'bulletin/{number}')}\n\n"
        f"An appeal that is not decided within {rules.appeal_decided_within} days counts as won.",
    )


def _which(contribution: Contribution, refusal: BulletinRefusal) -> str:
    """Which version was refused, where there are several."""
    if len(contribution.versions) == 1:
        return ""
    return f" (version {contribution.numbered(refusal.version)})"


def appeal_waits(state: State, taken: Taken) -> Words:
    """To each judge."""
    number = taken.act.contribution
    title = names.contribution_title(state, number)
    found = appealed(state, taken.act)
    which = due = ""
    if found is not None:
        refusal, appeal = found
        which = _which(state.bulletin.contributions[number], refusal)
        due = f" It counts as won if it is not decided by {on(appeal.due)}."
    return Words(
        f"An appeal waits for your judgement: “{title}”",
        f"{names.name_of(state, taken.by)} appeals against the refusal of “{title}”{which}.\n"
        f"You are one of those who judge it.{due}\n\n"
        f"Read the text, the refusal and the appeal, and say what you find:\n"
        f"{link(f'bulletin/{number}')}",
    )


def appeal_judged(state: State, taken: Taken) -> Words:
    """To the author: how the appeal ended that this judgement decided."""
    number = taken.act.contribution
    appeal = judged(state, taken.act, taken.by)
    every = state.bulletin.contributions[number].refusals
    return _decided(state, number, [one for one in every if one.appeal is appeal])


def appeal_upheld(state: State, taken: Taken) -> Words:
    """To the author: how each of the text's appeals ended, of which one was not decided in time."""
    number = taken.act.of
    return _decided(state, number, state.bulletin.contributions[number].refusals)


def _decided(state: State, number: int, refusals: Iterable[BulletinRefusal]) -> Words:
    title = names.contribution_title(state, number)
    contribution = state.bulletin.contributions[number]
    found = "\n\n".join(
        _how(one.appeal, _which(contribution, one))
        for one in refusals
        if one.appeal is not None and one.appeal.decision is not None
    )
    return Words(
        f"Your appeal about “{title}” is decided", f"{found}\n\n{link(f'bulletin/{number}')}"
    )


def _how(appeal: Appeal, which: str) -> str:
    """How an appeal ended, and whether because nobody decided it in time."""
    why = " It was not decided in time, and counts as won." if appeal.by_default else ""
    if appeal.decision == "upheld":
        return (
            f"Your appeal{which} was upheld: the refusal is overturned, and your text stands.{why}"
        )
    return (
        f"Your appeal{which} was dismissed: the refusal stands. Your text stays listed as\n"
        f"refused, with the reason, where everybody can read it.{why}"
    )
