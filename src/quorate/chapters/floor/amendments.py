"""Amendments to a proposal: those that are adopted stand in it, whenever it is decided itself.

A proposal may be referred, or not be reached, after amendments to it were adopted: at the next
convention it stands as amended, and new amendments go on from there. Those that were not decided
are referred with it and come back with it; none is referred alone, for its proposal would be
decided without it.
"""

from __future__ import annotations

from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import State
from quorate.rulebook.amending import Change


def main_question(state: State, number: int) -> int:
    """The proposal that this one amends, or amends an amendment to; itself, if it amends none."""
    contribution = state.bulletin.contributions[number]
    if contribution.amends != "proposal" or contribution.about is None:
        return number
    return main_question(state, contribution.about)


def undecided_amendments(state: State, convention: Convention, proposal: int) -> tuple[int, ...]:
    """What is on the agenda, amends the proposal or an amendment to it, and has no outcome: it is
    referred and comes back with the proposal."""
    return tuple(
        number
        for number in convention.agenda or ()
        if number not in convention.items
        and number != proposal
        and main_question(state, number) == proposal
    )


def adopted_to(state: State, proposal: int, until: int | None = None) -> tuple[int, ...]:
    """The numbers of the amendments to this proposal itself that any convention has adopted, in
    the order in which they were decided. ``until``: ms; those that were decided by then."""
    contributions = state.bulletin.contributions
    decided = [
        (item.entry, number)
        for convention in state.floor.conventions.values()
        for number, item in convention.items.items()
        if item.outcome == "adopted"
        and contributions[number].amends == "proposal"
        and contributions[number].about == proposal
        and (until is None or item.time <= until)
    ]
    return tuple(number for _, number in sorted(decided))


def every_adopted_to(state: State, proposal: int, until: int | None = None) -> tuple[int, ...]:
    """The same, each after the adopted amendments to it: all that makes the proposal as amended."""
    return tuple(
        number
        for amendment in adopted_to(state, proposal, until)
        for number in (*every_adopted_to(state, amendment, until), amendment)
    )


def changes_as_amended(state: State, proposal: int) -> tuple[Change, ...]:
    """What the proposal changes in the rulebook, with every amendment to it that was adopted: of
    two that change the same rule the later decides."""
    contribution = state.bulletin.contributions[proposal]
    admission = state.proposals.proposals[proposal].admission
    changes = {
        change.path: change
        for version in contribution.versions
        if admission is not None and version.text == admission.version
        for change in version.changes
    }
    for number in adopted_to(state, proposal):
        changes |= {change.path: change for change in changes_as_amended(state, number)}
    return tuple(changes.values())
