"""Holding an office: how holders come and go. Elections and appointments all end here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Occasion
from quorate.chapters.offices.remembers import Ended, Holding, How, Office
from quorate.chapters.state import State
from quorate.rulebook.schema import Body, Post


def office_rules(state: State, name: str) -> Body | Post | None:
    """What the rulebook says of the body or post, if there is one of this name."""
    return state.rules.bodies.get(name) or state.rules.posts.get(name)


def places(state: State, name: str) -> tuple[str, ...]:
    """Where the office exists: "" for the organisation, or every region's or branch's code."""
    rules = office_rules(state, name)
    if isinstance(rules, Post) and rules.per == "region":
        return tuple(sorted(state.membership.regions))
    if isinstance(rules, Post) and rules.per == "branch":
        return tuple(sorted(state.membership.branches))
    return () if rules is None else ("",)


def place_for(state: State, name: str, place: str) -> str:
    """Where whoever answers for ``place`` in the office ``name`` holds it.

    That is "" for an office of the whole, the branch itself, or the region of the branch.
    """
    rules = office_rules(state, name)
    if not isinstance(rules, Post) or rules.per == "organisation":
        return ""
    branch = state.membership.branches.get(place)
    return branch.region if rules.per == "region" and branch is not None else place


def path_of(state: State, name: str) -> str:
    """The dotted path of the office in the rulebook, for refusals."""
    if name in state.rules.bodies:
        return f"bodies.{name}"
    return f"posts.{name}" if name in state.rules.posts else "record.subject"


def seats_of(state: State, name: str) -> int:
    """How many people hold the office at one place."""
    rules = office_rules(state, name)
    return rules.seats if isinstance(rules, Body) else 1


def vacant(state: State) -> tuple[Office, ...]:
    """Every office that nobody holds, at each of its places."""
    names = (*state.rules.bodies, *state.rules.posts)
    return tuple(
        (name, place)
        for name in names
        for place in places(state, name)
        if not state.offices.now.get((name, place))
    )


def install(
    state: State, office: Office, members: Iterable[str], how: How, chosen_by: str, on: Occasion
) -> State:
    """The state in which these members hold the office too, from now for its term."""
    rules = office_rules(state, office[0])
    term = rules.term_days if rules is not None else 0
    until = on.time + term * DAY
    ends = rules is not None and rules.after_term == "ends"
    holdings = tuple(
        Holding(office, member, on.time, until, how, chosen_by, on.sequence, ends=ends)
        for member in members
    )
    present = state.offices.now.get(office, ())
    now = state.offices.now.set(office, (*present, *holdings))
    calendar = state.calendar
    deadline = Deadline(until, "offices.end_terms", on.sequence)
    if ends and deadline not in calendar.deadlines:
        calendar = calendar.add(deadline)
    return state._replace(offices=state.offices._replace(now=now), calendar=calendar)


def overdue(held: Holding, time: int) -> bool:
    """Whether the term is over; the holder stays only until a successor is chosen."""
    return time >= held.until


def to_be_filled(state: State, office: Office, time: int) -> bool:
    """Whether a seat of the office is empty, or held by somebody whose term is over."""
    held = state.offices.now.get(office, ())
    in_term = [h for h in held if not overdue(h, time)]
    return len(in_term) < seats_of(state, office[0])


def more_than_seats(state: State, office: Office) -> int | None:
    """Until when (ms) the last term runs of more holders than the office has seats; None where
    there are no more. So it is once an amendment has cut the seats: a mandate is not cut short."""
    held = state.offices.now.get(office, ())
    if len(held) <= seats_of(state, office[0]):
        return None
    return max(h.until for h in held)


def make_room(state: State, office: Office, time: int) -> State:
    """The state in which a seat of a full office is free: whoever is overdue longest gives way."""
    held = state.offices.now.get(office, ())
    if len(held) < seats_of(state, office[0]):
        return state
    first = min(held, key=lambda h: (h.until, h.member))
    return end(state, office, first.member, time, "term")


def replace_holders(
    state: State, office: Office, members: Iterable[str], chosen_by: str, on: Occasion
) -> State:
    """The state in which just these members, elected, hold the office."""
    for holding in state.offices.now.get(office, ()):
        how: Ended = "term" if on.time >= holding.until else "replaced"
        state = end(state, office, holding.member, on.time, how)
    return install(state, office, members, "elected", chosen_by, on)


def end(state: State, office: Office, member: str, time: int, how: Ended) -> State:
    """The state in which the member does not hold the office any more."""
    present = state.offices.now.get(office, ())
    ended = tuple(
        replace(holding, ended=time, ended_how=how)
        for holding in present
        if holding.member == member
    )
    if not ended:
        return state
    left = tuple(holding for holding in present if holding.member != member)
    now = state.offices.now.set(office, left) if left else state.offices.now.delete(office)
    recalls = state.offices.recalls
    if (office, member) in recalls:
        recalls = recalls.delete((office, member))
    demands = state.offices.demands
    if (office, member) in demands:
        demands = demands.delete((office, member))
    past = (*state.offices.past, *ended)
    offices = state.offices._replace(now=now, past=past, recalls=recalls, demands=demands)
    return state._replace(offices=offices)


def end_abolished(state: State, time: int) -> State:
    """The state in which nobody holds an office that the rulebook does not have (any more)."""
    for office in sorted(state.offices.now):
        if office[1] not in places(state, office[0]):
            for holding in state.offices.now[office]:
                state = end(state, office, holding.member, time, "abolished")
    return state


def offices_of(state: State, member: str) -> tuple[Office, ...]:
    """Every office that the member holds now."""
    return tuple(
        office
        for office, holdings in state.offices.now.items()
        if any(holding.member == member for holding in holdings)
    )


def end_all(
    state: State, member: str, time: int, how: Ended, only_places: frozenset[str] | None = None
) -> State:
    """The state in which the member holds no office any more (or none at these places)."""
    for office in sorted(offices_of(state, member)):
        if only_places is None or office[1] in only_places:
            state = end(state, office, member, time, how)
    return state
