"""bulletin.withdraw: an author withdraws a contribution; it stays listed as withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.standing import own, with_contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.plain import listed
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Withdraw:
    """``contribution``: its number."""

    contribution: Number


def allowed(state: State, act: Withdraw, occasion: Occasion) -> Refusal | None:
    contribution = own(state, act.contribution, occasion.by, "bulletin.opens")
    if isinstance(contribution, Refusal):
        return contribution
    admitted = [
        str(number)
        for number, proposal in sorted(state.proposals.proposals.items())
        if proposal.admission is not None
        and state.bulletin.contributions[number].amends == "proposal"
        and state.bulletin.contributions[number].about == act.contribution
    ]
    if admitted:
        return Refusal(
            "floor.close",
            f"Amendments to it are admitted: {listed(admitted)}. Each has to have its outcome.",
            "Speak against it at the convention.",
        )
    return None


def change(state: State, act: Withdraw, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    state = with_contribution(state, replace(contribution, withdrawn=occasion.time))
    unprinted = tuple(n for n in state.bulletin.unprinted if n != act.contribution)
    return state._replace(bulletin=state.bulletin._replace(unprinted=unprinted))


CLAUSE = Clause(
    name="bulletin.withdraw",
    act=Withdraw,
    who="The author, until it or an amendment to it is admitted.",
    rules=("bulletin.opens", "floor.close"),
    changes="The contribution is withdrawn; it stays listed, with everything said of it.",
    allowed=allowed,
    change=change,
)
