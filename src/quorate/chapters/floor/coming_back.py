"""What comes back: proposals of an earlier convention that this one has to decide."""

from __future__ import annotations

from quorate.chapters.floor.amendments import main_question
from quorate.chapters.floor.remembers import Convention, Item
from quorate.chapters.state import State


def coming_back(state: State, convention: int) -> frozenset[int]:
    """The numbers of the proposals that come back to this convention: what an earlier one
    referred, with the amendments that were referred with it; and what was admitted for one that
    did not decide it: because it lapsed, or because its agenda was made before an appeal that was
    won let the proposal be admitted."""
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
    undecided = {
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None and _undecided(state, number, convention)
    }
    return frozenset(referred | with_them | undecided)


def _latest_items(state: State, before: int) -> dict[int, Item]:
    """What the last convention before this one that decided a proposal made of it."""
    earlier = sorted(number for number in state.floor.conventions if number < before)
    return {
        number: item
        for convention in earlier
        for number, item in state.floor.conventions[convention].items.items()
    }


def _undecided(state: State, number: int, convention: int) -> bool:
    """Whether it belongs to an earlier convention, and neither that nor a later one decided it."""
    return state.bulletin.contributions[number].convention < convention and not any(
        number in earlier.items
        for earlier in state.floor.conventions.values()
        if earlier.number < convention
    )


def left_for_the_next(state: State, convention: Convention) -> tuple[int, ...]:
    """The numbers of the proposals that belong to this convention and were admitted, but are not on
    its agenda, which is made: the next one decides them."""
    if convention.agenda is None:
        return ()
    return tuple(
        number
        for number, proposal in sorted(state.proposals.proposals.items())
        if proposal.admission is not None
        and state.bulletin.contributions[number].convention == convention.number
        and number not in convention.agenda
    )
