"""membership.judge_challenge: each judge says what they find; more than half of them decide.

Nobody judges a challenge that they made or that is about them; nor, where the rulebook says so, one
about a roll that they attested or attest, or about a member whom they entered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.remembers import Judgement
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.judging import cannot_judge, found_by, judges
from quorate.chapters.membership import rolls
from quorate.chapters.membership.remembers import Challenge
from quorate.chapters.offices.holding import place_for
from quorate.chapters.rights import holders
from quorate.chapters.state import State

RULE = "membership.challenges_decided_by"


@dataclass(frozen=True, slots=True)
class JudgeChallenge:
    """``challenge``: its number. ``reason``: the judge's, in writing."""

    challenge: Number
    decision: Judgement
    reason: Document


def judges_of(state: State, challenge: Challenge, time: int) -> frozenset[str]:
    """Who may judge the challenge at ``time`` (ms)."""
    convention = state.floor.conventions[challenge.convention]
    office = convention.rules.membership.challenges_decided_by
    return judges(
        state, office, {challenge.by, challenge.member, *involved(state, challenge)}, time
    )


def involved(state: State, challenge: Challenge) -> frozenset[str]:
    """Whose work the challenge calls in question: they put the member on the roll, or left them
    off it. Empty where the rulebook lets them judge."""
    rule = state.floor.conventions[challenge.convention].rules.membership
    if rule.challenge_parties == "named":
        return frozenset()
    roll = state.membership.rolls[challenge.convention].branches[challenge.branch]
    found = {roll.attested_by, state.membership.members[challenge.member].entered_by}
    place = place_for(state, rule.roll_attested_by, challenge.branch)
    if place:  # a body of the whole is not a party because one of it might have attested
        found.update(holders(state, rule.roll_attested_by, place))
    return frozenset(who for who in found if who)


def allowed(state: State, act: JudgeChallenge, occasion: Occasion) -> Refusal | None:
    challenge = state.membership.challenges.get(act.challenge)
    if challenge is None or challenge.decision is not None:
        return Refusal(RULE, "There is no such challenge to decide.", "Look at the list.")
    parties = (challenge.by, challenge.member)
    if occasion.by not in parties and occasion.by in involved(state, challenge):
        return Refusal(
            "membership.challenge_parties",
            "You attested this roll or attest it, or you entered this member: it is about your own "
            "work.",
            "Leave it to the others.",
        )
    rule = state.floor.conventions[challenge.convention].rules.membership
    return cannot_judge(
        state,
        occasion.by,
        rule=RULE,
        office=rule.challenges_decided_by,
        parties=parties,
        able=judges_of(state, challenge, occasion.time),
        given=challenge.judgements,
    )


def change(state: State, act: JudgeChallenge, occasion: Occasion) -> State:
    challenge = state.membership.challenges[act.challenge]
    judgements = challenge.judgements.set(occasion.by, (act.decision, act.reason))
    challenge = replace(challenge, judgements=judgements)
    decision = found(state, challenge, occasion.time)
    if decision is None:
        challenges = state.membership.challenges.set(challenge.number, challenge)
        return state._replace(membership=state.membership._replace(challenges=challenges))
    return decided(state, challenge, decision, occasion.time, by_default=False)


def found(state: State, challenge: Challenge, time: int) -> Judgement | None:
    """What more than half of those who judge it now have said, if they have."""
    return found_by(challenge.judgements, judges_of(state, challenge, time))


def decided(
    state: State, challenge: Challenge, decision: Judgement, time: int, *, by_default: bool
) -> State:
    """The state in which the challenge is decided; upheld, it changes the roll."""
    done = replace(challenge, decision=decision, decided=time, by_default=by_default)
    membership = state.membership._replace(
        challenges=state.membership.challenges.set(done.number, done)
    )
    if decision == "upheld":
        roll = membership.rolls[done.convention]
        branch = rolls.after(roll.branches[done.branch], done)
        roll = replace(roll, branches=roll.branches.set(done.branch, branch))
        membership = membership._replace(rolls=membership.rolls.set(done.convention, roll))
    return state._replace(membership=membership)


CLAUSE = Clause(
    name="membership.judge_challenge",
    act=JudgeChallenge,
    who="The holders of the body that the rulebook names, each for themselves.",
    rules=(RULE, "membership.challenge_parties", "bodies", "posts"),
    changes="Adds a judgement; when more than half agree, the roll is changed or stays.",
    allowed=allowed,
    change=change,
)
