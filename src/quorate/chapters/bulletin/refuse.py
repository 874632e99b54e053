"""bulletin.refuse: an officer refuses a contribution, in their own name, for a listed reason.

It stays listed as refused, with the reason; what was printed cannot be refused any more; and an
overturned refusal cannot be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.remembers import BulletinRefusal
from quorate.chapters.bulletin.standing import with_contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number, OfficeName
from quorate.chapters.plain import listed
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Refuse:
    """``reason``: its name in the rulebook's list. ``remark``: the officer's own words."""

    contribution: Number
    reason: OfficeName
    remark: Document


def allowed(state: State, act: Refuse, occasion: Occasion) -> Refusal | None:
    contribution = state.bulletin.contributions.get(act.contribution)
    if contribution is None:
        return Refusal(
            "bulletin.refused_by", f"There is no contribution {act.contribution}.", "Check it."
        )
    convention = state.floor.conventions.get(contribution.convention)
    rules = state.rules if convention is None else convention.rules
    refusal = needs_office(state, occasion.by, rules.bulletin.refused_by, "bulletin.refused_by")
    if refusal is not None:
        return refusal
    if contribution.author == occasion.by:
        return Refusal("bulletin.refused_by", "It is your own.", "Withdraw it instead.")
    if act.reason not in rules.bulletin.refusal_reasons:
        return Refusal(
            "bulletin.refusal_reasons",
            f"“{act.reason}” is no reason of the rulebook.",
            f"The reasons are {listed(list(rules.bulletin.refusal_reasons), 20)}.",
        )
    if contribution.refusal is not None:
        return Refusal(
            "bulletin.refused_by",
            "It was refused before; what an appeal overturned cannot be refused again.",
            "Print it.",
        )
    proposal = state.proposals.proposals.get(act.contribution)
    admitted = proposal is not None and proposal.admission is not None
    if act.contribution not in state.bulletin.unprinted or admitted:
        return Refusal(
            "bulletin.refused_by",
            "What is printed, admitted or withdrawn cannot be refused any more.",
            "Write a reply to it.",
        )
    if any(act.contribution in issue.contributions for issue in state.bulletin.issues):
        return Refusal(
            "bulletin.refused_by",
            "An earlier version was printed; it cannot be refused any more.",
            "Write a reply to it.",
        )
    return None


def change(state: State, act: Refuse, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    refusal = BulletinRefusal(
        by=occasion.by,
        reason=act.reason,
        remark=act.remark,
        time=occasion.time,
        entry=occasion.sequence,
    )
    return with_contribution(state, replace(contribution, refusal=refusal))


CLAUSE = Clause(
    name="bulletin.refuse",
    act=Refuse,
    who="The holder of the post or body that the rulebook names, in their own name.",
    rules=("bulletin.refused_by", "bulletin.refusal_reasons"),
    changes="The contribution is listed as refused, with reason and name; the author may appeal.",
    allowed=allowed,
    change=change,
)
