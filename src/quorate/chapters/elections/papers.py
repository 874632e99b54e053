"""elections.enter_papers, elections.end_papers: tellers enter the papers of a poll on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.electorate import election_of, followed, who_cannot
from quorate.chapters.elections.remembers import Election, OpenedBallot
from quorate.chapters.elections.waiting import go_on, with_election
from quorate.chapters.fields import Number
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

RULE = "delegates.credentials_by"
Rank = Annotated[int, Field(ge=1, le=10_000)]


@dataclass(frozen=True, slots=True)
class Papers:
    """``weight``: how many papers are just so. ``ranks``: candidates in order of preference."""

    weight: Annotated[int, Field(ge=1, le=10_000_000)]
    ranks: Annotated[tuple[Rank, ...], Field(max_length=1000)]


@dataclass(frozen=True, slots=True)
class EnterPapers:
    """``papers``: a batch of them."""

    election: Number
    papers: Annotated[tuple[Papers, ...], Field(min_length=1, max_length=2000)]


@dataclass(frozen=True, slots=True)
class EndPapers:
    """``total``: number of papers entered in all, as the tellers counted them by hand."""

    election: Number
    total: Annotated[int, Field(ge=0, le=1_000_000_000)]


def _entering(state: State, number: int, occasion: Occasion) -> Election | Refusal:
    election = election_of(state, number)
    if isinstance(election, Refusal):
        return election
    if not election.paper or election.closed is not None:
        return Refusal(RULE, "No papers are to be entered for it.", "Check the election.")
    if followed(state, election):
        return Refusal(
            RULE, "Another election to this office has been called since.", "Count that one."
        )
    if occasion.time < election.closes:
        return Refusal(RULE, "The poll has not closed.", "Count when it has.")
    convention = current(state)
    rules = state.rules if convention is None else convention.rules
    refusal = needs_office(state, occasion.by, rules.delegates.credentials_by, RULE)
    return refusal or election


def enter_allowed(state: State, act: EnterPapers, occasion: Occasion) -> Refusal | None:
    election = _entering(state, act.election, occasion)
    return election if isinstance(election, Refusal) else None


def entered(state: State, act: EnterPapers, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    papers = tuple(OpenedBallot(group.ranks, group.weight) for group in act.papers)
    return with_election(state, replace(election, papers=election.papers + papers))


def end_allowed(state: State, act: EndPapers, occasion: Occasion) -> Refusal | None:
    election = _entering(state, act.election, occasion)
    if isinstance(election, Refusal):
        return election
    entered_in_all = sum(paper.weight for paper in election.papers)
    if entered_in_all != act.total:
        return Refusal(
            RULE,
            f"{entered_in_all:,} papers were entered and {act.total:,} counted by hand.",
            "Find the difference before the count.",
        )
    return None


def ended(state: State, act: EndPapers, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    election = replace(election, closed=occasion.time, withdrawn=who_cannot(state, election))
    return go_on(with_election(state, election), election.number, occasion.time)


ENTER = Clause(
    name="elections.enter_papers",
    act=EnterPapers,
    who="A holder of the body that checks credentials, after the poll has closed.",
    rules=(RULE,),
    changes="The papers are in, to be counted with the others.",
    allowed=enter_allowed,
    change=entered,
)

END = Clause(
    name="elections.end_papers",
    act=EndPapers,
    who="A holder of the body that checks credentials.",
    rules=(RULE,),
    changes="All papers are in; the election is counted.",
    allowed=end_allowed,
    change=ended,
)
