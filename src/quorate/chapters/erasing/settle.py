"""erasing.settle: a request that was not decided in time counts as the rulebook says.

A judge who has left may have left a majority of the others behind; then that is the decision. A
text that has to stay just then stays; whoever asked can ask again.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Erased, Occasion, Refusal
from quorate.chapters.erasing.held import held
from quorate.chapters.erasing.judge import decided, found, gone
from quorate.chapters.fields import Number
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class SettleErasing:
    """``of``: the request."""

    of: Number


def allowed(state: State, act: SettleErasing, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: SettleErasing, occasion: Occasion) -> State:
    request = state.erasing.requests[act.of]
    said = found(state, request, occasion.time)
    decision = said or ("upheld" if request.undecided == "erased" else "dismissed")
    has_to_stay = decision == "upheld" and held(state, request.text, occasion.time) is not None
    if has_to_stay:
        decision = "dismissed"
    by_default = said is None or has_to_stay
    return decided(
        state,
        request._replace(decision=decision, decided=occasion.time, by_default=by_default),
    )


def erased(state: State, act: SettleErasing, occasion: Occasion) -> tuple[Erased, ...]:
    return gone(change(state, act, occasion), act.of)


CLAUSE = Clause(
    name="erasing.settle",
    act=SettleErasing,
    who="Nobody: it falls due when a request was not decided in time.",
    rules=("erasing.undecided",),
    changes="The text is erased or stays, as the rulebook says of what is not decided.",
    allowed=allowed,
    change=change,
    falls_due=True,
    erases=erased,
)
