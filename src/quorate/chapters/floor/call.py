"""floor.call: the convention is called, and with it every date of its year is set.

What belongs to this convention keeps to the rulebook as it stands at the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current, dates
from quorate.chapters.fields import Time
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.founding.enter_into_force import EnterIntoForce
from quorate.chapters.founding.enter_into_force import change as entered_into_force
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing, needs_office
from quorate.chapters.secret import opening as register
from quorate.chapters.state import State
from quorate.rulebook.schema import Rulebook


@dataclass(frozen=True, slots=True)
class CallConvention:
    """``opens``: when it opens, ms. ``place``: where it meets."""

    opens: Time
    place: Annotated[str, Field(max_length=200)] = ""


def allowed(state: State, act: CallConvention, occasion: Occasion) -> Refusal | None:
    if state.founding.complete is None:
        return Refusal("record.founding", "The founding is not complete.", "Complete it first.")
    refusal = _not_by(state, occasion)
    if refusal is not None:
        return refusal
    if current(state) is not None:
        return Refusal(
            "floor.called_by", "A convention is called already.", "Wait until it has closed."
        )
    notice = max(state.rules.floor.notice, _rules_at(state, occasion).floor.notice)
    earliest = occasion.time + notice * DAY
    if act.opens < earliest:
        longer = notice > state.rules.floor.notice
        return Refusal(
            "floor.notice",
            f"Called now, it can open on {on(earliest)} at the earliest."
            + (f" {notice} days are adopted, and come into force with this call." * longer),
            "Choose a later day.",
        )
    floor = state.rules.floor
    latest = max(next_due(state), earliest + floor.lapses_after * DAY)
    if act.opens > latest:
        return Refusal(
            "floor.at_least_every",
            f"It has to open by {on(latest)}.",
            "Choose an earlier day.",
        )
    return None


def next_due(state: State) -> int:
    """By when (ms) the next convention has to open, as the rulebook counts from the last one."""
    ends = [c.ended for c in state.floor.conventions.values() if c.ended is not None]
    last = max((state.founding.complete or 0, *ends))
    return last + state.rules.floor.at_least_every * DAY


def _not_by(state: State, occasion: Occasion) -> Refusal | None:
    """Whoever the rulebook names calls it; once it is late for that, any member."""
    floor = state.rules.floor
    refusal = needs_office(state, occasion.by, floor.called_by, "floor.called_by")
    if refusal is None or occasion.time <= next_due(state) - floor.notice * DAY:
        return refusal
    member = member_in_good_standing(state, occasion.by)
    return member if isinstance(member, Refusal) else None


def _with_waiting(state: State, occasion: Occasion) -> State:
    """The state in which the amendments that waited for the next call are in force."""
    if not state.founding.waiting:
        return state
    last = len(state.floor.conventions)
    return entered_into_force(state, EnterIntoForce(last), occasion)


def _rules_at(state: State, occasion: Occasion) -> Rulebook:
    """The rulebook under which the convention would be called: its dates follow from that one."""
    return _with_waiting(state, occasion).rules


def change(state: State, act: CallConvention, occasion: Occasion) -> State:
    number = len(state.floor.conventions) + 1
    state = _with_waiting(state, occasion)
    year = dates(state.rules, act.opens)
    convention = Convention(
        number=number,
        rules=state.rules,
        called=occasion.time,
        called_by=occasion.by,
        dates=year,
        place=act.place,
    )
    issues = len([d for d in state.calendar.deadlines if d.act == "bulletin.publish"])
    printed = len(state.bulletin.issues) + issues
    calendar = state.calendar.add(
        Deadline(year.roll_cut_off, "membership.freeze_roll", number),
        Deadline(year.roll_final, "membership.settle_rolls", number),
        Deadline(year.seconding_closes, "proposals.lapse", number),
        Deadline(year.answers_due, "proposals.note_missing_answers", number),
        Deadline(
            year.opens + state.rules.floor.lapses_after * DAY,
            "floor.lapse",
            number,
        ),
        *(
            Deadline(time, "bulletin.publish", printed + count)
            for count, time in enumerate(year.issues, 1)
        ),
    )
    floor = state.floor._replace(
        conventions=state.floor.conventions.set(number, convention),
        current=number,
    )
    return register.at_call(state._replace(floor=floor, calendar=calendar), convention)


CLAUSE = Clause(
    name="floor.call",
    act=CallConvention,
    who="A holder of the body or post that the rulebook lets call it; any member in good "
    "standing, once it could not be held in time otherwise.",
    rules=(
        "floor.called_by",
        "floor.notice",
        "floor.at_least_every",
        "membership.admission",
        "record.founding",
    ),
    changes="The convention has its number and dates; the bulletin, rolls and elections follow.",
    allowed=allowed,
    change=change,
)
