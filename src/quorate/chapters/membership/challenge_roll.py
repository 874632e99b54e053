"""membership.challenge_roll: any member may object to a frozen roll, in writing and in time.

Somebody is missing who belonged to the branch at the cut-off, by the record; or somebody stands on
the roll who is no real member. Whoever was admitted later cannot be put on it by a challenge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Code, Document, Pseudonym
from quorate.chapters.membership.remembers import Challenge, Roll
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
    if act.about == "missing":
        refusal = _cannot_be_missing(state, act, roll)
        if refusal is not None:
            return refusal
    elif act.member not in roll.branches[act.branch].members:
        return Refusal(RULE, "This member does not stand on the roll.", "Check the pseudonym.")
    return _made_before(state, act, convention.number, occasion.by)


def _made_before(state: State, act: ChallengeRoll, convention: int, by: str) -> Refusal | None:
    """Why this has been challenged enough, if so: it is open, or this member has had their say.

    A challenge that was dismissed does not use up the right of others, who may know more.
    """
    for challenge in state.membership.challenges.values():
        same = (challenge.convention, challenge.branch, challenge.member, challenge.about)
        if same != (convention, act.branch, act.member, act.about):
            continue
        number = challenge.number
        if challenge.decision is None:
            return Refusal(
                RULE, f"Challenge {number} about this is open.", "Wait for the decision."
            )
        if challenge.by == by:
            return Refusal(
                RULE,
                f"You have challenged this, by challenge {number}, and it is decided.",
                "Somebody else may, who knows more.",
            )
    return None


def _cannot_be_missing(state: State, act: ChallengeRoll, roll: Roll) -> Refusal | None:
    """Why the member cannot be missing from this roll, by what the record says of them."""
    member = state.membership.members.get(act.member)
    if member is None:
        return Refusal(RULE, "Nobody of this pseudonym was ever admitted.", "Check the pseudonym.")
    for code, branch in sorted(roll.branches.items()):
        if act.member in branch.members:
            return Refusal(
                RULE, f"This member stands on the roll of {code}.", "Nobody counts twice."
            )
    if member.standing in ("resigned", "expelled"):
        return Refusal(RULE, "This membership has ended.", "Nothing is left to do.")
    if member.branch != act.branch:
        return Refusal(
            RULE, f"This member belongs to {member.branch}.", "Challenge the roll of that branch."
        )
    if member.in_branch_since >= roll.cut_off:
        return Refusal(
            "membership.roll_cut_off",
            f"This member came to the branch by entry of {on(member.in_branch_since)}, after the "
            f"cut-off of {on(roll.cut_off)}.",
            "They count for the next convention.",
        )
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
    return state._replace(membership=state.membership._replace(challenges=challenges))


CLAUSE = Clause(
    name="membership.challenge_roll",
    act=ChallengeRoll,
    who="Any member in good standing, until the date of the rulebook.",
    rules=(RULE, "membership.roll_cut_off", "membership.admission"),
    changes="The challenge stands, and must be decided before seats are shared out.",
    allowed=allowed,
    change=change,
)
