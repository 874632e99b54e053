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
    "ers97/1": "single transferable vote by the Electoral Reform Society's rules of 1997",
    "meek-prf/1": "single transferable vote by Meek's method (the PR Foundation's rule)",
    "instant-runoff/1": "instant run-off",
    "plurality-at-large/1": "most votes",
    "plurality/1": "most votes",
    "slate-against-slate/1": "most votes for a slate",
    "slate-yes-no/1": "yes or no to the slate",
    "schulze/1": "comparing in pairs by Schulze's method",
    "ranked-pairs/1": "comparing in pairs, the strongest defeats first",
    "debian/1": "comparing in pairs as the Debian project does",
    "approval/1": "approval",
    "cumulative/1": "cumulative vote",
    "limited-vote/1": "limited vote",
    "dhondt/1": "seats for lists by d'Hondt",
    "sainte-lague/1": "seats for lists by Sainte-Laguë",
    "hare-niemeyer/1": "seats for lists by Hare and Niemeyer",
    "yes-no-abstain/1": "yes, no or abstention",
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


def asked_in_words(majority: Majority) -> str:
    """What a majority asks for, as its arithmetic says it: "more than half", "two thirds"."""
    share = share_in_words(write_share(majority.share))
    return f"more than {share}" if majority.strictly else share


def office_in_words(rulebook: Rulebook, name: str) -> str:
    """The title of a body or post, as a sentence has it."""
    if name in rulebook.bodies:
        return f"the {rulebook.bodies[name].title.lower()}"
    if name in rulebook.posts:
        return f"the {rulebook.posts[name].title.lower()}"
    return name


def many(number: int, one: str) -> str:
    """Such as "1 day", "3 days", "2 branches"."""
    return f"{number} {one if number == 1 else plural(one)}"


def plural(word: str) -> str:
    """Such as "branches", "locals", "assemblies"."""
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return f"{word[:-1]}ies"
    return f"{word}s"


def count_in_words(rule: str) -> str:
    """A counting rule in words, its name and version behind them, for it is they that count."""
    return f"{_COUNTS[rule]} ({rule})"
