"""proposals.ask: an author asks the members of a branch to second.

Those who have chosen to be reachable get a letter; nobody's permission is needed for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Code, Number
from quorate.chapters.proposals.remembers import Request
from quorate.chapters.proposals.second import seeking_seconders
from quorate.chapters.proposals.ways import with_proposal
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Ask:
    """``branch``: the code of the branch whose reachable members are asked."""

    proposal: Number
    branch: Code


def allowed(state: State, act: Ask, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    contribution = seeking_seconders(state, act.proposal, occasion.time)
    if isinstance(contribution, Refusal):
        return contribution
    if contribution.author != occasion.by:
        return Refusal("proposals.seconds", "Only its author asks for seconders.", "Second it.")
    if act.branch not in state.membership.branches:
        return Refusal("proposals.seconds", f"There is no branch {act.branch}.", "Check the code.")
    proposal = state.proposals.proposals[act.proposal]
    if proposal.admission is not None:
        return Refusal("proposals.seconds", "It is admitted already.", "Nothing is left to do.")
    if any(request.branch == act.branch for request in proposal.requests):
        return Refusal("proposals.seconds", "This branch was asked.", "Ask another branch.")
    return None


def change(state: State, act: Ask, occasion: Occasion) -> State:
    proposal = state.proposals.proposals[act.proposal]
    request = Request(act.branch, occasion.by, occasion.time)
    return with_proposal(state, proposal._replace(requests=(*proposal.requests, request)))


CLAUSE = Clause(
    name="proposals.ask",
    act=Ask,
    who="The author, once for each branch.",
    rules=("proposals.seconds", "proposals.seconding_closes"),
    changes="The branch's reachable members find the request on their page and in a letter.",
    allowed=allowed,
    change=change,
)
