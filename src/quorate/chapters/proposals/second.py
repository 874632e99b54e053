"""proposals.second: a member puts their name under one version of a text.

The seconder supports just that version, by its commitment. Whoever reaches one of the rulebook's
ways with it admits the proposal; nobody's approval is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Hash, Number
from quorate.chapters.plain import on
from quorate.chapters.proposals.own_time import seconding_until
from quorate.chapters.proposals.remembers import Seconder
from quorate.chapters.proposals.ways import admit_if_reached, with_proposal
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Second:
    """``proposal``: the contribution's number. ``version``: the commitment of the text meant."""

    proposal: Number
    version: Hash


def seeking_seconders(state: State, number: int, time: int) -> Contribution | Refusal:
    """The proposal, while it may still be seconded; or why it may not."""
    contribution = state.bulletin.contributions.get(number)
    if contribution is None or not contribution.decidable:
        return Refusal(
            "proposals.seconds", f"There is no proposal {number}.", "Look for it in the bulletin."
        )
    if contribution.withdrawn is not None:
        return Refusal("proposals.seconds", "Its author has withdrawn it.", "Write to the author.")
    if contribution.refused:
        return Refusal(
            "proposals.seconds",
            "It was refused, and nobody can second it while the refusal stands.",
            "Its author may appeal.",
        )
    proposal = state.proposals.proposals[number]
    until = seconding_until(state, contribution, proposal)
    if proposal.waits is not None and time >= until:
        return Refusal(
            "proposals.seconding_closes",
            f"Seconding closed on {on(until)}, and a refusal of it is not settled yet.",
            f"That is known by {on(proposal.waits)}; an appeal that is won gives it time again.",
        )
    if proposal.lapsed is not None or time >= until:
        return Refusal(
            "proposals.seconding_closes",
            f"Seconding closed on {on(until)}.",
            "It can be handed in again for the next convention.",
        )
    return contribution


def allowed(state: State, act: Second, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    contribution = seeking_seconders(state, act.proposal, occasion.time)
    if isinstance(contribution, Refusal):
        return contribution
    if contribution.author == occasion.by:
        return Refusal("proposals.seconds", "An author does not second their own.", "Ask others.")
    if act.version not in {version.text for version in contribution.versions}:
        return Refusal(
            "proposals.seconds",
            "No version of the proposal has this text.",
            "Open the proposal and read the version that you want to second.",
        )
    if contribution.refuses(act.version):
        return Refusal(
            "proposals.seconds",
            "This version was refused, and nobody can second it while the refusal stands.",
            "Second another version; its author may appeal.",
        )
    proposal = state.proposals.proposals[act.proposal]
    earlier = proposal.seconders.get(occasion.by)
    if earlier is not None and earlier.version == act.version:
        return Refusal(
            "proposals.seconds", "You have seconded this version.", "Nothing is left to do."
        )
    if proposal.admission is not None and earlier is not None:
        return Refusal(
            "proposals.seconds",
            "It is admitted, with your name under the version that you seconded.",
            "Hand in an amendment, or speak to it at the convention.",
        )
    if proposal.admission is not None and act.version != proposal.admission.version:
        return Refusal(
            "proposals.seconds",
            "It is admitted in another version.",
            "Second the admitted version, or hand in an amendment.",
        )
    return None


def change(state: State, act: Second, occasion: Occasion) -> State:
    proposal = state.proposals.proposals[act.proposal]
    seconder = Seconder(
        member=occasion.by,
        branch=state.membership.members[occasion.by].branch,
        version=act.version,
        time=occasion.time,
        entry=occasion.sequence,
    )
    seconders = proposal.seconders.set(occasion.by, seconder)
    state = with_proposal(state, proposal._replace(seconders=seconders))
    return admit_if_reached(state, act.proposal, act.version, occasion)


CLAUSE = Clause(
    name="proposals.second",
    act=Second,
    who="Any member in good standing but the author.",
    rules=("proposals.seconds", "proposals.seconding_closes"),
    changes="Adds the member to the seconders of that version; may admit the proposal.",
    allowed=allowed,
    change=change,
)
