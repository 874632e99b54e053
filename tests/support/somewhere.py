"""The small organisation at different moments of its year, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from quorate import organisation
from quorate.chapters.calendar import DAY
from support.boxes import Boxes
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
    delegates,
    hand_in,
    led,
    nominated,
    opened_vote,
    poll,
    proposed,
    vote_all_alike,
)


def copy_of(small: Small) -> Small:
    """Another that goes its own way from here."""
    pure = small.pure
    boxes = Boxes(
        {election: list(waiting) for election, waiting in pure.boxes.waiting.items()},
        {election: list(inside) for election, inside in pure.boxes.inside.items()},
        dict(pure.boxes.tallies),
    )
    return Small(
        Pure(pure.time, pure.state, list(pure.entries), dict(pure.sealed), dict(pure.files), boxes),
        dict(small.members),
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
    """The branches have elected; the bulletin is open for ten days more."""
    for election in branch_elections(small):
        voters = [m for m in small.members[election.place] if m in election.voters]
        vote_all_alike(small, election.number, voters)
    small.pure.go_to(convention(small).dates.election_closes)
    return small_with_proposals(small)


def small_with_proposals(small: Small) -> Small:
    """With three proposals that are admitted, one an amendment to the rulebook, and one that is
    not."""
    proposed(small, 2)
    change = [{"path": "floor.quorum", "value": "1/3"}]
    proposed(small, 1, kind="amendment", amends="rulebook", changes=change)
    hand_in(small, delegates(small)[0])
    return small


def _seconding(small: Small) -> Small:
    """The bulletin has closed and seconding has not."""
    small.pure.go_to(convention(small).dates.opens - 30 * DAY)
    return small


def _founding(small: Small) -> Small:
    """Everything is set up, and the founding is not complete."""
    entries = small.pure.entries[:-1]
    occasion, _ = entries[-1]
    return Small(Pure(occasion.time, organisation.replay(entries), list(entries)), small.members)


def _waiting(small: Small) -> Small:
    """The day before the opening."""
    small.pure.go_to(convention(small).dates.opens - DAY)
    return small


def _opened(small: Small) -> Small:
    small.pure.do(chair(small), "floor.open")
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


def _decided(small: Small) -> Small:
    """Nothing is left but to close."""
    led(small)
    for number in convention(small).agenda or ():
        question = small.state.bulletin.contributions[number].amends or "proposal"
        decided(small, number, ["for"] * 12, question)
    return small


def _closed(small: Small) -> Small:
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()
    return small


MOMENTS: dict[str, tuple[str, Callable[[Small], Small]]] = {
    "before the call": ("", called),
    "founding": ("before the call", _founding),
    "called": ("before the call", called),
    "bulletin": ("called", _bulletin),
    "rolls": ("bulletin", _rolls),
    "nominations": ("rolls", _nominations),
    "voting": ("nominations", _voting),
    "elected": ("voting", _elected),
    "seconding": ("elected", _seconding),
    "day before": ("seconding", _waiting),
    "hour": ("day before", arrived),
    "sitting": ("hour", _opened),
    "vote open": ("sitting", _vote_open),
    "poll open": ("sitting", _poll_open),
    "decided": ("sitting", _decided),
    "closed": ("decided", _closed),
}
"""Moment → the one it is reached from, and how."""
