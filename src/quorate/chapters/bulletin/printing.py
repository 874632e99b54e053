"""What an issue of the bulletin carries: of each contribution the versions that somebody may need.

That is the latest, every one that has seconders or is admitted, and every one whose refusal was
overturned; each is printed once, and none while a refusal of it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from quorate.chapters.bulletin.remembers import Contribution, Issue
from quorate.chapters.clause import Occasion
from quorate.chapters.floor.coming_back import coming_back
from quorate.chapters.state import State

Carried = tuple[int, str]
"""A contribution's number and the commitment to the text of a version."""


def to_print(state: State, numbers: Iterable[int]) -> tuple[Carried, ...]:
    """The versions of these contributions that an issue has to carry and none has."""
    printed = {text for issue in state.bulletin.issues for text in issue.versions}
    return tuple(
        (number, text)
        for number in numbers
        for text in _needed(state, state.bulletin.contributions[number])
        if text not in printed
    )


def _needed(state: State, contribution: Contribution) -> Iterable[str]:
    if contribution.withdrawn is not None:
        return
    proposal = state.proposals.proposals.get(contribution.number)
    meant = {contribution.latest.text}
    meant |= {refusal.version for refusal in contribution.refusals if not refusal.stands}
    if proposal is not None:
        meant |= {seconder.version for seconder in proposal.seconders.values()}
    if proposal is not None and proposal.admission is not None:
        meant.add(proposal.admission.version)
    for version in contribution.versions:
        if version.text in meant and not contribution.refuses(version.text):
            yield version.text


def waiting(state: State) -> tuple[int, ...]:
    """The numbers of the contributions that the next issue may have to carry, in its order: those
    with a version that is new, then the proposals before the convention that is called."""
    convention = state.floor.current or 0
    unprinted = state.bulletin.unprinted
    before = {
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.lapsed is None and state.bulletin.contributions[number].convention == convention
    }
    others = (before | coming_back(state, convention)) - set(unprinted)
    return (*unprinted, *sorted(others))


def more_issues_come(state: State) -> bool:
    """Whether an issue has a date that is still to come."""
    return any(deadline.act == "bulletin.publish" for deadline in state.calendar.deadlines)


def printed(
    state: State, carried: tuple[Carried, ...], convention: int, occasion: Occasion
) -> State:
    """The state with one more issue that carries these versions."""
    before = sum(issue.convention == convention for issue in state.bulletin.issues)
    issue = Issue(
        convention=convention,
        number=before + 1,
        time=occasion.time,
        entry=occasion.sequence,
        contributions=tuple(number for number, _ in carried),
        versions=tuple(text for _, text in carried),
    )
    numbers = set(issue.contributions)
    unprinted = tuple(n for n in state.bulletin.unprinted if n not in numbers)
    bulletin = state.bulletin._replace(issues=(*state.bulletin.issues, issue), unprinted=unprinted)
    return state._replace(bulletin=bulletin)


def printed_at_once(state: State, number: int, occasion: Occasion) -> State:
    """The state in which the contribution is in an issue of its own, if no more will come and a
    version of it waits to be printed."""
    carried = () if more_issues_come(state) else to_print(state, (number,))
    convention = state.bulletin.contributions[number].convention
    return printed(state, carried, convention, occasion) if carried else state
