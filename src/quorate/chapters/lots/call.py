"""lots.call: a lot is called, for the agenda or for an election that a tie holds up.

While a lot for the same thing is under way no other is called; so nobody can try until they like
the outcome. A lot that was cancelled stays visible; where a public source's value was not entered
in time, members draw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from quorate.chapters.calendar import HOUR, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Number
from quorate.chapters.lots.remembers import Draw, Purpose
from quorate.chapters.rights import member_in_good_standing, needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """``of``: the convention's or the election's number. ``public``: the public source, named
    beforehand so closely that anyone can look it up; "" when members draw."""

    purpose: Purpose
    of: Number
    public: Annotated[str, Field(max_length=300)] = ""


def standing(state: State, purpose: Purpose, of: int) -> Draw | None:
    """The draw for this purpose that is under way or drawn; cancelled ones do not count."""
    for _, draw in sorted(state.lots.draws.items()):
        if (draw.purpose, draw.of) == (purpose, of) and draw.cancelled is None:
            return draw
    return None


def allowed(state: State, act: Call, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    convention = current(state)
    rules = state.rules if convention is None else convention.rules
    if act.public:
        refusal = needs_office(
            state, occasion.by, rules.delegates.credentials_by, "delegates.credentials_by"
        )
        if refusal is not None:
            return refusal
    if act.purpose == "agenda":
        if convention is None or act.of != convention.number:
            return Refusal(
                "record.subject", f"No convention {act.of} is called.", "Check its number."
            )
        if rules.floor.agenda != "drawn":
            return Refusal(
                "floor.agenda", "The agenda is not drawn by lot.", "Nothing is to be drawn."
            )
        if convention.agenda is not None:
            return Refusal("floor.agenda", "The agenda is made already.", "Nothing is to be drawn.")
        if occasion.time < convention.dates.seconding_closes:
            return Refusal(
                "floor.agenda",
                "What is on the agenda is known when seconding has closed.",
                "Call the lot then.",
            )
    else:
        election = state.elections.elections.get(act.of)
        if election is None or not election.lot_needed:
            return Refusal(
                "lots.source", "No tie in this election needs a lot.", "Nothing is to be drawn."
            )
    if standing(state, act.purpose, act.of) is not None:
        return Refusal("lots.source", "A lot for this has been called.", "Nobody can draw again.")
    public = rules.lots.source == "public" and not _missed(state, act.purpose, act.of)
    if public != bool(act.public):
        return Refusal(
            "lots.source",
            "The rulebook says where the seed comes from.",
            "Have the public source named."
            if public
            else "Leave the public source out: members draw.",
        )
    return None


def _missed(state: State, purpose: Purpose, of: int) -> bool:
    """Whether a public source was named for this and its value not entered in time.

    Then members draw: naming one source after the other would be choosing among their values.
    """
    return any(
        (draw.purpose, draw.of) == (purpose, of) and draw.public
        for draw in state.lots.draws.values()
        if draw.cancelled is not None
    )


def change(state: State, act: Call, occasion: Occasion) -> State:
    convention = current(state)
    rules = state.rules if convention is None else convention.rules
    number = len(state.lots.draws) + 1
    commit_until = occasion.time + rules.lots.commit_hours * HOUR
    draw = Draw(
        number=number,
        purpose=act.purpose,
        of=act.of,
        called=occasion.time,
        called_by=occasion.by,
        commit_until=commit_until,
        reveal_until=commit_until + rules.lots.reveal_hours * HOUR,
        participants=rules.lots.participants,
        public=act.public,
    )
    state = with_draw(state, draw)
    deadline = Deadline(draw.reveal_until, "lots.open_numbers", number)
    return replace(state, calendar=state.calendar.add(deadline))


def with_draw(state: State, draw: Draw) -> State:
    """The state with what is new about this draw."""
    return replace(state, lots=replace(state.lots, draws=state.lots.draws.set(draw.number, draw)))


CLAUSE = Clause(
    name="lots.call",
    act=Call,
    who="Any member in good standing, so that nobody can hold a draw up; a public source is named "
    "by the body that checks credentials.",
    rules=(
        "lots.source",
        "floor.agenda",
        "delegates.credentials_by",
        "record.subject",
        "membership.admission",
    ),
    changes="Members can commit to numbers until the date; then hand them in; then all are opened.",
    allowed=allowed,
    change=change,
)
