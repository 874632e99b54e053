"""Ranks as people write them: "1", "1st", "2nd choice", "Third preference", "Rank 4"."""

from __future__ import annotations

import re

_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")
_ASIDE = re.compile(r"\([^()]*\)")
_BESIDE = frozenset(
    {"st", "nd", "rd", "th", "choice", "preference", "pref", "rank", "ranking", "ranked", "place"}
)
_ORDINALS = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)


def rank_of(text: str) -> int | None:
    """The rank from 1 to 9999 that the text states, None if it is something else.

    What stands in parentheses does not count: "1 (most preferred)" is 1.
    """
    pieces = [p for p in _PIECES.findall(_ASIDE.sub("", text).lower()) if p not in _BESIDE]
    if len(pieces) != 1:
        return None
    if pieces[0] in _ORDINALS:
        return _ORDINALS.index(pieces[0]) + 1
    if not pieces[0].isdecimal() or len(pieces[0]) > 4 or "-" in text or "." in text.rstrip(". "):
        return None
    return int(pieces[0]) or None
