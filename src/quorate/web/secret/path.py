"""The path of a register of voting keys, as a picture: keys, claims, mix, roll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.chapters.plain import counted
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.web.secret import steps


@dataclass(frozen=True, slots=True)
class PathStep:
    """For parts/path.html. ``time``: ms."""

    label: str
    detail: str
    state: Literal["done", "now", "to-come", "late", "ended"]
    time: int | None = None


def path(state: State, shown: Register, now: int) -> list[PathStep]:
    """The steps, the one that is under way marked."""
    size = len(shown.trustees)
    keys = sum(bool(one.voutput) for one in shown.trustees)
    mixed = min(len(shown.mixes), shown.rules.needed)
    parts = (
        ("Trustees’ keys", f"{keys} of {size} trustees are ready", bool(shown.description)),
        (
            "Claims",
            f"{counted(len(shown.claims), 'key')} claimed of {steps.could_claim(state, shown)}",
            shown.closed is not None,
        ),
        (
            "Mixing",
            f"{mixed} of {shown.rules.needed} trustees have mixed",
            mixed == shown.rules.needed,
        ),
        (
            "Decrypting",
            f"{len(shown.decryptions)} of {size} trustees have decrypted",
            len(shown.decryptions) == size,
        ),
        ("The roll", f"{counted(shown.size, 'key')}" if shown.roll else "", bool(shown.roll)),
    )
    under_way = next((n for n, (_, _, done) in enumerate(parts) if not done), len(parts))
    return [
        PathStep(
            label,
            detail if place <= under_way else "",
            at(place, under_way, steps.due(state, shown), now, ended=bool(shown.void)),
            steps.due(state, shown) if place == under_way else None,
        )
        for place, (label, detail, _) in enumerate(parts)
    ]


def at(
    place: int, under_way: int, due: int | None, now: int, *, ended: bool
) -> Literal["done", "now", "to-come", "late", "ended"]:
    """The state of the step in this place. ``due``: ms, of the one that is under way; ``ended``: it
    goes no further."""
    if place != under_way:
        return "done" if place < under_way else "to-come"
    if ended:
        return "ended"
    return "late" if due is not None and now > due else "now"
