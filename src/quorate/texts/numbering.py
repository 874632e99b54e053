"""Numbers that a word processor puts before items and headings: kept as they were seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

BULLET = "bullet"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered. ``kind``: decimal, lower-letter, upper-letter, lower-roman,
    upper-roman, bullet or none; ``pattern``: such as "%1.%2)", levels counted from 1."""

    kind: str
    pattern: str
    start: int = 1


@dataclass(slots=True)
class Counts:
    """How far each list has come: list → number by level."""

    reached: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, levels: Mapping[int, Level], depth: int) -> str:
        """The label of the list's next item at a level, "-" for a sign, "" for none."""
        level = levels.get(depth, Level(BULLET, ""))
        numbers = self.reached.setdefault(list_id, {})
        numbers[depth] = numbers.get(depth, level.start - 1) + 1
        for deeper in [d for d in numbers if d > depth]:
            del numbers[deeper]
        if level.kind == BULLET:
            return "-"
        if level.kind == NONE and "%" not in level.pattern:
            return level.pattern.strip()
        return _label(level.pattern, levels, numbers)

    def begin(self, list_id: str, depth: int, start: int) -> None:
        """The list's next item at this level bears the number ``start``."""
        self.reached.setdefault(list_id, {})[depth] = start - 1


def _label(pattern: str, levels: Mapping[int, Level], numbers: Mapping[int, int]) -> str:
    label = pattern
    for place in range(9, 0, -1):
        if f"%{place}" in label:
            level = levels.get(place - 1, Level("decimal", ""))
            number = numbers.get(place - 1, level.start)
            label = label.replace(f"%{place}", number_as(level.kind, number))
    return label.strip()


def number_as(kind: str, number: int) -> str:
    """A number as written in a kind of numbering."""
    if kind.endswith("letter") and number > 0:
        # Word goes on after z with aa, bb; so does Writer by default.
        sign = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
        return sign.upper() if kind.startswith("upper") else sign
    if kind.endswith("roman") and 0 < number < 4000:
        sign = _roman(number)
        return sign if kind.startswith("upper") else sign.lower()
    return "" if kind == NONE else str(number)


_ROMAN: Sequence[tuple[int, str]] = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out


def split_label(label: str) -> tuple[str, str]:
    """A label as Markdown's own ("3." or "-"), and what has to stand as text before the item:
    Markdown knows no "(a)" and no "2.1", so that these stay as they were seen."""
    bare = label.rstrip(".)")
    if bare.isascii() and bare.isdigit() and len(bare) <= 9 and len(label) == len(bare) + 1:
        return f"{int(bare)}.", ""
    return "-", "" if label == "-" else f"{label} "
