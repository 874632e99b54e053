"""elections.nominate, elections.accept: a voter nominates; nobody stands without their consent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quorate.ballots.choices import MOST_RANKED
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.electorate import election_of, may_nominate, may_stand, rule_of
from quorate.chapters.elections.remembers import Candidate, Election
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import Document, Number, Pseudonym
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State
from quorate.count.rules import RULES

RULE = "delegates.nominations_open"


@dataclass(frozen=True, slots=True)
class Nominate:
    """``statement``: the candidate's, or "" for none; whoever nominates another leaves it to them,
    unless the rulebook says otherwise."""

    election: Number
    member: Pseudonym
    statement: Document | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """``yes``: whether the nominated member stands. ``statement``: theirs, or "". ``of_group``:
    whether they are of the group for which places are reserved."""

    election: Number
    yes: bool
    statement: Document | Literal[""] = ""
    of_group: bool = False


def taking_nominations(state: State, election: Election, time: int) -> Refusal | None:
    """None between the dates for nominations; else the refusal."""
    if election.fills == "delegates":
        opens = state.floor.conventions[election.convention].dates.nominations_open
        if time < opens:
            return Refusal(RULE, f"Nominations open on {on(opens)}.", "Come back then.")
    if election.void:
        return Refusal(RULE, "This election is void.", "Take part in the one held in its place.")
    if time >= election.opens or election.closed is not None:
        return Refusal(
            RULE, f"Nominations closed on {on(election.opens)}.", "Vote among those who stand."
        )
    return None


def nominate_allowed(state: State, act: Nominate, occasion: Occasion) -> Refusal | None:
    election = election_of(state, act.election)
    if isinstance(election, Refusal):
        return election
    refusal = taking_nominations(state, election, occasion.time)
    refusal = refusal or may_nominate(state, election, occasion.by)
    refusal = refusal or may_stand(state, election, act.member)
    if refusal is not None:
        return refusal
    if election.count.startswith("slate-"):
        return Refusal(
            f"bodies.{election.office}", "This election is by slates.", "Propose a slate."
        )
    if any(candidate.member == act.member for candidate in election.candidates):
        return Refusal(RULE, "They are nominated already.", "Nothing is left to do.")
    if act.member == occasion.by and (refusal := _full(election, act.member)):
        return refusal
    if act.statement and act.member != occasion.by and not _others_may_state(state, election):
        return Refusal(
            "elections.statements_by",
            "A statement is read as the candidate's own words, and this would be yours.",
            "Nominate them without one; they can add theirs when they accept.",
        )
    return None


def _others_may_state(state: State, election: Election) -> bool:
    convention = state.floor.conventions.get(election.convention)
    rules = state.rules if convention is None else convention.rules
    return rules.elections.statements_by == "anyone"


def nominated(state: State, act: Nominate, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    candidate = Candidate(
        member=act.member,
        nominated_by=occasion.by,
        time=occasion.time,
        statement=act.statement,
        accepted=True if act.member == occasion.by else None,
    )
    return with_election(state, election._replace(candidates=(*election.candidates, candidate)))


def accept_allowed(state: State, act: Accept, occasion: Occasion) -> Refusal | None:
    election = election_of(state, act.election)
    if isinstance(election, Refusal):
        return election
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    if all(candidate.member != occasion.by for candidate in election.candidates):
        return Refusal(RULE, "You are not nominated.", "Nominate yourself, if you may.")
    if act.of_group and election.terms.reserved is None:
        return Refusal(
            rule_of(election), "No places are reserved for a group here.", "Leave it out."
        )
    if act.yes and (refusal := _full(election, occasion.by)):
        return refusal
    return taking_nominations(state, election, occasion.time)


def _full(election: Election, member: str) -> Refusal | None:
    """The refusal of one more than a secret ballot can rank."""
    others = sum(one.member != member for one in election.standing)
    if not election.register or RULES[election.count].marks != "ranks" or others < MOST_RANKED:
        return None
    return Refusal(
        "secret.sides",
        f"{MOST_RANKED} candidates stand, and a ranking of more cannot be encrypted.",
        "Ask one of them to give way.",
    )


def accepted(state: State, act: Accept, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    candidates = tuple(
        replace(
            candidate,
            accepted=act.yes,
            statement=act.statement or candidate.statement,
            of_group=act.yes and act.of_group,
        )
        if candidate.member == occasion.by
        else candidate
        for candidate in election.candidates
    )
    return with_election(state, election._replace(candidates=candidates))


NOMINATE = Clause(
    name="elections.nominate",
    act=Nominate,
    who="Whoever votes in the election, unless the rulebook bars them from it.",
    rules=(
        RULE,
        "delegates.may_not_nominate",
        "secret.sides",
        "delegates.count",
        "elections.statements_by",
        "elections.voice_after",
        "bodies",
        "posts",
    ),
    changes="The member is nominated, and stands if they accept.",
    allowed=nominate_allowed,
    change=nominated,
)

ACCEPT = Clause(
    name="elections.accept",
    act=Accept,
    who="Whoever is nominated, for themselves.",
    rules=(RULE, "bodies", "secret.sides"),
    changes="The member stands, or does not; where places are reserved for a group they say "
    "whether they are of it.",
    allowed=accept_allowed,
    change=accepted,
)
