"""membership.settle_rolls: the time for decisions is over and the rolls are final.

A challenge that nobody decided counts as the rulebook says. Seats follow at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.membership.judge_challenge import decided
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class SettleRolls:
    """``of``: the convention."""

    of: Number


def allowed(state: State, act: SettleRolls, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: SettleRolls, occasion: Occasion) -> State:
    default = state.floor.conventions[act.of].rules.membership.challenge_undecided
    for _, challenge in sorted(state.membership.challenges.items()):
        if challenge.convention == act.of and challenge.decision is None:
            state = decided(state, challenge, default, occasion.time, by_default=True)
    roll = replace(state.membership.rolls[act.of], final=occasion.time)
    membership = replace(state.membership, rolls=state.membership.rolls.set(act.of, roll))
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    calendar = calendar.add(Deadline(occasion.time, "delegates.apportion", act.of))
    return replace(state, membership=membership, calendar=calendar)


CLAUSE = Clause(
    name="membership.settle_rolls",
    act=SettleRolls,
    who="Nobody: it falls due when the time for deciding challenges is over.",
    rules=("membership.challenges_decided_within", "membership.challenge_undecided"),
    changes="Undecided challenges count as the rulebook says; the rolls are final.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
