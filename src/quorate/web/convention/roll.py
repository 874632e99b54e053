"""The roll call of a closed vote: each seat's vote, or that it has none, and earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.delegates.remembers import Assembly, Seat
from quorate.chapters.floor.open_votes import replaced_vote
from quorate.chapters.floor.remembers import Vote

LOST = "lost: it could not be opened"
SPOILT = "spoilt: it says neither for nor against"
DID_NOT_VOTE = "did not vote"
EMPTY = "nobody sat there"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A vote that its seat replaced: what it was, and the reason for the next one."""

    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A seat of the roll call. ``by``: who cast the vote that stands; where there is none, who sat
    there when the vote closed, or "". ``voted``: it cast one. ``counted``: it is neither lost nor
    spoilt."""

    seat: str
    by: str
    choice: str
    voted: bool
    counted: bool
    before: tuple[Replaced, ...]


def roll_call(vote: Vote, assembly: Assembly) -> tuple[Line, ...]:
    """Every seat, by branch and number, those that did not vote included; nothing while the vote is
    not counted."""
    if vote.tally is None:
        return ()
    order = (
        seat for _, delegation in sorted(assembly.delegations.items()) for seat in delegation.seats
    )
    return tuple(_line(vote, assembly.seats[seat]) for seat in order)


def _line(vote: Vote, seat: Seat) -> Line:
    sealed = vote.sealed.get(seat.id)
    if sealed is None:
        by = _sat_in(seat, vote.closed or 0)
        return Line(seat.id, by, DID_NOT_VOTE if by else EMPTY, False, False, ())
    choice = LOST if seat.id in vote.lost else vote.opened_choices.get(seat.id, SPOILT)
    counted = seat.id in vote.opened_choices
    return Line(seat.id, sealed.by, choice, True, counted, replaced(vote, seat.id))


def _sat_in(seat: Seat, time: int) -> str:
    """Who sat in the seat then; "" for nobody."""
    if seat.vacated is not None and seat.vacated < time:
        return ""
    return next((s.member for s in reversed(seat.sittings) if s.since <= time), "")


def replaced(vote: Vote, seat: str) -> tuple[Replaced, ...]:
    """What the seat had voted before, oldest first."""
    reasons = [reason for _, reason in vote.sealed[seat].before]
    return tuple(
        Replaced(vote.replaced.get(replaced_vote(seat, number), LOST), reason)
        for number, reason in enumerate(reasons, 1)
    )
