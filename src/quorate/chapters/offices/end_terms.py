"""offices.end_terms: a term is over; where the rulebook says that it ends the office, it does."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.offices import holding
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class EndTerms:
    """``of``: the entry by which they came to their offices."""

    of: Number


def allowed(state: State, act: EndTerms, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: EndTerms, occasion: Occasion) -> State:
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    for office in sorted(state.offices.now):
        for held in state.offices.now[office]:
            if held.entry != act.of or not held.ends:
                continue
            if holding.overdue(held, occasion.time):
                state = holding.end(state, office, held.member, held.until, "term")
            else:
                later = Deadline(held.until, CLAUSE.name, act.of)
                if later not in state.calendar.deadlines:
                    state = state._replace(calendar=state.calendar.add(later))
    return state


CLAUSE = Clause(
    name="offices.end_terms",
    act=EndTerms,
    who="Nobody: it falls due when a term is over that ends the office.",
    rules=("bodies", "posts"),
    changes="They hold the office no more; until somebody is chosen, whoever stands in acts.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
