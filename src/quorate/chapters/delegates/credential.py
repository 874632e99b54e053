"""delegates.credential: credentials are checked: who sits in the seat was chosen by the branch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.delegates.seating import with_assembly
from quorate.chapters.fields import Pseudonym, SeatId
from quorate.chapters.rights import member_in_good_standing, needs_office
from quorate.chapters.state import State

RULE = "delegates.credentials_by"


@dataclass(frozen=True, slots=True)
class Credential:
    """``member``: who sits in the seat, as the committee has checked it."""

    seat: SeatId
    member: Pseudonym


def allowed(state: State, act: Credential, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    assembly = None if convention is None else state.delegates.assemblies.get(convention.number)
    if convention is None or assembly is None or act.seat not in assembly.seats:
        return Refusal(RULE, f"There is no seat {act.seat}.", "Check the seat's name.")
    refusal = needs_office(state, occasion.by, convention.rules.delegates.credentials_by, RULE)
    if refusal is not None:
        return refusal
    if assembly.seats[act.seat].holder != act.member:
        return Refusal(
            RULE,
            "Nobody elected this member to this seat.",
            "Only whom the branch elected, or its next alternate, has credentials.",
        )
    if assembly.credentialed.get(act.seat) == act.member:
        return Refusal(RULE, "These credentials are checked.", "Nothing is left to do.")
    standing = member_in_good_standing(state, act.member)
    return standing if isinstance(standing, Refusal) else None


def change(state: State, act: Credential, occasion: Occasion) -> State:
    assembly = state.delegates.assemblies[state.floor.current or 0]
    credentialed = assembly.credentialed.set(act.seat, act.member)
    return with_assembly(state, replace(assembly, credentialed=credentialed))


CLAUSE = Clause(
    name="delegates.credential",
    act=Credential,
    who="A holder of the body that checks credentials.",
    rules=(RULE,),
    changes="The delegate can come to the floor and vote.",
    allowed=allowed,
    change=change,
)
