"""The roll call of a vote that is closed: each seat's vote, and what it had voted before."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.floor.open_votes import replaced_vote
from quorate.chapters.floor.remembers import Vote

LOST = "lost: it could not be opened"
SPOILT = "spoilt: it says neither for nor against"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A vote that its seat replaced: what it was, and the reason for the next one."""

    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A seat of the roll call. ``by``: who cast the vote that stands. ``counted``: it is neither
    lost nor spoilt."""

    seat: str
    by: str
    choice: str
    counted: bool
    before: tuple[Replaced, ...]


def roll_call(vote: Vote) -> tuple[Line, ...]:
    """Every seat that voted; nothing while the vote is not counted."""
    if vote.tally is None:
        return ()
    lost = frozenset(vote.lost)
    return tuple(
        Line(
            seat,
            sealed.by,
            LOST if seat in lost else vote.opened_choices.get(seat, SPOILT),
            seat in vote.opened_choices,
            replaced(vote, seat),
        )
        for seat, sealed in sorted(vote.sealed.items())
    )


def replaced(vote: Vote, seat: str) -> tuple[Replaced, ...]:
    """What the seat had voted before, oldest first."""
    reasons = [reason for _, reason in vote.sealed[seat].before]
    return tuple(
        Replaced(vote.replaced.get(replaced_vote(seat, number), LOST), reason)
        for number, reason in enumerate(reasons, 1)
    )
