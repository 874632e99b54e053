"""bulletin.withdraw: an author withdraws a contribution; it stays listed as withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.standing import own, with_contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Withdraw:
    """``contribution``: its number."""

    contribution: Number


def allowed(state: State, act: Withdraw, occasion: Occasion) -> Refusal | None:
    contribution = own(state, act.contribution, occasion.by, "bulletin.opens")
    return contribution if isinstance(contribution, Refusal) else None


def change(state: State, act: Withdraw, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    state = with_contribution(state, replace(contribution, withdrawn=occasion.time))
    unprinted = tuple(n for n in state.bulletin.unprinted if n != act.contribution)
    return replace(state, bulletin=replace(state.bulletin, unprinted=unprinted))


CLAUSE = Clause(
    name="bulletin.withdraw",
    act=Withdraw,
    who="The author, until it is admitted.",
    rules=("bulletin.opens",),
    changes="The contribution is withdrawn; it stays listed, with everything said of it.",
    allowed=allowed,
    change=change,
)
