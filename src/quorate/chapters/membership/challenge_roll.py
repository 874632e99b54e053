"""membership.challenge_roll: any member may object to a frozen roll, in writing and in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Code, Document, Pseudonym
from quorate.chapters.membership.remembers import Challenge
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State

RULE = "membership.roll_challenge"


@dataclass(frozen=True, slots=True)
class ChallengeRoll:
    """``about``: the member is missing from the roll, or stands on it and is not a member."""

    branch: Code
    member: Pseudonym
    about: Literal["missing", "not-a-member"]
    reason: Document


def allowed(state: State, act: ChallengeRoll, occasion: Occasion) -> Refusal | None:
    challenger = member_in_good_standing(state, occasion.by)
    if isinstance(challenger, Refusal):
        return challenger
    convention = current(state)
    roll = None if convention is None else state.membership.rolls.get(convention.number)
    if convention is None or roll is None or act.branch not in roll.branches:
        return Refusal(RULE, "No roll of this branch is frozen.", "Wait for the cut-off.")
    if occasion.time >= convention.dates.challenges_until:
        return Refusal(
            RULE,
            f"Rolls could be challenged until {on(convention.dates.challenges_until)}.",
            "Speak to the delegates of your branch: they can raise it on the floor.",
        )
    on_it = act.member in roll.branches[act.branch].members
    if act.about == "missing" and on_it:
        return Refusal(RULE, "This member stands on the roll.", "Nothing is left to do.")
    if act.about == "not-a-member" and not on_it:
        return Refusal(RULE, "This member does not stand on the roll.", "Check the pseudonym.")
    if act.member not in state.membership.members:
        return Refusal(RULE, "Nobody of this pseudonym was ever admitted.", "Check the pseudonym.")
    elsewhere = [code for code, other in roll.branches.items() if act.member in other.members]
    if act.about == "missing" and elsewhere:
        return Refusal(
            RULE, f"This member stands on the roll of {elsewhere[0]}.", "Nobody counts twice."
        )
    for challenge in state.membership.challenges.values():
        same = (challenge.convention, challenge.branch, challenge.member, challenge.about)
        if same == (convention.number, act.branch, act.member, act.about):
            return Refusal(RULE, "This was challenged already.", "Wait for the decision.")
    return None


def change(state: State, act: ChallengeRoll, occasion: Occasion) -> State:
    number = len(state.membership.challenges) + 1
    challenge = Challenge(
        number=number,
        convention=state.floor.current or 0,
        branch=act.branch,
        member=act.member,
        about=act.about,
        reason=act.reason,
        by=occasion.by,
        made=occasion.time,
    )
    challenges = state.membership.challenges.set(number, challenge)
    return replace(state, membership=replace(state.membership, challenges=challenges))


CLAUSE = Clause(
    name="membership.challenge_roll",
    act=ChallengeRoll,
    who="Any member in good standing, until the date of the rulebook.",
    rules=(RULE,),
    changes="The challenge stands, and must be decided before seats are shared out.",
    allowed=allowed,
    change=change,
)
