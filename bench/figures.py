"""A measured figure beside its baseline, as a row of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``ratio``: of ours to what stands beside it, both measured in the same run."""

    what: str
    ours: str
    beside: str
    ratio: str
