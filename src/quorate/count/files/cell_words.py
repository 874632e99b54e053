"""What a cell of a table says besides names: nothing, a cross, points, too many marks, write-ins.

Sources: Google Forms' exports; the cast-vote records of Minneapolis ("undervote", "overvote",
"UWI", "XXX"), Maine and New York City ("undervote", "overvote", "Write-in").
"""

from __future__ import annotations

import re

from quorate.count.choice_words import answers_yes_or_no
from quorate.count.files.rank_words import rank_of

_BLANK = frozenset({"", "–", "skipped", "undervote", "undervoted", "blank", "xxx"})
_NOBODY = _BLANK | {"n/a", "na", "none", "null"}
_UNRANKED = _NOBODY | {"unranked", "notranked", "nopreference", "noopinion"}
_OVERVOTE = frozenset({"overvote", "overvoted"})
_WRITE_IN = frozenset({"uwi", "writein", "writeins", "undeclaredwritein", "undeclaredwriteins"})
_TICK = frozenset({"x", "✓", "✔", "✗", "✘"})
_CROSS = _TICK | {"yes", "true", "marked"}
_NO_CROSS = frozenset({"0", "no", "false"})

POINTS = re.compile(r"([0-9]{1,4})( *(points?|votes?|pts?))?", re.IGNORECASE)


def key_of(text: str) -> str:
    """The text in small letters, without spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "", text).lower()


def is_blank(text: str) -> bool:
    """Whether the cell says that nobody is named."""
    return key_of(text) in _BLANK


def says_blank(text: str) -> bool:
    """The same in so many words, such as "undervote"."""
    return bool(key_of(text)) and is_blank(text)


def is_nobody(text: str) -> bool:
    """Whether a cell at a rank says that nobody is named there, also as programs say it."""
    return key_of(text) in _NOBODY


def is_unranked(text: str) -> bool:
    """Whether the cell says that this candidate has no rank and no points."""
    return key_of(text) in _UNRANKED


def is_overvote(text: str) -> bool:
    """Whether the cell says that several were named, nobody knows whom."""
    return key_of(text) in _OVERVOTE


def is_write_in(text: str) -> bool:
    """Whether the cell says that somebody was written in, and not who."""
    return key_of(text) in _WRITE_IN


def is_cross(text: str) -> bool:
    """Whether the cell is a cross, where crosses are asked for."""
    return key_of(text) in _CROSS or answers_yes_or_no(text) == "yes"


def is_no_cross(text: str) -> bool:
    """Whether the cell says that there is none."""
    return key_of(text) in _NO_CROSS or answers_yes_or_no(text) == "no"


def is_mark(text: str, *, crosses: bool = False) -> bool:
    """Whether a cell could be a rank, a tick, points, or nothing, and is no name.

    ``crosses``: "yes" and "no" are marks too.
    """
    key = key_of(text)
    if key in _UNRANKED | _TICK or POINTS.fullmatch(text.strip()):
        return True
    if crosses and (is_cross(text) or is_no_cross(text)):
        return True
    return all(rank_of(piece) for piece in re.split(r"[,;]", text))
