"""membership.attest_roll: a branch attests its frozen roll, by the digest that it has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Code, Hash
from quorate.chapters.offices.holding import place_for
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

RULE = "membership.roll_attested_by"


@dataclass(frozen=True, slots=True)
class AttestRoll:
    """``digest``: of the roll as the attesting person saw it."""

    branch: Code
    digest: Hash


def allowed(state: State, act: AttestRoll, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    roll = None if convention is None else state.membership.rolls.get(convention.number)
    if convention is None or roll is None or act.branch not in roll.branches:
        return Refusal(RULE, "No roll of this branch is frozen.", "Wait for the cut-off.")
    frozen = roll.branches[act.branch]
    if frozen.digest != act.digest:
        return Refusal(RULE, "The roll is another than the one attested.", "Read it again first.")
    if frozen.attested_digest == act.digest:
        return Refusal(RULE, "This roll is attested already.", "Nothing is left to do.")
    office = convention.rules.membership.roll_attested_by
    place = place_for(state, office, act.branch)
    return needs_office(state, occasion.by, office, RULE, place)


def change(state: State, act: AttestRoll, occasion: Occasion) -> State:
    number = state.floor.current or 0
    roll = state.membership.rolls[number]
    attested = replace(
        roll.branches[act.branch],
        attested_by=occasion.by,
        attested_digest=act.digest,
        attested_at=occasion.time,
    )
    roll = replace(roll, branches=roll.branches.set(act.branch, attested))
    membership = state.membership._replace(rolls=state.membership.rolls.set(number, roll))
    return state._replace(membership=membership)


CLAUSE = Clause(
    name="membership.attest_roll",
    act=AttestRoll,
    who="The holder of the post that the rulebook names, for their own branch.",
    rules=(RULE,),
    changes="The branch's attestation stands beside its roll.",
    allowed=allowed,
    change=change,
)
