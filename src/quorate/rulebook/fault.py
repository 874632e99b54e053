"""What is wrong with a rulebook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a rulebook: at which dotted path, and what."""

    path: str
    what: str
