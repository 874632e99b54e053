"""floor.open_vote: the chair puts the next item of the agenda to the vote, by roll call.

Items come in the order of the agenda. Referring one needs a vote on just that, an owner, a date. A
proposal can be referred as soon as its first amendment is next; amendments go with it, not alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Number, OfficeName, Time
from quorate.chapters.floor.amendments import main_question
from quorate.chapters.floor.presence import no_quorum, with_convention
from quorate.chapters.floor.remembers import Convention, Question, Vote
from quorate.chapters.offices.holding import places
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class OpenVote:
    """``question``: "proposal", "programme" or "rulebook", by what the item amends; or "referral",
    with ``owner`` (a body or post) and ``due`` (ms)."""

    proposal: Number
    question: Question
    owner: OfficeName | Literal[""] = ""
    due: Time | None = None


def next_item(convention: Convention) -> int | None:
    """The first proposal on the agenda that has no outcome."""
    for number in convention.agenda or ():
        if number not in convention.items:
            return number
    return None


def question_on(contribution: Contribution) -> Question:
    """The kind of question that the proposal is."""
    if contribution.amends == "rulebook":
        return "rulebook"
    return "programme" if contribution.amends == "programme" else "proposal"


def allowed(state: State, act: OpenVote, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    if convention is None or convention.opened is None:
        return Refusal("floor.called_by", "No convention sits.", "Wait for it to open.")
    refusal = needs_office(
        state, occasion.by, convention.rules.floor.chaired_by, "floor.chaired_by"
    )
    if refusal is not None:
        return refusal
    if convention.votes and state.floor.votes[convention.votes[-1]].tally is None:
        return Refusal("floor.chaired_by", "A vote is open.", "Close it first.")
    following = next_item(convention)
    if following is None:
        return Refusal("floor.agenda", "Every item has its outcome.", "Close the convention.")
    main = main_question(state, following)
    if act.question == "referral" and act.proposal == following != main:
        return Refusal(
            "floor.majorities.referral",
            f"It amends proposal {main}, which would be decided without it.",
            f"Put a referral of {main} to the vote: the amendments to it that have no outcome go "
            "with it.",
        )
    if act.proposal != (main if act.question == "referral" else following):
        return Refusal(
            "floor.agenda",
            f"Proposal {following} is next on the agenda.",
            f"Put it to the vote, or a referral of {main}.",
        )
    refusal = no_quorum(state, convention)
    if refusal is not None:
        return refusal
    contribution = state.bulletin.contributions[act.proposal]
    if act.question == "referral":
        if not act.owner or act.due is None or act.due <= occasion.time:
            return Refusal(
                "floor.majorities.referral",
                "A referral names who deals with it, and until when.",
                "Name an owner and a date to come.",
            )
        if "" not in places(state, act.owner):
            return Refusal(
                "floor.majorities.referral",
                f"There is no {act.owner} for the whole organisation.",
                "Name a body or a post.",
            )
        if any(
            (vote.proposal, vote.question) == (act.proposal, "referral")
            for vote in (state.floor.votes[number] for number in convention.votes)
            if vote.tally is None or vote.tally.decides
        ):
            return Refusal(
                "floor.majorities.referral",
                "The convention has voted on referring it, and did not.",
                "Put the proposal itself to the vote.",
            )
        return None
    if act.owner or act.due is not None:
        return Refusal("floor.majorities.referral", "Only a referral has these.", "Leave them out.")
    if act.question != question_on(contribution):
        kind = question_on(contribution)
        return Refusal(
            f"floor.majorities.{kind}",
            "The majority follows from what the item changes.",
            f"Put it as “{kind}”.",
        )
    return None


def change(state: State, act: OpenVote, occasion: Occasion) -> State:
    convention = state.floor.conventions[state.floor.current or 0]
    number = len(state.floor.votes) + 1
    vote = Vote(
        number=number,
        convention=convention.number,
        proposal=act.proposal,
        question=act.question,
        opened=occasion.time,
        opened_by=occasion.by,
        owner=act.owner,
        due=act.due,
    )
    state = with_vote(state, vote)
    return with_convention(state, replace(convention, votes=(*convention.votes, number)))


def with_vote(state: State, vote: Vote) -> State:
    """The state with what is new about this vote."""
    votes = state.floor.votes.set(vote.number, vote)
    return state._replace(floor=state.floor._replace(votes=votes))


CLAUSE = Clause(
    name="floor.open_vote",
    act=OpenVote,
    who="The chair, item by item in the order of the agenda.",
    rules=("floor.chaired_by", "floor.agenda", "floor.quorum", "floor.majorities"),
    changes="Each seat that is present can vote, until the chair closes the vote.",
    allowed=allowed,
    change=change,
)
