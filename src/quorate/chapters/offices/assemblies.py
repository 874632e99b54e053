"""Assemblies that may recall: the convention, or the members of a region or branch."""

from __future__ import annotations

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor.presence import present_seats
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.membership.remembers import Member
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.state import State

ASSEMBLIES = ("convention", "region", "branch")
"""Who ``recalled_by`` may name besides a body or a post."""


def voice_in(
    state: State, assembly: str, place: str, member: str, path: str, time: int
) -> str | Refusal:
    """In whose name the member speaks in the assembly: their seat's, or their own; or why they have
    no voice in it. ``path``: the rule that gives the assembly its right; ``time`` (ms): they must
    have belonged to their branch for long enough then."""
    person = member_in_good_standing(state, member)
    if isinstance(person, Refusal):
        return person
    if assembly == "convention":
        convention = current(state)
        if convention is None or convention.opened is None:
            return Refusal(
                path, "The convention recalls while it sits.", "Bring it up when it has opened."
            )
        seat = seat_of(state, convention.number, member)
        if seat is None or seat not in present_seats(state, convention):
            return Refusal(path, "Only delegates who are present have a voice.", "Ask yours.")
        return seat
    if not belongs(state, person.branch, place):
        return Refusal(path, f"Only members of {place} have a voice.", "Leave it to them.")
    since = voice_since(state, person)
    if time < since:
        return Refusal(
            "recall.voice_after",
            f"You came to your branch on {on(person.in_branch_since)}, and have a voice from "
            f"{on(since)}.",
            "Leave it to those who have been there for longer.",
        )
    return member


def voice_since(state: State, member: Member) -> int:
    """From when (ms) the member has a voice in the assembly of their branch and its region. So
    nobody recalls from a branch's post by moving there for it."""
    return member.in_branch_since + state.rules.recall.voice_after * DAY


def belongs(state: State, branch: str, place: str) -> bool:
    """Whether the branch is the place, or lies in it."""
    return place in (branch, state.membership.branches[branch].region)


def voices_in(state: State, assembly: str, place: str, time: int) -> tuple[str, ...]:
    """Every voice of the assembly at ``time`` (ms): all seats of the sitting convention, or all
    members in good standing of the place who have belonged to their branch for long enough."""
    if assembly == "convention":
        seated = state.delegates.assemblies.get(state.floor.current or 0)
        return () if seated is None else tuple(sorted(seated.seats))
    membership = state.membership
    return tuple(
        member
        for code in sorted(membership.branches)
        if belongs(state, code, place)
        for member in members_in_good_standing(membership, code)
        if voice_since(state, membership.members[member]) <= time
    )
