"""The small organisation at different moments of its year, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from quorate.chapters.calendar import DAY
from support.pure import Pure
from support.small import Small, founded
from support.year import (
    apportioned,
    arrived,
    branch_elections,
    called,
    chair,
    convention,
    decided,
    delegates_elected,
    drawn,
    hand_in,
    led,
    nominated,
    opened_vote,
    poll,
    proposed,
    sitting,
)


def copy_of(small: Small) -> Small:
    """Another that goes its own way from here."""
    pure = small.pure
    return Small(
        Pure(pure.time, pure.state, list(pure.entries), dict(pure.sealed)), dict(small.members)
    )


def at(preset: str, moment: str) -> Small:
    """The organisation under this preset at this moment, to do with as one likes."""
    return copy_of(_made(preset, moment))


@cache
def _made(preset: str, moment: str) -> Small:
    before, go_on = MOMENTS[moment]
    if not before:
        return founded(preset, **({"delegates": "3"} if preset == "closed-slate" else {}))
    return go_on(at(preset, before))


def _bulletin(small: Small) -> Small:
    small.pure.go_to(convention(small).dates.bulletin_opens)
    for author in (small.members["A1"][5], small.members["B1"][5]):
        hand_in(small, author, "perspective")
    return small


def _rolls(small: Small) -> Small:
    small.pure.go_to(convention(small).dates.roll_cut_off + DAY)
    return small


def _nominations(small: Small) -> Small:
    return nominated(apportioned(small))


def _voting(small: Small) -> Small:
    small.pure.go_to(convention(small).dates.election_opens)
    assert branch_elections(small)
    return small


def _elected(small: Small) -> Small:
    return small_with_proposals(delegates_elected(small))


def small_with_proposals(small: Small) -> Small:
    """With three proposals that are admitted, one an amendment to the rulebook."""
    proposed(small, 2)
    change = [{"path": "floor.quorum", "value": "1/3"}]
    proposed(small, 1, kind="amendment", amends="rulebook", changes=change)
    return small


def _waiting(small: Small) -> Small:
    """The day before the opening, the agenda drawn."""
    small.pure.go_to(convention(small).dates.opens - DAY)
    drawn(small)
    return small


def _vote_open(small: Small) -> Small:
    agenda = convention(small).agenda or ()
    question = small.state.bulletin.contributions[agenda[0]].amends or "proposal"
    opened_vote(small, agenda[0], question)
    return small


def _poll_open(small: Small) -> Small:
    election = poll(small, "steering-committee")
    small.pure.go_to(election.opens)
    return small


def _closed(small: Small) -> Small:
    led(small)
    for number in convention(small).agenda or ():
        question = small.state.bulletin.contributions[number].amends or "proposal"
        decided(small, number, ["for"] * 12, question)
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()
    return small


MOMENTS: dict[str, tuple[str, Callable[[Small], Small]]] = {
    "founded": ("", called),
    "called": ("founded", called),
    "bulletin": ("called", _bulletin),
    "rolls": ("bulletin", _rolls),
    "nominations": ("rolls", _nominations),
    "voting": ("nominations", _voting),
    "elected": ("founded", _elected),
    "waiting": ("elected", _waiting),
    "arrived": ("elected", arrived),
    "sitting": ("elected", sitting),
    "vote open": ("sitting", _vote_open),
    "poll open": ("sitting", _poll_open),
    "closed": ("sitting", _closed),
}
"""Moment → the one it is reached from, and how."""
