"""bulletin.refuse: an officer refuses a version of a text, in their own name, for a listed reason.

It is the version that the officer has read: it stays listed as refused, with the reason, and other
versions stand. What was printed cannot be refused any more, and a version is refused only once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution
from quorate.chapters.bulletin.standing import with_contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Hash, Number, OfficeName
from quorate.chapters.plain import listed
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Refuse:
    """``version``: the commitment of the text meant. ``reason``: its name in the rulebook's list.

    ``remark``: the officer's own words.
    """

    contribution: Number
    version: Hash
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
    if act.version not in {version.text for version in contribution.versions}:
        return Refusal(
            "bulletin.refused_by",
            "No version of it has this text.",
            "Open it, and read the version that you mean.",
        )
    return _too_late(state, contribution, act.version)


def _too_late(state: State, contribution: Contribution, version: str) -> Refusal | None:
    """Why this version cannot be refused any more, if so."""
    if any(refusal.version == version for refusal in contribution.refusals):
        return Refusal(
            "bulletin.refused_by",
            "It was refused before; what an appeal overturned cannot be refused again.",
            "Print it.",
        )
    if contribution.contested:
        return Refusal(
            "bulletin.refused_by",
            "An appeal about an earlier version is not decided yet.",
            "Wait for the decision.",
        )
    proposal = state.proposals.proposals.get(contribution.number)
    admitted = proposal is not None and proposal.admission is not None
    printed = any(version in issue.versions for issue in state.bulletin.issues)
    if printed or admitted or contribution.withdrawn is not None:
        return Refusal(
            "bulletin.refused_by",
            "What is printed, admitted or withdrawn cannot be refused any more.",
            "Write a reply to it.",
        )
    return None


def change(state: State, act: Refuse, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    refusal = BulletinRefusal(
        version=act.version,
        by=occasion.by,
        reason=act.reason,
        remark=act.remark,
        time=occasion.time,
        entry=occasion.sequence,
    )
    return with_contribution(
        state, replace(contribution, refusals=(*contribution.refusals, refusal))
    )


CLAUSE = Clause(
    name="bulletin.refuse",
    act=Refuse,
    who="The holder of the post or body that the rulebook names, in their own name.",
    rules=("bulletin.refused_by", "bulletin.refusal_reasons"),
    changes="The version is listed as refused, with reason and name; the author may appeal.",
    allowed=allowed,
    change=change,
)
