"""lots.call: a lot is called, for the agenda, for elections that a tie holds up, or for a trustee.

Where members draw, a tie calls its lot by itself: one lot settles every tie of the branches'
elections of delegates, any other election has its own. Members call those that are left: for the
agenda, or anew after a lot that was cancelled.

While a lot for the same thing is under way no other is called; so nobody can try until they like
the outcome. A lot that was cancelled stays visible. Where a public source's value was not entered
in time, members draw; where a number that a member handed in was lost, a public source may be named
instead, for then it is the keeper of the numbers who cannot be trusted with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from quorate.chapters.calendar import HOUR, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.remembers import Election
from quorate.chapters.fields import Number
from quorate.chapters.lots.remembers import Draw, Purpose
from quorate.chapters.rights import member_in_good_standing, needs_office
from quorate.chapters.state import State
from quorate.rulebook.schema import Rulebook

Source = Literal["members", "public"]


@dataclass(frozen=True, slots=True)
class Call:
    """``of``: the convention's, the election's or the register's number (the convention's where the
    branches' elections of delegates tie). ``public``: the public source, named
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


def rules_in_force(state: State) -> Rulebook:
    """The rules under which a lot is drawn now: those of the convention that is called."""
    convention = current(state)
    return state.rules if convention is None else convention.rules


def elections_waiting(state: State, purpose: Purpose, of: int) -> tuple[int, ...]:
    """The elections that a tie holds up until a lot for this purpose is drawn."""
    return tuple(
        number
        for number, election in sorted(state.elections.elections.items())
        if election.lot_needed and tie_of(election) == (purpose, of)
    )


def tie_of(election: Election) -> tuple[Purpose, int]:
    """The purpose and the number of the lot that settles this election's ties."""
    if election.fills == "delegates":
        return "delegates", election.convention
    return "election", election.number


def allowed(state: State, act: Call, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    rules = rules_in_force(state)
    if act.public:
        refusal = needs_office(
            state, occasion.by, rules.delegates.credentials_by, "delegates.credentials_by"
        )
        if refusal is not None:
            return refusal
    if act.purpose == "agenda":
        refusal = _no_agenda_to_draw(state, act.of, occasion.time)
        if refusal is not None:
            return refusal
    elif act.purpose == "trustee":
        if not _trustee_to_draw(state, act.of):
            return Refusal(
                "secret.sides", "No trustee of this register is to be drawn.", "Check its number."
            )
    elif not elections_waiting(state, act.purpose, act.of):
        return Refusal(
            "lots.source", "No tie in this election needs a lot.", "Nothing is to be drawn."
        )
    if standing(state, act.purpose, act.of) is not None:
        return Refusal("lots.source", "A lot for this has been called.", "Nobody can draw again.")
    sources = may_come_from(state, act.purpose, act.of)
    if ("public" if act.public else "members") not in sources:
        return Refusal(
            "lots.source",
            "The rulebook says where the seed comes from.",
            "Leave the public source out: members draw."
            if act.public
            else "Have the public source named.",
        )
    return None


def _no_agenda_to_draw(state: State, of: int, time: int) -> Refusal | None:
    """Why the order of this convention's agenda is not to be drawn now, if so."""
    convention = current(state)
    if convention is None or of != convention.number:
        return Refusal("record.subject", f"No convention {of} is called.", "Check its number.")
    if convention.rules.floor.agenda != "drawn":
        return Refusal("floor.agenda", "The agenda is not drawn by lot.", "Nothing is to be drawn.")
    if convention.agenda is not None:
        return Refusal("floor.agenda", "The agenda is made already.", "Nothing is to be drawn.")
    if time < convention.dates.seconding_closes:
        return Refusal(
            "floor.agenda",
            "What is on the agenda is known when seconding has closed.",
            "Call the lot then.",
        )
    return None


def _trustee_to_draw(state: State, of: int) -> bool:
    """Whether a side of the register waits for the lot."""
    register = state.secret.registers.get(of)
    return (
        register is not None
        and not register.void
        and any(trustee.way == "lot" and not trustee.who for trustee in register.trustees)
    )


def may_come_from(state: State, purpose: Purpose, of: int) -> frozenset[Source]:
    """Where the seed of this lot may come from now, after what became of earlier ones."""
    if rules_in_force(state).lots.source == "public" and not _missed(state, purpose, of):
        return frozenset({"public"})
    lost = any(draw.lost for draw in _earlier(state, purpose, of))
    return frozenset({"members", "public"}) if lost else frozenset({"members"})


def _missed(state: State, purpose: Purpose, of: int) -> bool:
    """Whether a public source was named for this and its value not entered in time.

    Then members draw: naming one source after the other would be choosing among their values.
    """
    return any(draw.public for draw in _earlier(state, purpose, of))


def _earlier(state: State, purpose: Purpose, of: int) -> list[Draw]:
    """The draws for this that were cancelled."""
    return [
        draw
        for draw in state.lots.draws.values()
        if (draw.purpose, draw.of) == (purpose, of) and draw.cancelled is not None
    ]


def change(state: State, act: Call, occasion: Occasion) -> State:
    return called(state, act, occasion)


def called_by_tie(state: State, election: Election, occasion: Occasion) -> State:
    """The state in which the lot for this election's tie is called, where members may draw and
    nobody has called it."""
    purpose, of = tie_of(election)
    called_already = standing(state, purpose, of) is not None
    if called_already or "members" not in may_come_from(state, purpose, of):
        return state
    return called(state, Call(purpose, of), occasion)


def called_for_trustee(state: State, register: int, occasion: Occasion) -> State:
    """The state in which the lot for the register's trustee is called, where members may draw."""
    if "members" not in may_come_from(state, "trustee", register):
        return state
    return called(state, Call("trustee", register), occasion)


def called(state: State, act: Call, occasion: Occasion) -> State:
    """The state in which the lot is called: its hours run from now."""
    rules = rules_in_force(state)
    number = len(state.lots.draws) + 1
    convention = current(state)
    sitting = convention is not None and convention.opened is not None
    commit_hours, reveal_hours = rules.lots.hours(sitting=sitting)
    commit_until = occasion.time + commit_hours * HOUR
    draw = Draw(
        number=number,
        purpose=act.purpose,
        of=act.of,
        called=occasion.time,
        called_by=occasion.by,
        commit_until=commit_until,
        reveal_until=commit_until + reveal_hours * HOUR,
        participants=rules.lots.participants,
        public=act.public,
    )
    state = with_draw(state, draw)
    deadline = Deadline(draw.reveal_until, "lots.open_numbers", number)
    return state._replace(calendar=state.calendar.add(deadline))


def with_draw(state: State, draw: Draw) -> State:
    """The state with what is new about this draw."""
    return state._replace(lots=state.lots._replace(draws=state.lots.draws.set(draw.number, draw)))


CLAUSE = Clause(
    name="lots.call",
    act=Call,
    who="Any member in good standing, so that nobody can hold a draw up; a public source is named "
    "by the body that checks credentials. Where members draw, a tie calls its lot by itself.",
    rules=(
        "lots.source",
        "floor.agenda",
        "secret.sides",
        "delegates.credentials_by",
        "record.subject",
        "membership.admission",
    ),
    changes="Members can commit to numbers until the date; then hand them in; then all are opened.",
    allowed=allowed,
    change=change,
)
