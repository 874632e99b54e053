"""A thing that waits for somebody, or that somebody owes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that waits. ``until``: ms."""

    title: str
    detail: str
    address: str
    button: str
    until: int | None = None
    late: bool = False

    @property
    def short(self) -> str:
        """The detail as a line goes on after it, with a date."""
        return self.detail.removesuffix(".")
