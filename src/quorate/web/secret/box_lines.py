"""What pages show of a ballot box's trustees: who has done what of it."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.state import State
from quorate.web.elections.naming import title_of
from quorate.web.secret import box_steps
from quorate.web.secret.views import Line


@dataclass(frozen=True, slots=True)
class BoxShown:
    """A box on the page of a trustee. ``title``: the election's. ``due``: until when (ms) it has to
    be opened, once it is closed."""

    box: Box
    title: str
    due: int | None
    lines: list[Line]


def lines(state: State, box: Box, now: int) -> list[Line]:
    """The trustees in their places, and what each has done of this box."""
    trustees = state.secret.registers[box.register].trustees
    found = []
    for place, trustee in enumerate(trustees, 1):
        after = box_steps.next_of(state, box, place, now)
        turn = after.step in ("shuffle", "open") and not after.turn
        found.append(Line(trustee, place, box_steps.done_by(box, place), turn, names=False))
    return found


def shown(state: State, box: Box, now: int) -> BoxShown:
    title = title_of(state.elections.elections[box.election])
    return BoxShown(box, title, box_steps.opened_by(box), lines(state, box, now))


def of_register(state: State, register: Register, now: int) -> list[BoxShown]:
    """Those of all elections by this register, in the order of their calls."""
    return [
        shown(state, box, now)
        for _, box in sorted(state.secret.boxes.items())
        if box.register == register.number
    ]
