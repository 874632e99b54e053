"""delegates.apportion: the branches' seats are computed from the frozen rolls, and each branch's
election is opened for nominations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from immutables import Map

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.delegates.remembers import Assembly, Delegation, Seat
from quorate.chapters.delegates.seating import with_assembly
from quorate.chapters.elections.remembers import Election
from quorate.chapters.fields import Number
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import State
from quorate.count.apportionment import per_members, sainte_lague
from quorate.rulebook.schema import Rulebook


@dataclass(frozen=True, slots=True)
class Apportion:
    """``of``: the convention."""

    of: Number


def seats_by_branch(
    members: dict[str, int], rules: Rulebook, new: Collection[str] = ()
) -> dict[str, int]:
    """Branch → seats, from branch → members on the roll, by the rulebook's method.

    ``new``: the branches opened since the call. Equal quotients go to the branch with more members,
    then to the first by code. Where the minimum alone needs more seats than there are, every branch
    that is guaranteed the minimum has it. A branch without members has no seat.
    """
    rule = rules.delegates
    with_members = {code: count for code, count in members.items() if count}
    # Otherwise a few people take a seat each, by opening a branch for each of them.
    guaranteed = {
        code: count
        for code, count in with_members.items()
        if rule.minimum_from == 1 or (count >= rule.minimum_from and code not in new)
    }
    if rule.method == "per-members":
        per = rule.members_per_delegate or 1
        whole = {code: count // per for code, count in with_members.items()}
        return whole | per_members(guaranteed, per, minimum=rule.minimum)
    if not with_members:
        return {}
    minimum = dict.fromkeys(guaranteed, rule.minimum)
    seats = max(rule.seats or 0, sum(minimum.values()))
    return sainte_lague(with_members, seats, minimum=minimum)


def allowed(state: State, act: Apportion, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: Apportion, occasion: Occasion) -> State:
    convention = state.floor.conventions[act.of]
    roll = state.membership.rolls[act.of]
    members = {code: len(branch.members) for code, branch in roll.branches.items()}
    new = {
        code for code, branch in state.membership.branches.items() if branch.opened_during == act.of
    }
    shares = seats_by_branch(members, convention.rules, new)
    assembly = Assembly(convention=act.of, apportioned=occasion.time)
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    seats: dict[str, Seat] = {}
    delegations: dict[str, Delegation] = {}
    for code in sorted(shares):
        ids = tuple(f"{code}-{number}" for number in range(1, shares[code] + 1))
        seats |= {seat: Seat(seat, code) for seat in ids}
        election = None
        if ids:
            state, election = _election(state, convention, code, roll.branches[code].members, ids)
        delegations[code] = Delegation(code, members[code], ids, election)
    assembly = replace(assembly, seats=Map(seats), delegations=Map(delegations))
    return with_assembly(state, assembly)


def _election(
    state: State,
    convention: Convention,
    branch: str,
    roll: tuple[str, ...],
    seats: tuple[str, ...],
) -> tuple[State, int]:
    number = len(state.elections.elections) + 1
    election = Election(
        number=number,
        convention=convention.number,
        fills="delegates",
        office="delegates",
        place=branch,
        seats=len(seats),
        count=convention.rules.delegates.count,
        electorate="roll",
        opens=convention.dates.election_opens,
        closes=convention.dates.election_closes,
        voters=Map(dict.fromkeys(roll)),
    )
    elections = state.elections.elections.set(number, election)
    deadline = Deadline(election.closes, "elections.open_ballots", number)
    state = state._replace(
        elections=state.elections._replace(elections=elections),
        calendar=state.calendar.add(deadline),
    )
    return state, number


CLAUSE = Clause(
    name="delegates.apportion",
    act=Apportion,
    who="Nobody: it falls due as soon as the rolls are final.",
    rules=("delegates.method", "delegates.minimum_from", "delegates.count"),
    changes="Each branch has its seats, and its election takes nominations.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
