"""bulletin.revise: an author hands in a new version; the earlier ones stay beside it.

Whoever seconded an earlier version has not seconded this one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.clock import open_for
from quorate.chapters.bulletin.hand_in import Changes, Words, not_these_changes, too_long
from quorate.chapters.bulletin.remembers import Version
from quorate.chapters.bulletin.standing import own, with_contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.plain import on
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Revise:
    """``words``: of the new text. ``changes``: as for bulletin.hand_in."""

    contribution: Number
    text: Document
    words: Words
    changes: Changes = ()


def allowed(state: State, act: Revise, occasion: Occasion) -> Refusal | None:
    contribution = own(state, act.contribution, occasion.by, "bulletin.closes")
    if isinstance(contribution, Refusal):
        return contribution
    due = [one.appeal.due for one in contribution.contested if one.appeal is not None]
    if due:
        return Refusal(
            "bulletin.appeal_decided_within",
            "Your appeal is not decided yet.",
            f"Wait for the decision: it comes by {on(max(due))}.",
        )
    proposal = state.proposals.proposals.get(act.contribution)
    more = 0 if proposal is None else proposal.more_time
    convention = open_for(state, occasion.time, more=more)
    if isinstance(convention, Refusal):
        return convention
    if contribution.convention != convention.number:
        return Refusal(
            "bulletin.closes",
            "It belongs to an earlier convention.",
            "Hand it in anew for this one.",
        )
    if act.words > convention.rules.bulletin.words:
        return too_long(act.words, convention.rules)
    return not_these_changes(state, contribution.amends, contribution.about, act.changes)


def change(state: State, act: Revise, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    version = Version(act.text, act.words, occasion.sequence, occasion.time, act.changes)
    revised = replace(contribution, versions=(*contribution.versions, version))
    state = with_contribution(state, revised)
    if act.contribution in state.bulletin.unprinted:
        return state
    unprinted = (*state.bulletin.unprinted, act.contribution)
    return state._replace(bulletin=state.bulletin._replace(unprinted=unprinted))


CLAUSE = Clause(
    name="bulletin.revise",
    act=Revise,
    who="The author, while the bulletin is open and until the text is admitted.",
    rules=(
        "bulletin.opens",
        "bulletin.closes",
        "bulletin.words",
        "bulletin.appeal_decided_within",
        "proposals.may_propose",
    ),
    changes="A new version stands beside the old; seconders stay with the version they meant.",
    allowed=allowed,
    change=change,
)
