"""Letters to those for whom something waits: a challenge, a nomination, an empty seat."""

from __future__ import annotations

from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.elections.naming import title_of
from quorate.web.letters.words import Words, link
from quorate.web.templatetags.saying import place


def challenged(state: State, taken: Taken) -> Words:
    """To each judge of a challenge to a roll, and to the member whom it is about."""
    act = taken.act
    branch = place(act.branch)
    whom = "you" if act.member == taken.member else names.name_of(state, act.member)
    verb = "are" if act.member == taken.member else "is"
    said = (
        f"that {whom} {verb} missing from it"
        if act.about == "missing"
        else f"that {whom} {verb} no member and should not stand on it"
    )
    concerns = (
        "Those who judge challenges decide; you can tell them what you know."
        if act.member == taken.member
        else "You are one of those who judge it."
    )
    return Words(
        f"The roll of {branch} is challenged",
        f"{names.name_of(state, taken.by)} challenges the roll of {branch}, and says\n"
        f"{said}.\n{concerns}\n\n{link(f'branches/{act.branch}')}",
    )


def nominated(state: State, taken: Taken) -> Words:
    """To whoever was nominated by somebody else."""
    election = state.elections.elections[taken.act.election]
    title = title_of(election)
    return Words(
        f"You are nominated: {title}",
        f"{names.name_of(state, taken.by)} has nominated you: {title}.\n\n"
        f"You stand only if you say yes, by {on(election.opens)}:\n"
        f"{link(f'elections/{election.number}')}",
    )


def seat_waits(state: State, taken: Taken) -> Words:
    """To the branch's next alternate."""
    branch = place(state.membership.members[taken.member].branch)
    return Words(
        f"A seat of {branch} is empty, and you are next",
        f"A delegate of {branch} has given way, and you are the next alternate.\n"
        f"If you can come to the convention, step in:\n"
        f"{link('convention')}",
    )
