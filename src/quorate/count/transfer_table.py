"""What a stage passed on, as a table: to whom, how many papers, at which values, how many votes."""

from __future__ import annotations

from decimal import Decimal

from quorate.count.figures import figure
from quorate.count.sheet import Stage, Transfer
from quorate.count.side_tables import NOTHING, SideTable


def transfer_table(stage: Stage) -> SideTable | None:
    """A row for everybody who received papers, then for what went to nobody, and the sum; None
    where the stage states no transfer.

    Papers at several values stand as "24 × 1.00000, 3 × 0.02051", the papers before the value of
    each. Whose papers they were is a column of its own where the stage moves those of several.
    """
    if not stage.transfers:
        return None
    several = any(one.of is not None for one in stage.transfers)
    groups: dict[tuple[str, str], list[Transfer]] = {}
    for one in stage.transfers:
        groups.setdefault((_to(one), one.of or ""), []).append(one)
    rows = [
        (to, *([of or stage.action.of or ""] if several else []), *_moved(moved))
        for (to, of), moved in groups.items()
    ]
    papers, votes = _sums(stage.transfers)
    total = ("Together", *([""] if several else []), papers, "", votes)
    heads = ("To", *(["From"] if several else []), "Papers", "Papers × value", "Votes")
    return SideTable("Passed on", heads, (*rows, total))


def _to(one: Transfer) -> str:
    return one.to if one.to is not None else f"nobody: {one.why}"


def _moved(moved: list[Transfer]) -> tuple[str, str, str]:
    """Papers, how many at which value, and votes; fractions that are ignored have no papers."""
    papers, votes = _sums(moved)
    at: dict[Decimal, int] = {}
    for one in moved:
        at[one.value] = at.get(one.value, 0) + one.papers
    parts = [f"{number:,} × {figure(value)}" for value, number in at.items() if number]
    return (papers, ", ".join(parts), votes) if parts else (NOTHING, NOTHING, votes)


def _sums(moved: list[Transfer] | tuple[Transfer, ...]) -> tuple[str, str]:
    votes = sum((one.votes for one in moved), Decimal(0))
    return f"{sum(one.papers for one in moved):,}", figure(votes)
