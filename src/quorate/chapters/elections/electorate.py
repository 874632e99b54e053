"""Who may vote, nominate and stand in an election."""

from __future__ import annotations

from quorate.chapters.clause import Refusal
from quorate.chapters.elections.remembers import Election
from quorate.chapters.rights import member_in_good_standing, seat_of, title_of
from quorate.chapters.state import State


def election_of(state: State, number: int) -> Election | Refusal:
    """The election of this number."""
    election = state.elections.elections.get(number)
    if election is None:
        return Refusal("record.subject", f"There is no election {number}.", "Check its number.")
    return election


def voter(state: State, election: Election, member: str) -> str | Refusal:
    """Whose vote the member casts (their own, or their seat's); or why they have none."""
    person = member_in_good_standing(state, member)
    if isinstance(person, Refusal):
        return person
    if election.electorate == "roll":
        if member in election.voters:
            return member
        return Refusal(
            rule_of(election),
            "You are not on the roll of this election.",
            "The roll says who may vote; it could be challenged while it was open to that.",
        )
    seat = seat_of(state, election.convention, member)
    convention = state.floor.conventions[election.convention]
    if seat is None:
        return Refusal(rule_of(election), "Only delegates vote in this election.", "Ask yours.")
    if convention.presence.get(seat) != member:
        return Refusal(
            rule_of(election),
            "You are not marked as present.",
            "Have your credentials checked, then mark yourself as present.",
        )
    return seat


def may_nominate(state: State, election: Election, member: str) -> Refusal | None:
    """Voters nominate; for delegates the rulebook may bar the holders of some posts."""
    person = member_in_good_standing(state, member)
    if isinstance(person, Refusal):
        return person
    if election.electorate == "seats":
        if seat_of(state, election.convention, member) is None:
            return Refusal(rule_of(election), "Only delegates nominate.", "Ask a delegate to.")
        return None
    own = voter(state, election, member)
    if isinstance(own, Refusal):
        return own
    if election.fills == "delegates":
        barred = state.floor.conventions[election.convention].rules.delegates.may_not_nominate
        for (office, _), holdings in state.offices.now.items():
            if office in barred and any(holding.member == member for holding in holdings):
                return Refusal(
                    f"delegates.may_not_nominate.{barred.index(office)}",
                    f"Whoever is {title_of(state, office)} may not nominate delegates.",
                    "Leave it to the members of the branch.",
                )
    return None


def may_stand(state: State, election: Election, member: str) -> Refusal | None:
    """Delegates come from the branch's roll; officers from the place that they are for."""
    person = member_in_good_standing(state, member)
    if isinstance(person, Refusal):
        return person
    if election.fills == "delegates" and member not in election.voters:
        return Refusal(
            "delegates.count", "Only members on the branch's roll can stand.", "Name another."
        )
    if election.place in state.membership.branches and person.branch != election.place:
        return Refusal(rule_of(election), "They belong to another branch.", "Name another.")
    region = state.membership.branches[person.branch].region
    if election.place in state.membership.regions and region != election.place:
        return Refusal(rule_of(election), "They belong to another region.", "Name another.")
    return None


def who_cannot(state: State, election: Election) -> frozenset[int]:
    """The numbers of the candidates who stood and cannot be elected any more."""
    return frozenset(
        number
        for number, candidate in enumerate(election.standing, start=1)
        if isinstance(may_stand(state, election, candidate.member), Refusal)
    )


def followed(state: State, election: Election) -> bool:
    """Whether a later election to the same office at the same place has been called."""
    return any(
        later.number > election.number
        and (later.office, later.place) == (election.office, election.place)
        for later in state.elections.elections.values()
    )


def rule_of(election: Election) -> str:
    """The dotted path of the rule that says who elects here."""
    if election.fills == "delegates":
        return "delegates.count"
    return f"{'bodies' if election.fills == 'body' else 'posts'}.{election.office}"
