"""erasing.judge: each judge says whether the text is to be erased; more than half of them decide.

Nobody judges who asked for it, who wrote the text, or whom it is about.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.bulletin.remembers import Judgement
from quorate.chapters.clause import Clause, Erased, Occasion, Refusal
from quorate.chapters.erasing.held import RULE, held
from quorate.chapters.erasing.remembers import Request
from quorate.chapters.fields import Document, Number
from quorate.chapters.judging import cannot_judge, found_by, judges
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class JudgeErasing:
    """``request``: its number. ``decision``: "upheld", the text is to be erased; "dismissed", it is
    to stay. ``reason``: the judge's, in writing."""

    request: Number
    decision: Judgement
    reason: Document


def parties(state: State, request: Request) -> frozenset[str]:
    """Who asked, who wrote the text, and whom it is about as far as its act names somebody."""
    written = state.erasing.written[request.text]
    return frozenset({request.by, written.by, written.about} - {""})


def judges_of(state: State, request: Request, time: int) -> frozenset[str]:
    """Who may judge the request at ``time`` (ms)."""
    return judges(state, request.decided_by, parties(state, request), time)


def allowed(state: State, act: JudgeErasing, occasion: Occasion) -> Refusal | None:
    request = state.erasing.requests.get(act.request)
    if request is None or request.decision is not None:
        return Refusal(RULE, "There is no such request to decide.", "Look at the list.")
    refusal = cannot_judge(
        state,
        occasion.by,
        rule=RULE,
        office=request.decided_by,
        parties=parties(state, request),
        able=judges_of(state, request, occasion.time),
        given=request.judgements,
    )
    if refusal is None and act.decision == "upheld":
        return held(state, request.text, occasion.time)
    return refusal


def change(state: State, act: JudgeErasing, occasion: Occasion) -> State:
    request = state.erasing.requests[act.request]
    judgements = request.judgements.set(occasion.by, (act.decision, act.reason))
    request = request._replace(judgements=judgements)
    decision = found(state, request, occasion.time)
    if decision is None:
        requests = state.erasing.requests.set(request.number, request)
        return state._replace(erasing=state.erasing._replace(requests=requests))
    return decided(state, request._replace(decision=decision, decided=occasion.time))


def found(state: State, request: Request, time: int) -> Judgement | None:
    """What more than half of those who judge it now have said, if they have."""
    return found_by(request.judgements, judges_of(state, request, time))


def decided(state: State, request: Request) -> State:
    """The state in which the request is decided, and the text erased where it is upheld."""
    erasing = state.erasing._replace(requests=state.erasing.requests.set(request.number, request))
    if request.decision == "upheld":
        erasing = erasing._replace(texts=erasing.texts.set(request.text, request.number))
    return state._replace(
        erasing=erasing, calendar=state.calendar.strike("erasing.settle", request.number)
    )


def gone(after: State, number: int) -> tuple[Erased, ...]:
    """The text of this request, where it goes by what was decided last."""
    request = after.erasing.requests[number]
    return (Erased(request.text),) if request.decision == "upheld" else ()


def erased(state: State, act: JudgeErasing, occasion: Occasion) -> tuple[Erased, ...]:
    return gone(change(state, act, occasion), act.request)


CLAUSE = Clause(
    name="erasing.judge",
    act=JudgeErasing,
    who="The holders of the body that the rulebook names, each for themselves.",
    rules=(RULE, "bodies", "posts"),
    changes="Adds a judgement; when more than half agree, the text and its salt are erased for "
    "good, or stay.",
    allowed=allowed,
    change=change,
    erases=erased,
)
