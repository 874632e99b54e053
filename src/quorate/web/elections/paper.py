"""What a ballot may bear, as the election's rule and the rulebook say it."""

from __future__ import annotations

from quorate.chapters.elections.remembers import Election
from quorate.count.rules import RULES


def most_marks(election: Election) -> int | None:
    """How many crosses or points a ballot may bear; None where there is no such limit."""
    marks = RULES[election.count].marks
    if marks == "ranks" or election.count == "approval/1":
        return None
    return election.terms.marks or election.terms.points or election.seats


def reserved_in_words(election: Election) -> str:
    """Such as "At least 4 places are for women."; "" where none are reserved."""
    stated = election.terms
    if stated.reserved is None:
        return ""
    places = "1 place is" if stated.reserved == 1 else f"{stated.reserved} places are"
    return f"At least {places} for {stated.group}."
