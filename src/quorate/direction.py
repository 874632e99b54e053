"""Marks that turn the direction of writing (Unicode Technical Report 36, 2.7).

A title or a name that holds one can be shown as if it, or what stands after it, said something
else.
"""

from __future__ import annotations

import re

MARKS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
TURNING = r"\u202a-\u202e\u2066-\u2069"
"""The same, as a part of a pattern."""

_MARK = re.compile(f"[{TURNING}]")


def turned(line: str) -> str:
    """What is wrong with a title or a name; "" if nothing is."""
    found = _MARK.search(line)
    if found is None:
        return ""
    return (
        f"holds U+{ord(found[0]):04X}, which nobody sees and which turns the direction of writing "
        f"(character {found.start() + 1:,}): type it anew without"
    )


def straightened(text: str) -> str:
    """The text without such marks: for what nobody typed."""
    return _MARK.sub("", text)
