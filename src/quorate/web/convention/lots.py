"""Lots on pages: what each is for, how it stands, what the person who asks can do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from quorate.chapters.lots.call import Call, elections_waiting, may_come_from, tie_of
from quorate.chapters.lots.commit import Commit
from quorate.chapters.lots.hand_in import HandInNumber
from quorate.chapters.lots.remembers import Draw, Purpose
from quorate.chapters.rights import seat_of
from quorate.chapters.state import State
from quorate.web.may import may
from quorate.web.templatetags.saying import office, place

Phase = Literal["committing", "handing in", "waiting", "drawn", "cancelled"]
ANY = "0" * 64
"""A commitment, to ask the rules whether somebody may commit at all."""


@dataclass(frozen=True, slots=True)
class Lot:
    """``about``: what it is for. ``committed``, ``may_commit``, ``may_hand_in``: the person who
    asks. ``itself``: the act's fields."""

    draw: Draw
    about: str
    phase: Phase
    committed: bool
    may_commit: bool
    may_hand_in: bool
    itself: dict[str, int]
    numbers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ToCall:
    """A lot that waits to be called. ``members``: members draw it, and the person who asks can
    call it; ``public``: they can name a public source. ``calling``: the act's fields."""

    about: str
    purpose: Purpose
    of: int
    members: bool
    public: bool
    calling: dict[str, object]


def lots(state: State, me: str, now: int) -> list[Lot]:
    """Every lot, those under way first."""
    every = [lot(state, draw, me, now) for _, draw in sorted(state.lots.draws.items())]
    return sorted(every, key=lambda one: one.phase in ("drawn", "cancelled"))


def lot(state: State, draw: Draw, me: str, now: int) -> Lot:
    """How a lot stands, and what this person can do about it."""
    own = draw.commitments.get(me, "")
    return Lot(
        draw=draw,
        about=about(state, draw.purpose, draw.of),
        phase=_phase(draw, now),
        committed=bool(own),
        may_commit=may(state, me, now, Commit(draw.number, ANY)),
        may_hand_in=bool(own) and may(state, me, now, HandInNumber(draw.number, own)),
        itself={"draw": draw.number},
        numbers=sorted(draw.numbers.items()),
    )


def lots_to_call(state: State, me: str, now: int) -> list[ToCall]:
    """The lots that something waits for, that are not called, and that this person can call."""
    wanted: list[tuple[Purpose, int]] = []
    if state.floor.current is not None:
        wanted.append(("agenda", state.floor.current))
    for number, election in sorted(state.elections.elections.items()):
        if election.lot_needed and tie_of(election) not in wanted:
            wanted.append(tie_of(state.elections.elections[number]))
    for number, register in sorted(state.secret.registers.items()):
        if not register.void and not register.draw:
            wanted.append(("trustee", number))
    found = (_to_call(state, purpose, of, me, now) for purpose, of in wanted)
    return [one for one in found if one.members or one.public]


def _to_call(state: State, purpose: Purpose, of: int, me: str, now: int) -> ToCall:
    sources = may_come_from(state, purpose, of)
    return ToCall(
        about=about(state, purpose, of),
        purpose=purpose,
        of=of,
        members="members" in sources and may(state, me, now, Call(purpose, of)),
        public="public" in sources and may(state, me, now, Call(purpose, of, "a source")),
        calling={"purpose": purpose, "of": of},
    )


def concerns(state: State, draw: Draw, me: str) -> bool:
    """Whether the lot is about something of this member's: the agenda and a trustee are
    everybody's, a tie is that of those who voted."""
    if draw.purpose in ("agenda", "trustee"):
        return True
    branch = state.membership.members[me].branch
    for number in elections_waiting(state, draw.purpose, draw.of):
        election = state.elections.elections[number]
        if election.fills == "delegates":
            concerned = election.place == branch
        elif election.electorate == "roll":
            concerned = me in election.voters
        else:
            concerned = seat_of(state, election.convention, me) is not None
        if concerned:
            return True
    return False


def about(state: State, purpose: Purpose, of: int) -> str:
    """What a lot is for, in words."""
    if purpose == "agenda":
        return "the order of the agenda"
    if purpose == "trustee":
        return f"a trustee of the secret ballots (register {of})"
    if purpose == "delegates":
        waiting = elections_waiting(state, purpose, of)
        if not waiting:
            return "ties in the elections of delegates"
        branches = [place(state.elections.elections[number].place) for number in waiting]
        return f"the tie in the election of delegates of {_listed(branches)}"
    election = state.elections.elections[of]
    where = f", {place(election.place)}" if election.place else ""
    return f"the tie in the election: {office(election.office).lower()}{where}"


def _listed(names: list[str], most: int = 3) -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _phase(draw: Draw, now: int) -> Phase:
    if draw.seed is not None:
        return "drawn"
    if draw.cancelled is not None:
        return "cancelled"
    if draw.public:
        return "waiting"
    return "committing" if now < draw.commit_until else "handing in"
