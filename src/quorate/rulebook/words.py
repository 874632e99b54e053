"""Shares, majorities, offices and counting rules, as a sentence of the standing orders has them."""

from __future__ import annotations

from quorate.rulebook.fractions import write_share
from quorate.rulebook.schema import Majority, Rulebook

_WORDS = {
    "1/2": "half",
    "1/3": "one third",
    "2/3": "two thirds",
    "3/4": "three quarters",
    "3/5": "three fifths",
    "4/5": "four fifths",
    "1/4": "one quarter",
}

_COUNTS = {
    "scottish-stv/1": "single transferable vote, as in Scotland",
    "meek-nz/1": "single transferable vote by Meek's method",
    "instant-runoff/1": "instant run-off",
    "plurality-at-large/1": "most votes",
    "plurality/1": "most votes",
    "slate-against-slate/1": "most votes for a slate",
    "slate-yes-no/1": "yes or no to the slate",
}


def share_in_words(text: str) -> str:
    """ "2/3" → "two thirds"; "3%" stays."""
    return _WORDS.get(text, text)


def majority_in_words(majority: Majority) -> str:
    """Such as "more than half of the votes for and against"."""
    base = {
        "cast": "the votes for and against",
        "voting": "all votes, abstentions included",
        "present": "the seats present",
        "seats": "all seats",
    }[majority.of]
    how = "more than " if majority.strictly else "at least "
    return f"{how}{share_in_words(write_share(majority.share))} of {base}"


def office_in_words(rulebook: Rulebook, name: str) -> str:
    """The title of a body or post, as a sentence has it."""
    if name in rulebook.bodies:
        return f"the {rulebook.bodies[name].title.lower()}"
    if name in rulebook.posts:
        return f"the {rulebook.posts[name].title.lower()}"
    return name


def many(number: int, one: str) -> str:
    """Such as "1 day", "3 days"."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def count_in_words(rule: str) -> str:
    """A counting rule in words, its name and version behind them, for it is they that count."""
    return f"{_COUNTS[rule]} ({rule})"
