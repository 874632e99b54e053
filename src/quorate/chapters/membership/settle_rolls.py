"""membership.settle_rolls: the time for decisions is over and the rolls are final.

A challenge that was not decided counts as the rulebook says. Seats follow at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.membership.judge_challenge import decided, found
from quorate.chapters.membership.remembers import Challenge, Decision
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class SettleRolls:
    """``of``: the convention."""

    of: Number


def allowed(state: State, act: SettleRolls, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: SettleRolls, occasion: Occasion) -> State:
    rule = state.floor.conventions[act.of].rules.membership.challenge_undecided
    for _, challenge in sorted(state.membership.challenges.items()):
        if challenge.convention == act.of and challenge.decision is None:
            # A judge who left may have left a majority of the others behind.
            said = found(state, challenge, occasion.time)
            decision = said or _undecided(rule, challenge)
            state = decided(state, challenge, decision, occasion.time, by_default=said is None)
    roll = replace(state.membership.rolls[act.of], final=occasion.time)
    membership = state.membership._replace(rolls=state.membership.rolls.set(act.of, roll))
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    calendar = calendar.add(Deadline(occasion.time, "delegates.apportion", act.of))
    return state._replace(membership=membership, calendar=calendar)


def _undecided(rule: str, challenge: Challenge) -> Decision:
    """What an undecided challenge counts as, by the rule ``membership.challenge_undecided``."""
    if rule == "for-the-member":
        return "upheld" if challenge.about == "missing" else "dismissed"
    return "upheld" if rule == "upheld" else "dismissed"


CLAUSE = Clause(
    name="membership.settle_rolls",
    act=SettleRolls,
    who="Nobody: it falls due when the time for deciding challenges is over.",
    rules=("membership.challenges_decided_by", "membership.challenge_undecided"),
    changes="Undecided challenges count as the rulebook says; the rolls are final.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
