"""elections.declare: the result is stated, and must be what a recount of the ballots gives.

Where a tie needs a lot the declaration says so, and the result waits for the draw, which is called
by itself where members draw. Delegates whom the ballots elect before the tie comes up are seated at
once: a tie for the last seat leaves no branch without its first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.delegates.seating import seated, with_assembly
from quorate.chapters.elections.counting import (
    certain,
    count_sheet,
    digest,
    elected_members,
    lot_of,
)
from quorate.chapters.elections.electorate import followed, may_stand
from quorate.chapters.elections.remembers import Election, Result
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import Number, Pseudonym
from quorate.chapters.lots.call import called_by_tie
from quorate.chapters.offices.holding import office_rules, replace_holders
from quorate.chapters.proposals.ways import admit_all_reached
from quorate.chapters.state import State
from quorate.count.lot import LotNeeded
from quorate.count.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Declare:
    """``elected``: in the order of election; while a lot is needed, those whom no lot can undo.
    ``sheet``: digest of the count sheet, "" while a lot is needed."""

    of: Number
    elected: tuple[Pseudonym, ...] = ()
    sheet: str = ""
    lot_needed: bool = False


def _sheet(state: State, election: Election) -> Sheet | None:
    try:
        return count_sheet(state, election)
    except LotNeeded:
        return None


def states(state: State, of: int) -> dict[str, Any]:
    """What the declaration says."""
    election = state.elections.elections[of]
    sheet = _sheet(state, election)
    if sheet is None:
        return {"lot_needed": True, "elected": certain(state, election)}
    return {"elected": elected_members(election, sheet), "sheet": digest(sheet)}


def allowed(state: State, act: Declare, occasion: Occasion) -> Refusal | None:
    said = {"elected": act.elected, "sheet": act.sheet, "lot_needed": act.lot_needed}
    counted = {"elected": (), "sheet": "", "lot_needed": False, **states(state, act.of)}
    if said != counted:
        return Refusal(
            "delegates.count",
            "The declared result is not what the ballots give.",
            "Count the ballots.",
        )
    return None


def change(state: State, act: Declare, occasion: Occasion) -> State:
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    election = state.elections.elections[act.of]
    if act.lot_needed:
        election = election._replace(lot_needed=True, certain=act.elected)
        return _waits_for_a_lot(with_election(state, election), election, occasion)
    sheet = _sheet(state, election)
    not_elected = (
        () if sheet is None else tuple(name for name in sheet.not_elected if name.startswith("m-"))
    )
    draw = lot_of(state, election)
    result = Result(
        elected=act.elected,
        not_elected=not_elected,
        sheet=act.sheet,
        time=occasion.time,
        entry=occasion.sequence,
        lot=None if draw is None else draw.number,
    )
    state = with_election(state, election._replace(lot_needed=False, result=result))
    if election.fills == "delegates":
        return _alternates(_seat_delegates(state, election, result.elected, occasion), election)
    if election.convention and state.floor.conventions[election.convention].ended is None:
        return state  # whom the convention elects takes office when it closes
    return installed(state, election, result, occasion)


def installed(state: State, election: Election, result: Result, on: Occasion) -> State:
    """The state in which those elected hold the office, as far as they still can.

    Where that is nobody, or the rulebook has no such office any more, or another election to it
    has been called since, it stays as it was.
    """
    able = tuple(
        member
        for member in result.elected
        if not isinstance(may_stand(state, election, member), Refusal)
    )
    if not able or office_rules(state, election.office) is None or followed(state, election):
        return state
    office = (election.office, election.place)
    return replace_holders(state, office, able, str(election.number), on)


def _waits_for_a_lot(state: State, election: Election, occasion: Occasion) -> State:
    """The state in which the lot is called, and delegates sit whom it cannot undo."""
    state = called_by_tie(state, election, occasion)
    if election.fills != "delegates":
        return state
    return _seat_delegates(state, election, election.certain, occasion)


def _seat_delegates(
    state: State, election: Election, elected: tuple[str, ...], occasion: Occasion
) -> State:
    """The state in which the branch's delegates sit, as far as they still can.

    Whoever was seated before the tie was settled has had their seat: they keep it or have left it.
    """
    convention = election.convention
    if state.floor.current != convention:
        return state  # a lot that came after the close seats nobody
    assembly = state.delegates.assemblies[convention]
    seats = [assembly.seats[seat] for seat in assembly.delegations[election.place].seats]
    had = {seat.sittings[0].member for seat in seats if seat.sittings}
    members = state.membership.members
    standing = [
        member
        for member in elected
        if members[member].standing == "good"
        and members[member].branch == election.place
        and member not in had
    ]
    free = [seat.id for seat in seats if not seat.sittings]
    for seat, member in zip(free, standing, strict=False):
        state = seated(state, convention, seat, member, "elected", occasion)
    return admit_all_reached(state, convention, occasion)


def _alternates(state: State, election: Election) -> State:
    """The state in which the branch's alternates are known: the next in the count."""
    convention = election.convention
    result = state.elections.elections[election.number].result
    if state.floor.current != convention or result is None:
        return state
    alternates = state.floor.conventions[convention].rules.delegates.alternates
    assembly = state.delegates.assemblies[convention]
    delegation = assembly.delegations[election.place]
    # Nobody is next after nobody: without a valid paper there is no order.
    following = result.not_elected[:alternates] if result.elected else ()
    delegation = replace(delegation, alternates=following)
    delegations = assembly.delegations.set(election.place, delegation)
    return with_assembly(state, replace(assembly, delegations=delegations))


CLAUSE = Clause(
    name="elections.declare",
    act=Declare,
    who="Nobody: it falls due when all ballots are open.",
    rules=("delegates.count", "bodies", "posts"),
    changes="Those elected hold their seats or offices (from the close, if the convention "
    "elected); for delegates, the next are alternates. A tie calls its lot, and those elected "
    "before it sit.",
    allowed=allowed,
    change=change,
    falls_due=True,
    states=states,
)
