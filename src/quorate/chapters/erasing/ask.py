"""erasing.ask: somebody asks that a text be erased, because the law or decency asks for it.

The text goes, its commitment stays in the record: so everything still verifies, and says what was
erased, when and why. Whoever has left may ask too.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.erasing.held import RULE, held
from quorate.chapters.erasing.remembers import Request
from quorate.chapters.fields import Document, Hash
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class AskErasing:
    """``text``: the commitment of the text, as its entry states it. ``reason``: in writing; do not
    repeat what is to go."""

    text: Hash
    reason: Document


MOST = 3
"""So many requests of one person can be open: more would bury those who judge them."""


def allowed(state: State, act: AskErasing, occasion: Occasion) -> Refusal | None:
    if act.text in state.erasing.texts:
        return Refusal(RULE, "This text is erased already.", "Nothing is left to do.")
    open_ones = 0
    for request in state.erasing.requests.values():
        if request.text == act.text and request.decision is None:
            said = f"Request {request.number} about this text is open."
            return Refusal(RULE, said, "Wait for the decision.")
        if request.text == act.text and request.by == occasion.by and not request.by_default:
            said = f"You have asked for this, by request {request.number}, and it is decided."
            return Refusal(RULE, said, "Somebody else may, who knows more.")
        open_ones += request.by == occasion.by and request.decision is None
    if open_ones >= MOST:
        said = f"You have asked for {open_ones} texts that are not decided on yet."
        return Refusal(RULE, said, "Wait for a decision, then ask for the next.")
    return held(state, act.text, occasion.time)


def change(state: State, act: AskErasing, occasion: Occasion) -> State:
    rule = state.rules.erasing
    number = len(state.erasing.requests) + 1
    request = Request(
        number=number,
        text=act.text,
        reason=act.reason,
        by=occasion.by,
        made=occasion.time,
        due=occasion.time + rule.decided_within * DAY,
        decided_by=rule.decided_by,
        undecided=rule.undecided,
    )
    return state._replace(
        erasing=state.erasing._replace(requests=state.erasing.requests.set(number, request)),
        calendar=state.calendar.add(Deadline(request.due, "erasing.settle", number)),
    )


CLAUSE = Clause(
    name="erasing.ask",
    act=AskErasing,
    who="Anyone who is or was a member, of any text that stands in the record.",
    rules=(RULE,),
    changes="The request stands, and must be decided within the days of the rulebook.",
    allowed=allowed,
    change=change,
)
