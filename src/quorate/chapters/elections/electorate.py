"""Who may vote, nominate and stand in an election."""

from __future__ import annotations

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Refusal
from quorate.chapters.elections.remembers import Election
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.membership.remembers import Member
from quorate.chapters.offices.assemblies import belongs
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing, seat_of, title_of
from quorate.chapters.state import State


def election_of(state: State, number: int) -> Election | Refusal:
    """The election of this number."""
    election = state.elections.elections.get(number)
    if election is None:
        return Refusal("record.subject", f"There is no election {number}.", "Check its number.")
    return election


def came_by(state: State, time: int) -> int:
    """By when (ms) a member must have come to their branch to vote in an election of the branch or
    its region that is called at ``time`` (ms)."""
    return time - state.rules.elections.voice_after * DAY


def had_come(state: State, member: Member, by: int) -> bool:
    """Whether the member had come to their branch by then (ms). Whom the founder entered in it was
    there before the record began."""
    founding = state.founding
    if founding.complete is None or founding.complete_entry is None:
        return True
    founded = member.entry < founding.complete_entry
    return member.in_branch_since <= by or (founded and member.in_branch_since <= founding.complete)


def who_votes(state: State, place: str, by: int) -> tuple[str, ...]:
    """The members in good standing of the branch or region who had come to their branch by then
    (ms)."""
    membership = state.membership
    return tuple(
        member
        for code in membership.branches
        if belongs(state, code, place)
        for member in members_in_good_standing(membership, code)
        if had_come(state, membership.members[member], by)
    )


def lately_come(state: State, election: Election, member: Member) -> bool:
    """Whether the member belongs to the election's branch or region and has no vote in it, because
    they came too late."""
    return (
        election.came_by is not None
        and member.id not in election.voters
        and not had_come(state, member, election.came_by)
        and belongs(state, member.branch, election.place)
    )


def voter(state: State, election: Election, member: str) -> str | Refusal:
    """Whose vote the member casts (their own, or their seat's); or why they have none."""
    person = member_in_good_standing(state, member)
    if isinstance(person, Refusal):
        return person
    if election.electorate == "roll":
        if member in election.voters:
            return member
        if lately_come(state, election, person):
            return Refusal(
                "elections.voice_after",
                f"You came to your branch on {on(person.in_branch_since)}; in this election those "
                f"vote who had come by {on(election.came_by or 0)}.",
                "Leave it to those who have been there for longer; you vote in the next.",
            )
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
