"""Assemblies that may recall: the convention, or the members of a region or branch."""

from __future__ import annotations

from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor.presence import present_seats
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.state import State

ASSEMBLIES = ("convention", "region", "branch")
"""Who ``recalled_by`` may name besides a body or a post."""


def voice_in(state: State, assembly: str, place: str, member: str, path: str) -> str | Refusal:
    """In whose name the member speaks in the assembly now: their seat's, or their own; or why they
    have no voice in it. ``path``: the rule that gives the assembly its right."""
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
    return member


def belongs(state: State, branch: str, place: str) -> bool:
    """Whether the branch is the place, or lies in it."""
    return place in (branch, state.membership.branches[branch].region)


def voices_in(state: State, assembly: str, place: str) -> tuple[str, ...]:
    """Every voice of the assembly: all seats of the sitting convention, or all members in good
    standing of the place."""
    if assembly == "convention":
        seated = state.delegates.assemblies.get(state.floor.current or 0)
        return () if seated is None else tuple(sorted(seated.seats))
    membership = state.membership
    return tuple(
        member
        for code in sorted(membership.branches)
        if belongs(state, code, place)
        for member in members_in_good_standing(membership, code)
    )
