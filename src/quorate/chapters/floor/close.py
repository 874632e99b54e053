"""floor.close: the chair closes the convention, once every proposal on its agenda has an answer.

Refused while one has none, or while an election that the convention owes has no result. What was
admitted after the agenda was made is on the next convention's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor.ending import ended
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.offices.holding import places
from quorate.chapters.plain import counted, listed, on
from quorate.chapters.rights import needs_office, title_of
from quorate.chapters.secret.rolls import put_off
from quorate.chapters.state import State
from quorate.rulebook.schema import Body, Post


@dataclass(frozen=True, slots=True)
class CloseConvention:
    """No fields."""


def owed_elections(state: State, convention: Convention) -> tuple[str, ...]:
    """The bodies and posts that this convention has to elect and has not, or not everywhere.

    An election in which nobody stood is held a second time; after that the office waits for the
    next convention. So does one by secret ballot that failed, where the rulebook says "later".
    """
    own = [
        election
        for election in state.elections.elections.values()
        if election.convention == convention.number
    ]
    declared = {(e.office, e.place) for e in own if e.result is not None and e.result.elected}
    nobody = Counter((e.office, e.place) for e in own if e.result and not e.result.elected)
    declared |= {office for office, times in nobody.items() if times > 1}
    under_way = {(e.office, e.place) for e in own if e.result is None and not e.void}
    offices: dict[str, Body | Post] = {**convention.rules.bodies, **convention.rules.posts}
    return tuple(
        name
        for name, office in offices.items()
        if office.chosen_by == "convention"
        and any(
            (name, place) not in declared or (name, place) in under_way
            for place in places(state, name)
            if not (office.secret and put_off(state, (name, place)))
        )
    )


def allowed(state: State, act: CloseConvention, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    if convention is None or convention.opened is None:
        return Refusal("floor.close", "No convention sits.", "Nothing is left to do.")
    refusal = needs_office(
        state, occasion.by, convention.rules.floor.chaired_by, "floor.chaired_by"
    )
    if refusal is not None:
        return refusal
    unanswered = [
        str(number) for number in convention.agenda or () if number not in convention.items
    ]
    if unanswered:
        return Refusal(
            "floor.close",
            f"{counted(len(unanswered), 'proposal')} on the agenda without an outcome: "
            f"{listed(unanswered)}.",
            "Put each to the vote; one that cannot be decided now can be referred by a vote, with "
            "what amends it.",
        )
    owed = owed_elections(state, convention)
    if owed:
        return Refusal(
            "floor.close",
            f"Not elected yet: {listed([title_of(state, name) for name in owed])}.",
            "Hold these elections first.",
        )
    for number, vote in sorted(state.offices.votes.items()):
        if vote.convention == convention.number and vote.tally is None:
            return Refusal(
                "floor.close",
                f"Recall vote {number} is open until {on(vote.closes)}.",
                "Wait for its result.",
            )
    return None


def change(state: State, act: CloseConvention, occasion: Occasion) -> State:
    convention = state.floor.conventions[state.floor.current or 0]
    return ended(state, replace(convention, closed=occasion.time), occasion)


CLAUSE = Clause(
    name="floor.close",
    act=CloseConvention,
    who="The chair.",
    rules=("floor.close", "floor.chaired_by"),
    changes="The convention has closed; whom it elected takes office; what it adopted comes into "
    "force as the rulebook says.",
    allowed=allowed,
    change=change,
)
