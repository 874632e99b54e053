"""membership.erase: somebody who has left has their personal sheet erased.

The record keeps the pseudonym and a commitment that nobody can open any more; everything still
verifies, and says that something was erased, and when.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Erased, Occasion, Refusal
from quorate.chapters.membership.belonging import changed
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Erase:
    """No fields: everyone asks for themselves."""


def allowed(state: State, act: Erase, occasion: Occasion) -> Refusal | None:
    member = state.membership.members.get(occasion.by)
    if member is None or member.erased:
        return Refusal("membership.admission", "Nothing is left to erase.", "Nothing to do.")
    if member.standing not in ("resigned", "expelled"):
        return Refusal(
            "membership.admission",
            "A member's sheet is needed while the membership lasts.",
            "Resign first, then ask again.",
        )
    return None


def change(state: State, act: Erase, occasion: Occasion) -> State:
    member = state.membership.members[occasion.by]._replace(erased=True, reachable=False)
    return state._replace(membership=changed(state.membership, member))


def erased(state: State, act: Erase, occasion: Occasion) -> tuple[Erased, ...]:
    """The sheet of whoever asks."""
    return (Erased(state.membership.members[occasion.by].person, occasion.by),)


CLAUSE = Clause(
    name="membership.erase",
    act=Erase,
    who="Anyone whose membership has ended, for themselves.",
    rules=("membership.admission",),
    changes="The personal sheet and its salt are erased from the store for good.",
    allowed=allowed,
    change=change,
    erases=erased,
)
