"""elections.enter_papers, elections.end_papers: tellers enter the papers of a poll on paper.

Nobody can count papers again that they have not seen; so no election rests on one person's word:
another than those who entered them says that they are all, and two say it where there are none.
There cannot be more than people who could vote, unless the rulebook says that others vote too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.calendar import MINUTE
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.electorate import election_of, followed, who_cannot
from quorate.chapters.elections.remembers import Election, OpenedBallot
from quorate.chapters.elections.void import too_few
from quorate.chapters.elections.waiting import go_on, with_election
from quorate.chapters.fields import Number
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State
from quorate.rulebook.schema import Rulebook

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
    if election.register:
        return _beside_a_box(state, election, occasion)
    if not election.paper or election.closed is not None:
        return Refusal(RULE, "No papers are to be entered for it.", "Check the election.")
    if followed(state, election):
        return Refusal(
            RULE, "Another election to this office has been called since.", "Count that one."
        )
    if occasion.time < election.closes:
        return Refusal(RULE, "The poll has not closed.", "Count when it has.")
    return _teller(state, occasion) or election


def _teller(state: State, occasion: Occasion) -> Refusal | None:
    return needs_office(state, occasion.by, _rules(state).delegates.credentials_by, RULE)


def _beside_a_box(state: State, election: Election, occasion: Occasion) -> Election | Refusal:
    """The election by secret ballot, while papers of those without a key are entered."""
    box = state.secret.boxes.get(election.number)
    if box is None or box.closed is None:
        return Refusal(RULE, "The poll has not closed.", "Count when it has.")
    if occasion.time >= papers_over_by(state, election, box.closed) or box.void:
        return Refusal(
            "secret.papers_minutes",
            "No papers are entered any more: the box is opened.",
            "Papers that are not in do not count.",
        )
    return _teller(state, occasion) or election


def papers_over_by(state: State, election: Election, closed: int) -> int:
    """From when on (ms) no papers are entered beside a box that was ``closed`` then (ms).

    Where nobody could have a paper they are over at once. Who is checked in later, and could have
    one, comes too late when a trustee has decrypted.
    """
    box = state.secret.boxes[election.number]
    if election.ended_by or box.decryptions:
        return closed
    if not _rules(state).elections.on_paper or not most(state, election):
        return closed
    return closed + box.rules.papers_minutes * MINUTE


def _rules(state: State) -> Rulebook:
    convention = current(state)
    return state.rules if convention is None else convention.rules


def entered_in_all(election: Election) -> int:
    """How many papers are in."""
    return sum(paper.weight for paper in election.papers)


def could_vote(state: State, election: Election) -> frozenset[str]:
    """Who could vote: those on the roll; at the convention the seats whose delegate's credentials
    are checked, or who is there."""
    if election.electorate == "roll":
        return frozenset(election.voters)
    checked = state.delegates.assemblies[election.convention].credentialed
    return frozenset({*checked, *state.floor.conventions[election.convention].presence})


def most(state: State, election: Election) -> int:
    """How many papers there can be: beside a box, one for each who could vote and has no key."""
    voters = could_vote(state, election)
    if election.register:
        voters -= frozenset(state.secret.registers[election.register].counted)
    return len(voters)


def enter_allowed(state: State, act: EnterPapers, occasion: Occasion) -> Refusal | None:
    election = _entering(state, act.election, occasion)
    if isinstance(election, Refusal):
        return election
    papers = entered_in_all(election) + sum(group.weight for group in act.papers)
    could = most(state, election)
    limited = election.register or _rules(state).elections.papers_at_most == "electorate"
    if papers > could and limited:
        who = f"only {could:,} could vote"
        return Refusal(
            "elections.papers_at_most",
            f"That makes {papers:,} papers, and {who}{' without a key' * bool(election.register)}.",
            "Count the papers again.",
        )
    return None


def entered(state: State, act: EnterPapers, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    papers = tuple(OpenedBallot(group.ranks, group.weight) for group in act.papers)
    before = election.entered_by if election.papers else ()  # or they only said that there are none
    tellers = tuple(dict.fromkeys((*before, occasion.by)))
    election = election._replace(papers=election.papers + papers, entered_by=tellers)
    return with_election(state, election)


def end_allowed(state: State, act: EndPapers, occasion: Occasion) -> Refusal | None:
    election = _entering(state, act.election, occasion)
    if isinstance(election, Refusal):
        return election
    if occasion.by in election.entered_by:
        if not election.papers:
            return Refusal(
                "elections.on_paper",
                "You have said that there are none; another than you has to say so, too.",
                "Ask another holder of the body that checks credentials.",
            )
        return Refusal(
            "elections.on_paper",
            "You have entered papers; another than you says that they are all.",
            "Have another holder of the body that checks credentials hold them against the papers.",
        )
    papers = entered_in_all(election)
    if papers != act.total:
        return Refusal(
            RULE,
            f"Papers entered: {papers:,}. Counted by hand: {act.total:,}.",
            "Find the difference before the count.",
        )
    return None


def ended(state: State, act: EndPapers, occasion: Occasion) -> State:
    election = state.elections.elections[act.election]
    if not election.entered_by:
        return with_election(state, election._replace(entered_by=(occasion.by,)))
    if election.register:  # it is counted when the box is open
        return with_election(state, election._replace(ended_by=occasion.by))
    election = election._replace(
        closed=occasion.time,
        withdrawn=who_cannot(state, election),
        ended_by=occasion.by,
        void=too_few(state, election, entered_in_all(election)),
    )
    if election.void:
        return with_election(state, election)
    return go_on(with_election(state, election), election.number, occasion.time)


ENTER = Clause(
    name="elections.enter_papers",
    act=EnterPapers,
    who="A holder of the body that checks credentials, after the poll has closed.",
    rules=(RULE, "elections.papers_at_most", "secret.papers_minutes"),
    changes="The papers are in, to be counted with the others.",
    allowed=enter_allowed,
    change=entered,
)

END = Clause(
    name="elections.end_papers",
    act=EndPapers,
    who="A holder of the body that checks credentials who has entered none of the papers, and has "
    "not said before that there are none.",
    rules=(RULE, "elections.on_paper", "secret.papers_minutes"),
    changes="All papers are in; the election is counted, unless fewer than the quorum voted. Where "
    "there is a box, it can be opened. Where none were entered, that waits until a second says so.",
    allowed=end_allowed,
    change=ended,
)
