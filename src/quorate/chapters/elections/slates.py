"""elections.propose_slate, elections.consent: lists of persons that stand together.

A slate is on the ballot if it fills every seat and everyone on it has agreed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.electorate import election_of, rule_of
from quorate.chapters.elections.nominate import taking_nominations
from quorate.chapters.elections.remembers import Election, Slate
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import Line, Number, Pseudonym
from quorate.chapters.offices.holding import office_rules
from quorate.chapters.plain import counted
from quorate.chapters.rights import member_in_good_standing, needs_office, seat_of
from quorate.chapters.state import State
from quorate.rulebook.schema import Body


@dataclass(frozen=True, slots=True)
class ProposeSlate:
    """``members``: in the order in which they stand. ``title``: what the slate is called."""

    election: Number
    title: Line
    members: Annotated[tuple[Pseudonym, ...], Field(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class Consent:
    """``slate``: its number within the election."""

    election: Number
    slate: Number
    yes: bool


def standing_slates(election: Election) -> tuple[Slate, ...]:
    """The slates on the ballot, numbered from 1 in this order.

    Where members say yes or no to one slate, the last that was proposed and stands is that one.
    """
    standing = tuple(
        slate
        for slate in election.slates
        if len(slate.members) == election.seats and slate.consents >= set(slate.members)
    )
    return standing[-1:] if election.count == "slate-yes-no/1" else standing


def propose_allowed(state: State, act: ProposeSlate, occasion: Occasion) -> Refusal | None:
    election = election_of(state, act.election)
    if isinstance(election, Refusal):
        return election
    refusal = may_propose(state, election, occasion.by, occasion.time)
    if refusal is not None:
        return refusal
    path = rule_of(election)
    if len(set(act.members)) != election.seats or len(act.members) != election.seats:
        return Refusal(
            path,
            f"A slate names {counted(election.seats, 'different person', 'different persons')}.",
            "Name one for each seat.",
        )
    for member in act.members:
        person = member_in_good_standing(state, member)
        if isinstance(person, Refusal):
            return person
    return None


def may_propose(state: State, election: Election, member: str, time: int) -> Refusal | None:
    """Why the member cannot propose a slate for this election at ``time`` (ms), if so."""
    path = rule_of(election)
    rules = office_rules(state, election.office)
    if not isinstance(rules, Body) or rules.method != "slate":
        return Refusal(path, "This election is by individuals.", "Nominate a member.")
    refusal = taking_nominations(state, election, time)
    if refusal is not None:
        return refusal
    proposer = member_in_good_standing(state, member)
    if isinstance(proposer, Refusal):
        return proposer
    if rules.slate_from != "delegates":
        return needs_office(state, member, rules.slate_from or "", path)
    if seat_of(state, election.convention, member) is None:
        return Refusal(path, "Only delegates propose a slate.", "Ask a delegate to.")
    return None


def proposed(state: State, act: ProposeSlate, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    consents = frozenset({occasion.by} & set(act.members))
    slate = Slate(
        number=len(election.slates) + 1,
        proposed_by=occasion.by,
        members=act.members,
        title=act.title,
        time=occasion.time,
        consents=consents,
    )
    return with_election(state, election._replace(slates=(*election.slates, slate)))


def consent_allowed(state: State, act: Consent, occasion: Occasion) -> Refusal | None:
    election = election_of(state, act.election)
    if isinstance(election, Refusal):
        return election
    path = rule_of(election)
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    for slate in election.slates:
        if slate.number == act.slate and occasion.by in slate.members:
            return taking_nominations(state, election, occasion.time)
    return Refusal(path, "You are not on this slate.", "Nothing is left to do.")


def consented(state: State, act: Consent, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    slates = tuple(
        _answered(slate, occasion.by, act.yes) if slate.number == act.slate else slate
        for slate in election.slates
    )
    return with_election(state, election._replace(slates=slates))


def _answered(slate: Slate, member: str, yes: bool) -> Slate:
    """The slate with what the member says now, whatever they said before."""
    agreeing, declining = slate.consents - {member}, slate.declined - {member}
    if yes:
        return replace(slate, consents=agreeing | {member}, declined=declining)
    return replace(slate, consents=agreeing, declined=declining | {member})


PROPOSE = Clause(
    name="elections.propose_slate",
    act=ProposeSlate,
    who="Delegates, or the body that the rulebook lets propose slates.",
    rules=("bodies",),
    changes="The slate is on the ballot as soon as everyone on it has agreed.",
    allowed=propose_allowed,
    change=proposed,
)

CONSENT = Clause(
    name="elections.consent",
    act=Consent,
    who="Whoever is on the slate, for themselves.",
    rules=("bodies",),
    changes="The member agrees to be on the slate, or does not.",
    allowed=consent_allowed,
    change=consented,
)
