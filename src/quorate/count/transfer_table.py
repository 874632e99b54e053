"""What a stage passed on, as a table: to whom, how many papers, at what value, how many votes."""

from __future__ import annotations

from decimal import Decimal

from quorate.count.figures import figure
from quorate.count.sheet import Stage, Transfer
from quorate.count.side_tables import NOTHING, SideTable


def transfer_table(stage: Stage) -> SideTable | None:
    """A row for each value at which papers went to somebody, then for those that went to nobody,
    and the sum; None where the stage states no transfer.

    Whose papers they were is a column of its own where the stage moves those of several.
    """
    if not stage.transfers:
        return None
    several = any(one.of is not None for one in stage.transfers)
    rows = [
        (_to(one), *([one.of or stage.action.of or ""] if several else []), *_moved(one))
        for one in stage.transfers
    ]
    papers = sum(one.papers for one in stage.transfers)
    votes = sum((one.votes for one in stage.transfers), Decimal(0))
    total = ("Together", *([""] if several else []), f"{papers:,}", "", figure(votes))
    heads = ("To", *(["From"] if several else []), "Papers", "Each at", "Votes")
    return SideTable("Passed on", heads, (*rows, total))


def _to(one: Transfer) -> str:
    return one.to if one.to is not None else f"nobody: {one.why}"


def _moved(one: Transfer) -> tuple[str, str, str]:
    """Papers, the value of each, and votes; fractions that are ignored belong to no papers."""
    if not one.papers:
        return NOTHING, NOTHING, figure(one.votes)
    return f"{one.papers:,}", figure(one.value), figure(one.votes)
