"""Who may: rights come from the state (membership, posts held, seats), never from a flag."""

from __future__ import annotations

from collections.abc import Iterable

from quorate.chapters.bulletin.remembers import Judgement
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


def holds(state: State, member: str, office: str, place: str = "") -> bool:
    """Whether the member holds the office now, in good standing."""
    known = state.membership.members.get(member)
    return (
        known is not None and known.standing == "good" and member in holders(state, office, place)
    )


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


def settled(said: Iterable[Judgement], judges: int) -> Judgement | None:
    """What more than half of ``judges`` people have said, if they have."""
    opinions = list(said)
    decisions: tuple[Judgement, ...] = ("upheld", "dismissed")
    for decision in decisions:
        if 2 * opinions.count(decision) > judges:
            return decision
    return None


def judges(state: State, office: str, parties: Iterable[str]) -> frozenset[str]:
    """The holders of the office who may judge: nobody judges a case to which they are a party."""
    able = {who for who in holders(state, office) if holds(state, who, office)}
    return frozenset(able - set(parties))
