"""What comes back: proposals of an earlier convention that this one has to decide."""

from __future__ import annotations

from quorate.chapters.state import State


def coming_back(state: State, convention: int) -> frozenset[int]:
    """The numbers of the proposals that come back to this convention: what an earlier one
    referred, and what one that lapsed had on its list and did not reach."""
    referred = {
        number
        for number, task in state.followup.tasks.items()
        if task.returns and task.convention < convention and task.returned_to in (None, convention)
    }
    unreached = {
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None and _unreached(state, number, convention)
    }
    return frozenset(referred | unreached)


def _unreached(state: State, number: int, convention: int) -> bool:
    home = state.floor.conventions[state.bulletin.contributions[number].convention]
    if home.number >= convention or home.lapsed is None:
        return False
    return not any(
        number in earlier.items
        for earlier in state.floor.conventions.values()
        if earlier.number < convention
    )
