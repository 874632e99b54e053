"""The path of a proposal: what has happened to it, what is happening now, what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.floor.coming_back import left_for_the_next
from quorate.chapters.floor.remembers import Item
from quorate.chapters.proposals.own_time import seconding_until
from quorate.chapters.proposals.ways import progress
from quorate.chapters.state import State
from quorate.rulebook.words import majority_in_words

Now = Literal["done", "now", "to-come", "late", "ended"]


@dataclass(frozen=True, slots=True)
class Status:
    """Where a contribution stands: one word for lists, a sentence for its page."""

    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path. ``time``: ms, when it was or will be; None where that is open."""

    label: str
    detail: str
    state: Now
    time: int | None = None
    entry: int | None = None


def item_of(state: State, number: int) -> Item | None:
    """What the latest convention that had it on its agenda did with the proposal."""
    for _, convention in sorted(state.floor.conventions.items(), reverse=True):
        if number in convention.items:
            return convention.items[number]
    return None


_OUTCOMES = {
    "adopted": Status("adopted", "adopted by the convention"),
    "rejected": Status("rejected", "rejected by the convention"),
    "referred": Status("referred", "referred; it comes back to the next convention"),
    "withdrawn": Status("withdrawn", "withdrawn"),
    "fallen": Status("fallen", "fallen, because what it amends was not admitted"),
}


def status(state: State, contribution: Contribution) -> Status:
    """Where the contribution stands now."""
    if contribution.withdrawn is not None:
        return Status("withdrawn", "withdrawn by its author")
    if contribution.refused:
        if contribution.contested:
            return Status("refused, under appeal", "refused; the author has appealed")
        return Status("refused", "refused, and listed here as refused")
    proposal = state.proposals.proposals.get(contribution.number)
    if proposal is None:
        printed = issue_of(state, contribution.number)
        if printed is not None:
            return Status("printed", f"in issue {printed} of the bulletin")
        return Status("handed in", "will be in the next issue")
    item = item_of(state, contribution.number)
    if item is not None:
        return _OUTCOMES[item.outcome]
    if proposal.admission is not None:
        if _too_late_for_the_agenda(state, contribution):
            return Status("admitted", "admitted after the agenda was made; the next one decides it")
        return Status("admitted", "to be decided by the convention")
    if proposal.lapsed is not None:
        return Status("lapsed", "lapsed: it did not find enough seconders")
    if proposal.waits is not None:
        return Status("waiting for an appeal", "not lapsed while a refusal of it can be overturned")
    return Status("seeking seconders", "looking for seconders")


def _too_late_for_the_agenda(state: State, contribution: Contribution) -> bool:
    """Whether it was admitted when its convention's agenda was made, and no other sits yet."""
    home = state.floor.conventions[contribution.convention]
    return contribution.number in left_for_the_next(state, home) and not any(
        contribution.number in (one.agenda or ()) for one in state.floor.conventions.values()
    )


def issue_of(state: State, number: int) -> int | None:
    """The number of the first issue that carried the contribution."""
    for issue in state.bulletin.issues:
        if number in issue.contributions:
            return issue.number
    return None


def path(state: State, contribution: Contribution, now: int) -> tuple[Step, ...]:
    """The steps of a proposal's path, in order."""
    proposal = state.proposals.proposals[contribution.number]
    convention = state.floor.conventions[contribution.convention]
    first = contribution.versions[0]
    steps = [Step("Handed in", f"entry {first.entry}", "done", first.time, first.entry)]
    if contribution.withdrawn is not None:
        steps.append(Step("Withdrawn", "by its author", "ended", contribution.withdrawn))
        return tuple(steps)
    steps += _refused(contribution)
    if contribution.refused:
        return tuple(steps)
    steps.append(_printed(state, contribution, convention.dates.issues))
    until = seconding_until(state, contribution, proposal)
    version = proposal.admission.version if proposal.admission else contribution.latest.text
    reached = proposal.admission.way if proposal.admission else None
    ways = " or ".join(
        f"{p.reached} of {p.needed} {p.way}"
        if reached is None or p.reached >= p.needed
        else f"by enough {p.way} then"
        for p in progress(state, proposal, version)
        if reached in (None, p.way)
    )
    if proposal.admission is not None:
        steps.append(Step("Seconded", ways, "done", proposal.admission.time))
        steps.append(
            Step("Admitted", "by rule", "done", proposal.admission.time, proposal.admission.entry)
        )
    elif proposal.lapsed is not None:
        steps.append(Step("Lapsed", ways, "ended", proposal.lapsed))
        return tuple(steps)
    else:
        steps.append(
            Step("Seconding", ways, "now", until)
            if proposal.waits is None
            else Step("Seconding closed", f"{ways}; waits for an appeal", "now", proposal.waits)
        )
        steps.append(Step("Admitted", "as soon as enough have seconded", "to-come"))
    steps.append(_answered(state, contribution, now))
    item = item_of(state, contribution.number)
    kind = contribution.amends if contribution.amends in ("rulebook", "programme") else "proposal"
    majority = majority_in_words(getattr(convention.rules.floor.majorities, kind))
    if item is not None:
        label = item.outcome.capitalize()
        steps.append(Step(label, majority, "done", item.time, item.entry))
    elif _too_late_for_the_agenda(state, contribution):
        steps.append(Step("Decided", f"by the next convention, {majority}", "to-come"))
    else:
        sitting = convention.opened is not None
        steps.append(
            Step("Decided", majority, "now" if sitting else "to-come", convention.dates.opens)
        )
    return tuple(steps)


def _refused(contribution: Contribution) -> Iterator[Step]:
    """A step for each refusal of a version; the last ends the path where no version is left."""
    for refusal in contribution.refusals:
        version = contribution.numbered(refusal.version)
        label = "Refused" if len(contribution.versions) == 1 else f"Version {version} refused"
        detail = "listed as refused" if refusal.stands else "overturned on appeal"
        if refusal.contested:
            detail = "the author has appealed"
        last = contribution.refused and refusal is contribution.refusals[-1]
        yield Step(label, detail, "ended" if last else "done", refusal.time, refusal.entry)


def _printed(state: State, contribution: Contribution, dates: tuple[int, ...]) -> Step:
    for issue in state.bulletin.issues:
        if contribution.number in issue.contributions:
            return Step("Printed", f"issue {issue.number}", "done", issue.time, issue.entry)
    coming = [date for date in dates if date > state.time]
    return Step("Printed", "in the next issue", "to-come", coming[0] if coming else None)


def _answer_due(state: State, contribution: Contribution) -> int | None:
    """When the answer is due, ms; None where the convention that decides it is not called yet."""
    home = state.floor.conventions[contribution.convention]
    if contribution.number not in left_for_the_next(state, home):
        return home.dates.answers_due
    following = state.floor.conventions.get(home.number + 1)
    return None if following is None else following.dates.answers_due


def _answered(state: State, contribution: Contribution, now: int) -> Step:
    number, due = contribution.number, _answer_due(state, contribution)
    answer = state.proposals.proposals[number].answer
    if answer is not None:
        late = due is not None and answer.time > due
        return Step("Answered", "late" if late else "in writing", "done", answer.time, answer.entry)
    if due is not None and now > due:
        return Step("Answer owed", "it did not come in time", "late", due)
    admitted = state.proposals.proposals[number].admission is not None
    return Step("Answer due", "in writing", "now" if admitted else "to-come", due)
