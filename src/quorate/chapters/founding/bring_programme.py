"""founding.bring_programme: the organisation's programme, as it stands when the record begins.

The founder can enter it once. From then on conventions amend it, by the vote that the rulebook asks
for; without it the first that a convention adopts begins it.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import FOUNDER, Clause, Occasion, Refusal
from quorate.chapters.fields import Document
from quorate.chapters.founding.remembers import Brought
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class BringProgramme:
    """``text``: the whole programme."""

    text: Document


def allowed(state: State, act: BringProgramme, occasion: Occasion) -> Refusal | None:
    if occasion.by != FOUNDER:
        return Refusal(
            "record.founding",
            "Only the founder brings what stood before the record began.",
            "Hand it in as an amendment to the programme.",
        )
    if state.founding.programme is not None:
        return Refusal("record.founding", "The programme is entered.", "A convention can amend it.")
    return None


def change(state: State, act: BringProgramme, occasion: Occasion) -> State:
    brought = Brought(act.text, occasion.time, occasion.sequence)
    return state._replace(founding=state.founding._replace(programme=brought))


CLAUSE = Clause(
    name="founding.bring_programme",
    act=BringProgramme,
    who="The founder, once, before the founding is complete.",
    rules=("record.founding",),
    changes="The programme stands, as conventions before the record left it.",
    allowed=allowed,
    change=change,
)
