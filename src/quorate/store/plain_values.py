"""What an act's fields may be made of, whoever hands them in: plain JSON values that a record,
a database and a page can hold. Said before anything else is looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import chain, groupby
from typing import Any

from quorate.direction import turned
from quorate.organisation import FieldFault
from quorate.record import canonical

DEPTH = 20
"""So many lists and objects at most may stand in each other."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HALF = re.compile(r"[\ud800-\udfff]")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Signs that are letters or symbols by their kind, and are drawn as nothing."""

_SURROGATES = range(0xD800, 0xE000)
_WITH_UNSEEN = (range(0x20000), range(0xE0000, 0xE1000))
"""The planes of Unicode that hold such signs: the others are ideographs, private, or empty."""

_ASCII = re.compile(r"[!-~]{1,100}")


def faults_in(fields: Mapping[str, Any], bodies: Container[str] = ()) -> tuple[FieldFault, ...]:
    """Every field that holds what nothing can hold, with the reason. ``bodies``: the paths of texts
    of several paragraphs, of which each is shown by itself."""
    return tuple(
        fault for name, value in fields.items() for fault in _named(name, value, "", 0, bodies)
    )


def _named(
    name: Any, value: Any, path: str, depth: int, bodies: Container[str]
) -> Iterator[FieldFault]:
    if not isinstance(name, str) or not _ASCII.fullmatch(name):
        shown = name if isinstance(name, str) else str(name)
        said = shown.encode("ascii", "backslashreplace").decode()[:100]
        yield FieldFault(_join(path, said), "names of fields are plain ASCII")
        return
    yield from _value(value, _join(path, name), depth, bodies)


def _value(value: Any, path: str, depth: int, bodies: Container[str]) -> Iterator[FieldFault]:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if what := _wrong_character(value, turning=path in bodies):
            yield FieldFault(path, what)
        elif blank(value):
            yield FieldFault(path, "holds nothing but blanks")
    elif isinstance(value, int):
        if abs(value) > canonical.LIMIT:
            yield FieldFault(path, "a number beyond 2^53 − 1")
    elif not isinstance(value, Mapping | list | tuple):
        yield FieldFault(path, "expected a text, a whole number, yes or no, a list or an object")
    elif depth == DEPTH:
        yield FieldFault(path, f"nested more than {DEPTH} deep")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _named(name, inner, path, depth + 1, bodies)
    else:
        for number, inner in enumerate(value):
            yield from _value(inner, f"{path}.{number}", depth + 1, bodies)


def _wrong_character(text: str, *, turning: bool) -> str:
    """What is wrong with the characters of a text; "" if nothing is. ``turning``: whether it may
    hold marks that turn the direction of writing."""
    if found := _CONTROL.search(text):
        which = f"U+{ord(found[0]):04X}"
        return f"holds the control character {which} (character {found.start() + 1:,})"
    if found := _HALF.search(text):
        return f"holds half a character, a lone surrogate (character {found.start() + 1:,})"
    return "" if turning else turned(text)


def blank(text: str) -> bool:
    """Whether something stands here of which nobody sees anything."""
    return bool(text) and all(map(_unseen, text))


def _unseen(sign: str) -> bool:
    """Whether it is drawn as nothing: spaces, controls, marks of format. What no font knows yet is
    drawn as a box."""
    category = unicodedata.category(sign)
    return sign in _UNSEEN or category[0] == "Z" or category in ("Cc", "Cf", "Cs")


@cache
def seen_pattern() -> str:
    """A regular expression for a sign that is drawn, by the same rule, for descriptions."""
    every = chain.from_iterable(_WITH_UNSEEN)
    unseen = [code for code in every if code not in _SURROGATES and _unseen(chr(code))]
    ranges = groupby(enumerate(unseen), key=lambda numbered: numbered[1] - numbered[0])
    return "[^" + "".join(_range([code for _, code in codes]) for _, codes in ranges) + "]"


def _range(codes: list[int]) -> str:
    first, last = (f"\\u{c:04x}" if c <= 0xFFFF else chr(c) for c in (codes[0], codes[-1]))
    return f"{first}-{last}"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
