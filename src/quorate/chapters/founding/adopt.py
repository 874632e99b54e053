"""founding.adopt: the rulebook is adopted, as the first entry of the record.

The whole text stands in the entry, for nothing can be decided without it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import FOUNDER, Clause, Occasion, Refusal
from quorate.chapters.fields import PublicKey
from quorate.chapters.founding.remembers import Founding, RulebookVersion
from quorate.chapters.keys.remembers import Keys
from quorate.chapters.keys.statement import unfit
from quorate.chapters.state import State
from quorate.rulebook.reading import FaultyRulebook, read_rulebook

MAX_BYTES = 60_000
"""Of the text as JSON has it: with everything else the entry stays below 65,535 bytes."""


@dataclass(frozen=True, slots=True)
class Adopt:
    """``origin``: the record's name for ever. ``rules_text``: the rulebook, TOML. ``keys``: those
    that sign it at the beginning, name+id+key each."""

    origin: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9./-]{2,99}$")]
    rules_text: Annotated[str, Field(min_length=1, max_length=50_000)]
    keys: Annotated[tuple[PublicKey, ...], Field(max_length=2)] = ()


def allowed(state: State, act: Adopt, occasion: Occasion) -> Refusal | None:
    if occasion.sequence != 0 or occasion.by != FOUNDER:
        return Refusal(
            "record.founding",
            "A rulebook is adopted once, at the beginning.",
            "Hand in an amendment to the rulebook.",
        )
    if len(json.dumps(act.rules_text, ensure_ascii=False).encode()) > MAX_BYTES:
        return Refusal(
            "record.founding",
            f"The rulebook is longer than the {MAX_BYTES:,} bytes that an entry can hold.",
            "Shorten it; comments count too.",
        )
    try:
        read_rulebook(act.rules_text)
    except FaultyRulebook as error:
        first = error.faults[0]
        return Refusal(
            "record.founding", f"The rulebook cannot stand: {first.path} {first.what}.", "Mend it."
        )
    if act.keys and (what := unfit(act.origin, act.keys)):
        return Refusal(
            "record.keys", f"These cannot be the record's keys: {what}.", "Make new ones."
        )
    return None


def change(state: State, act: Adopt, occasion: Occasion) -> State:
    rules = read_rulebook(act.rules_text)
    first = RulebookVersion(1, rules, occasion.time, occasion.sequence)
    founding = Founding(origin=act.origin, rules=rules, versions=(first,))
    return state._replace(founding=founding, keys=Keys(act.keys))


CLAUSE = Clause(
    name="founding.adopt",
    act=Adopt,
    who="The founder, as the first entry.",
    rules=("record.founding", "record.keys"),
    changes="The rulebook is in force; the record has its name and its keys.",
    allowed=allowed,
    change=change,
)
