"""Where a contribution stands: is it the author's still to change?"""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution
from quorate.chapters.clause import Refusal
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


def own(state: State, number: int, by: str, rule: str) -> Contribution | Refusal:
    """The member's own contribution that is neither withdrawn, refused nor admitted."""
    member = member_in_good_standing(state, by)
    if isinstance(member, Refusal):
        return member
    contribution = state.bulletin.contributions.get(number)
    if contribution is None:
        return Refusal(rule, f"There is no contribution {number}.", "Look in the bulletin.")
    if contribution.author != by:
        return Refusal(
            rule, "Only its author can do this.", "Write to the author, or hand in a reply."
        )
    if contribution.withdrawn is not None:
        return Refusal(rule, "It was withdrawn.", "Hand in a new contribution.")
    if contribution.refused:
        return Refusal(rule, "It was refused.", "Appeal against the refusal.")
    proposal = state.proposals.proposals.get(number)
    if proposal is not None and proposal.admission is not None:
        return Refusal(
            rule,
            "It is admitted: the text that was seconded is what the convention decides.",
            "Hand in an amendment to it.",
        )
    if proposal is not None and proposal.lapsed is not None:
        return Refusal(rule, "It has lapsed.", "Hand it in again for the next convention.")
    return contribution


def with_refusal(contribution: Contribution, refusal: BulletinRefusal) -> Contribution:
    """The contribution with what is new about the refusal of this version."""
    refusals = (refusal if one.version == refusal.version else one for one in contribution.refusals)
    return replace(contribution, refusals=tuple(refusals))


def with_contribution(state: State, contribution: Contribution) -> State:
    """The state with what is new about this contribution."""
    contributions = state.bulletin.contributions.set(contribution.number, contribution)
    return state._replace(bulletin=state.bulletin._replace(contributions=contributions))
