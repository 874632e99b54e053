"""The agenda: every admitted proposal, in the order that the rulebook computes.

What comes back from an earlier convention is first by number, then the others by number or by lot;
an amendment stands right before what it amends.
"""

from __future__ import annotations

from quorate.chapters.floor.coming_back import coming_back
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import State
from quorate.count.lot import drawn_order


def order(state: State, convention: Convention) -> tuple[int, ...]:
    """The numbers of the proposals in the order of debate, as things stand."""
    returned = coming_back(state, convention.number)
    all_numbers = sorted(returned | _admitted(state, convention))
    amendments: dict[int, list[int]] = {}
    first: list[int] = []
    others: list[int] = []
    for number in all_numbers:
        contribution = state.bulletin.contributions[number]
        if contribution.amends == "proposal" and contribution.about in all_numbers:
            amendments.setdefault(contribution.about, []).append(number)
        else:
            (first if number in returned else others).append(number)
    if convention.rules.floor.agenda == "drawn":
        others = _drawn(state, convention.number, others)
    ordered: list[int] = []
    for number in (*first, *others):
        _put(number, amendments, ordered)
    return tuple(ordered)


def _admitted(state: State, convention: Convention) -> set[int]:
    return {
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None
        and state.bulletin.contributions[number].convention == convention.number
    }


def _put(number: int, amendments: dict[int, list[int]], ordered: list[int]) -> None:
    """Puts a proposal after its amendments, and those after theirs."""
    for amendment in amendments.get(number, []):
        _put(amendment, amendments, ordered)
    ordered.append(number)


def _drawn(state: State, convention: int, base: list[int]) -> list[int]:
    lot = lot_of(state, convention)
    if lot is None:
        return base
    seed = bytes.fromhex(state.lots.draws[lot].seed or "")
    return [int(name) for name in drawn_order(seed, "agenda", [str(number) for number in base])]


def lot_of(state: State, convention: int) -> int | None:
    """The number of the draw that ordered the agenda, if it was drawn."""
    for number, draw in sorted(state.lots.draws.items()):
        if (draw.purpose, draw.of) == ("agenda", convention) and draw.seed is not None:
            return number
    return None
