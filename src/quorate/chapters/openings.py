"""Openings: does an entry that opens sealed choices open just what was sealed?"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nsmallest
from typing import Annotated

from pydantic import Field

from quorate import commitments
from quorate.chapters.clause import OPENED_AT_ONCE, Refusal
from quorate.chapters.fields import Opening

Openings = Annotated[tuple[Opening, ...], Field(max_length=OPENED_AT_ONCE)]
Lost = Annotated[tuple[str, ...], Field(max_length=OPENED_AT_ONCE)]


def first(wanted: Mapping[str, str], at_once: int = OPENED_AT_ONCE) -> dict[str, str]:
    """The next choices to be opened together, in the order of whose they are."""
    return {whose: wanted[whose] for whose in nsmallest(at_once, wanted)}


def not_as_sealed(
    wanted: Mapping[str, str], openings: tuple[Opening, ...], lost: tuple[str, ...], rule: str
) -> Refusal | None:
    """None if each wanted choice is opened to its commitment, or named as lost."""
    named = [opening.whose for opening in openings] + list(lost)
    if sorted(named) != sorted(wanted):
        return Refusal(
            rule,
            "What is opened is not just what was sealed.",
            "Open every sealed choice once, or name it as lost.",
        )
    for opening in openings:
        salt = bytes.fromhex(opening.salt)
        if not commitments.opens(
            wanted[opening.whose], opening.choice.encode(), salt, commitments.CHOICE
        ):
            return Refusal(
                rule,
                f"The choice of {opening.whose} is not the one that was sealed.",
                "Open what was sealed.",
            )
    return None
