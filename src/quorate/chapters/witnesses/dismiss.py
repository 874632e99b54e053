"""witnesses.dismiss: a witness is asked no more, and counts no more for what comes after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.state import State
from quorate.chapters.witnesses import naming


@dataclass(frozen=True, slots=True)
class Dismiss:
    """``name``: the witness's."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}$")]


def allowed(state: State, act: Dismiss, occasion: Occasion) -> Refusal | None:
    witness = state.witnesses.now.get(act.name)
    if witness is None:
        return Refusal(
            "record.subject",
            f"There is no witness called {act.name}.",
            "See “Witnesses” for who there is.",
        )
    return naming.may_name(state, witness.branch, occasion.by)


def change(state: State, act: Dismiss, occasion: Occasion) -> State:
    now = state.witnesses.now.delete(act.name)
    return state._replace(witnesses=state.witnesses._replace(now=now))


CLAUSE = Clause(
    name="witnesses.dismiss",
    act=Dismiss,
    who="Whoever may name it.",
    rules=("witnesses.branch_by", "witnesses.outside_by", "record.subject"),
    changes="The witness is asked no more. What it has cosigned stays.",
    allowed=allowed,
    change=change,
)
