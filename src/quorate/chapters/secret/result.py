"""secret.result: what came out of a box is stated. It follows from the decryptions, whoever states
it: how many marked each candidate, or every ranking, sorted, so many of each.

Rankings that do not fit into one entry are stated in several, in their order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.counting import on_the_paper, papers_count
from quorate.chapters.elections.electorate import who_cannot
from quorate.chapters.elections.papers import entered_in_all
from quorate.chapters.elections.remembers import Election, OutOfBox
from quorate.chapters.elections.remembers import Ranking as Remembered
from quorate.chapters.elections.void import too_few
from quorate.chapters.elections.waiting import go_on, with_election
from quorate.chapters.fields import Count, Number
from quorate.chapters.secret.asked import is_ranked
from quorate.chapters.secret.boxes import closed_box, with_box
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State

RULE = "record.ballots"
AT_ONCE = 400
"""So many rankings of 30 candidates fit into an entry."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """``weight``: how many ballots say just so. ``numbers``: each candidate's rank, from 1; 0 for
    one who is not ranked."""

    weight: Annotated[int, Field(ge=1, le=10_000_000)]
    numbers: Annotated[
        tuple[Annotated[int, Field(ge=0, le=255)], ...], Field(min_length=1, max_length=30)
    ]


@dataclass(frozen=True, slots=True)
class StateResult:
    """``sums``: how many ballots are blank, then how many mark each candidate. ``rankings``: sorted
    by their numbers, after those that are stated already; ``more``: whether some follow."""

    election: Number
    sums: Annotated[tuple[Count, ...], Field(max_length=2000)] = ()
    rankings: Annotated[tuple[Ranking, ...], Field(max_length=AT_ONCE)] = ()
    more: bool = False


def allowed(state: State, act: StateResult, occasion: Occasion) -> Refusal | None:
    box = closed_box(state, act.election)
    if isinstance(box, Refusal):
        return box
    if len(box.decryptions) < box.rules.needed:
        return Refusal("secret.open_hours", "Too few trustees have decrypted.", "Wait for them.")
    election = state.elections.elections[act.election]
    ranked = is_ranked(election.count)
    wrong = _wrong_rankings(box, election, act) if ranked else _wrong_sums(box, election, act)
    if wrong:
        return Refusal(RULE, wrong, "State what the decryptions give.")
    return None


def _wrong_sums(box: Box, election: Election, act: StateResult) -> str:
    if act.rankings or act.more or len(act.sums) != len(on_the_paper(election)) + 1:
        return "Of this election the sums are stated: of blank ballots, then of each candidate."
    blank, *votes = act.sums
    if blank > box.counted or any(one > box.counted - blank for one in votes):
        return f"{box.counted:,} ballots count, and cannot give this."
    return ""


def _wrong_rankings(box: Box, election: Election, act: StateResult) -> str:
    candidates = len(on_the_paper(election))
    if act.sums or any(len(one.numbers) != candidates for one in act.rankings):
        return f"Of this election the rankings are stated, of {candidates} candidates each."
    said = () if election.box is None else election.box.rankings
    numbers = [one.numbers for one in said[-1:]] + [one.numbers for one in act.rankings]
    if any(left >= right for left, right in pairwise(numbers)):
        return "The rankings are not in their order, or one stands there twice."
    ballots = sum(one.weight for one in said) + sum(one.weight for one in act.rankings)
    if ballots > box.counted or (ballots < box.counted) != act.more:
        return f"{box.counted:,} ballots count, and with these {ballots:,} are stated."
    return ""


def change(state: State, act: StateResult, occasion: Occasion) -> State:
    box = state.secret.boxes[act.election]
    election = state.elections.elections[act.election]
    said = () if election.box is None else election.box.rankings
    more = tuple(Remembered(one.weight, one.numbers) for one in act.rankings)
    election = election._replace(box=OutOfBox(box.counted, act.sums, said + more))
    box = replace(
        box,
        stated=box.stated + len(act.rankings),
        whole=not act.more,
        result_entry=occasion.sequence,
    )
    state = with_box(with_election(state, election), box)
    return state if act.more else _counted(state, election, occasion)


def _counted(state: State, election: Election, occasion: Occasion) -> State:
    """The state in which the election goes on to its count."""
    calendar = state.calendar.strike("secret.void_box", election.number)
    state = state._replace(calendar=calendar)
    box = state.secret.boxes[election.number]
    papers = entered_in_all(election) if papers_count(election) else 0
    if too_few(state, election, box.counted + papers):
        return with_election(state, election._replace(void=True))
    election = election._replace(withdrawn=who_cannot(state, election))
    return go_on(with_election(state, election), election.number, occasion.time)


CLAUSE = Clause(
    name="secret.result",
    act=StateResult,
    who="Any member, once enough trustees have decrypted the box.",
    rules=(RULE, "secret.open_hours", "secret.without_trustees", "record.subject"),
    changes="The election is counted, together with its papers, once all of it is stated.",
    allowed=allowed,
    change=change,
)
