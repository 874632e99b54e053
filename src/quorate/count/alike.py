"""Names that may be one person's: they differ in nothing but capitals and spaces."""

from __future__ import annotations

from collections.abc import Iterable

from quorate.count.sheet import listed


def alike(names: Iterable[str]) -> tuple[str, ...]:
    """A remark on each group of such names, in the order of the paper; none for most papers."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault("".join(name.split()).casefold(), []).append(name)
    return tuple(
        f"{listed(f'“{name}”' for name in group)} differ only in capitals or spaces; they are "
        f"counted as {len(group)} candidates. If they are one, correct the file and count again."
        for group in groups.values()
        if len(group) > 1
    )
