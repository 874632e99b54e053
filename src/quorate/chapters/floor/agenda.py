"""The agenda: every admitted proposal, in the order that the rulebook computes.

What was referred comes first, then the others by number or by lot; an amendment stands right
before what it amends.
"""

from __future__ import annotations

from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import State
from quorate.count.lot import drawn_order


def order(state: State, convention: Convention) -> tuple[int, ...]:
    """The numbers of the proposals in the order of debate, as things stand."""
    returned = tuple(
        number
        for number, task in sorted(state.followup.tasks.items())
        if task.returns and task.convention < convention.number
        and task.returned_to in (None, convention.number)
    )
    admitted = {
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None
        and state.bulletin.contributions[number].convention == convention.number
    }
    amendments: dict[int, list[int]] = {}
    base = []
    for number in sorted(admitted):
        target = state.bulletin.contributions[number]
        if target.amends == "proposal" and target.about in admitted:
            amendments.setdefault(target.about or 0, []).append(number)
        else:
            base.append(number)
    if convention.rules.floor.agenda == "drawn":
        base = _drawn(state, convention.number, base)
    ordered: list[int] = list(returned)
    for number in base:
        _put(number, amendments, ordered)
    return tuple(ordered)


def _put(number: int, amendments: dict[int, list[int]], ordered: list[int]) -> None:
    """Puts a proposal after its amendments, and those after theirs."""
    for amendment in amendments.get(number, []):
        _put(amendment, amendments, ordered)
    ordered.append(number)


def _drawn(state: State, convention: int, base: list[int]) -> list[int]:
    for draw in state.lots.draws.values():
        if (draw.purpose, draw.of) == ("agenda", convention) and draw.seed is not None:
            names = [str(number) for number in base]
            seed = bytes.fromhex(draw.seed)
            return [int(name) for name in drawn_order(seed, "agenda", names)]
    return base


def lot_of(state: State, convention: int) -> int | None:
    """The number of the draw that ordered the agenda, if it was drawn."""
    for number, draw in sorted(state.lots.draws.items()):
        if (draw.purpose, draw.of) == ("agenda", convention) and draw.seed is not None:
            return number
    return None
