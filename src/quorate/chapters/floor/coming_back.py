"""What comes back: proposals of an earlier convention that this one has to decide."""

from __future__ import annotations

from quorate.chapters.floor.amendments import main_question
from quorate.chapters.floor.remembers import Item
from quorate.chapters.state import State


def coming_back(state: State, convention: int) -> frozenset[int]:
    """The numbers of the proposals that come back to this convention: what an earlier one
    referred, with the amendments that were referred with it; and what one that lapsed had on its
    list and did not reach."""
    referred = {
        number
        for number, task in state.followup.tasks.items()
        if task.returns and task.convention < convention and task.returned_to in (None, convention)
    }
    with_them = {
        number
        for number, item in _latest_items(state, convention).items()
        if item.outcome == "referred" and main_question(state, number) in referred
    }
    unreached = {
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None and _unreached(state, number, convention)
    }
    return frozenset(referred | with_them | unreached)


def _latest_items(state: State, before: int) -> dict[int, Item]:
    """What the last convention before this one that decided a proposal made of it."""
    earlier = sorted(number for number in state.floor.conventions if number < before)
    return {
        number: item
        for convention in earlier
        for number, item in state.floor.conventions[convention].items.items()
    }


def _unreached(state: State, number: int, convention: int) -> bool:
    home = state.floor.conventions[state.bulletin.contributions[number].convention]
    if home.number >= convention or home.lapsed is None:
        return False
    return not any(
        number in earlier.items
        for earlier in state.floor.conventions.values()
        if earlier.number < convention
    )
