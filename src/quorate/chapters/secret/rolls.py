"""By which register an election is held in secret, or why it cannot be; and when it is on paper."""

from __future__ import annotations

from immutables import Map

from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.secret.of_place import no_register, too_small
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.rulebook.fractions import needed
from quorate.rulebook.schema import Body, Post

RULE = "secret.without_trustees"


def roll_for(state: State) -> Register | Refusal:
    """The register, with its roll, for what is elected by the convention that sits."""
    convention = state.floor.current
    registers = (one for _, one in sorted(state.secret.registers.items()))
    found = [one for one in registers if not one.place and one.convention == convention]
    if not found:
        return _instead(state, "there is no register of voting keys for it")
    register = found[-1]
    if register.void:
        return _instead(state, "the register of voting keys for it is void")
    if not register.roll:
        return Refusal(
            "secret.mix_minutes",
            "It is elected by secret ballot, and the roll of keys is not there yet.",
            "Wait until the trustees have made it.",
        )
    return register


def not_in_secret(state: State, place: str, voters: int | None, time: int) -> Refusal | None:
    """Why the poll cannot be held in secret if it is called now. ``voters``: how many vote in it,
    or None at the convention."""
    if voters is not None:
        return no_register(state, place, voters, time)
    found = roll_for(state)
    return found if isinstance(found, Refusal) else None


def not_on_paper(state: State, office: tuple[str, str], voters: int | None) -> Refusal | None:
    """Why an office that is elected by secret ballot is not elected on paper now.

    Else whoever calls the poll, or counts its papers, could get round the box that everybody checks
    by calling it on paper. ``office``: with its place; ``voters``: as above.
    """
    if voters is not None and too_small(state, voters):
        return None
    failed = _failed(state, office, by_convention=voters is None)
    if failed and state.rules.secret.without_trustees == "paper":
        return None
    return Refusal(
        RULE,
        "It is elected by secret ballot, and paper only takes its place where that has failed.",
        "Call it without paper: whoever claims no key votes on paper beside the box.",
    )


def demands_for(state: State, convention: Convention, office: tuple[str, str]) -> Map[str, str]:
    """The seats that have demanded a secret ballot for the office, each with who sat in it."""
    return state.secret.demands.get((convention.number, *office), Map())


def enough(state: State, convention: Convention) -> int:
    """How many seats have to demand it; 0 where the rulebook lets nobody."""
    asked = convention.rules.secret.on_demand
    if isinstance(asked, int):
        return asked
    assembly = state.delegates.assemblies.get(convention.number)
    seats = 0 if assembly is None else len(assembly.seats)
    return needed(asked, max(seats, 1), more_than=False)


def is_demanded(state: State, office: tuple[str, str]) -> bool:
    """Whether enough delegates of the convention that is called have demanded it."""
    convention = current(state)
    if convention is None or not convention.rules.secret.on_demand:
        return False
    return len(demands_for(state, convention, office)) >= enough(state, convention)


def in_secret(state: State, rules: Body | Post, office: tuple[str, str]) -> bool:
    """Whether the office is elected by secret ballot: because the rulebook says so, or on demand.

    What is demanded is never put off to another convention: where that is how the rulebook goes on
    without a register, it is held openly.
    """
    if rules.secret or rules.chosen_by != "convention":
        return rules.secret
    return is_demanded(state, office) and not put_off(state, office)


def put_off(state: State, office: tuple[str, str]) -> bool:
    """Whether what the convention elects by secret ballot waits for another register, and so for
    another convention. ``office``: with its place."""
    later = state.rules.secret.without_trustees == "later"
    return later and _failed(state, office, by_convention=True)


def _failed(state: State, office: tuple[str, str], *, by_convention: bool) -> bool:
    """Whether there was to be a secret ballot for the office, and it came to nothing."""
    elections = state.elections.elections
    here = (*office, state.floor.current if by_convention else 0)
    last = max((n for n, one in elections.items() if _office_of(one) == here), default=0)
    if last and elections[last].register:
        box = state.secret.boxes.get(last)
        register = state.secret.registers[elections[last].register]
        # A register can be void because of another's box, when this one's has given its result.
        given = box is not None and box.whole
        if (register.void and not given) or (box is not None and box.void):
            return True
    found = roll_for(state) if by_convention else None
    return isinstance(found, Refusal) and found.rule == RULE


def _office_of(election: Election) -> tuple[str, str, int]:
    """With its place, and the convention that elects to it."""
    return election.office, election.place, election.convention


def _instead(state: State, why: str) -> Refusal:
    instead = {
        "paper": "Have it held on paper.",
        "later": "It is held when there is a register for it.",
    }[state.rules.secret.without_trustees]
    return Refusal(RULE, f"It is elected by secret ballot, and {why}.", instead)
