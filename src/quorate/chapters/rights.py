"""Who may: rights come from the state (membership, posts held, seats), never from a flag."""

from __future__ import annotations

from quorate.chapters.clause import Refusal
from quorate.chapters.membership.remembers import Member
from quorate.chapters.state import State


def member_in_good_standing(state: State, member: str) -> Member | Refusal:
    """The member, or why this person cannot act as one."""
    known = state.membership.members.get(member)
    if known is None:
        return Refusal(
            "membership.admission",
            "Only members can do this.",
            "Ask your branch's secretary to enter you as a member.",
        )
    if known.standing != "good":
        return Refusal(
            "membership.admission",
            f"Only members in good standing can do this; this membership is {known.standing}.",
            "Speak to your branch's secretary.",
        )
    return known


def holders(state: State, office: str, place: str = "") -> tuple[str, ...]:
    """The members who hold the office now."""
    return tuple(holding.member for holding in state.offices.now.get((office, place), ()))


def in_office(state: State, office: str, place: str = "") -> frozenset[str]:
    """The members who hold the office now and are in good standing."""
    members = state.membership.members
    return frozenset(
        who for who in holders(state, office, place) if members[who].standing == "good"
    )


def holds(state: State, member: str, office: str, place: str = "") -> bool:
    """Whether the member acts for the office now: as a holder in good standing, or standing in.

    While there is no such holder, whoever the rulebook lets stand in acts. Nobody stands in for
    them in turn.
    """
    able = in_office(state, office, place)
    rules = state.rules.bodies.get(office) or state.rules.posts.get(office)
    if not able and rules is not None and rules.stood_in_by is not None:
        able = in_office(state, rules.stood_in_by)
    return member in able


def needs_office(
    state: State, member: str, office: str, rule: str, place: str = ""
) -> Refusal | None:
    """None if the member holds the office that the rule names; else the refusal citing it."""
    if holds(state, member, office, place):
        return None
    return Refusal(
        rule,
        f"Only {title_of(state, office)} can do this.",
        "See “Who answers to whom” for who holds it now.",
    )


def title_of(state: State, office: str) -> str:
    """What people call the office: its title in the rulebook."""
    if office in state.rules.bodies:
        return f"the {state.rules.bodies[office].title.lower()}"
    if office in state.rules.posts:
        return f"the {state.rules.posts[office].title.lower()}"
    return office


def seat_of(state: State, convention: int, member: str) -> str | None:
    """The seat in which the member sits at the convention now, if any."""
    assembly = state.delegates.assemblies.get(convention)
    return None if assembly is None else assembly.seated.get(member)
