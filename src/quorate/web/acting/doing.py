"""Doing an act: handed in, decided in the write lane, answered with a receipt or a refusal."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError

from quorate.chapters.clause import Refusal, Signed
from quorate.organisation import BadAct
from quorate.rulebook.explain import sentence
from quorate.store.halted import Halted as LaneHalted
from quorate.store.handing_in import hand_in
from quorate.store.recorded import KeyUsed, Recorded
from quorate.web.lane import lane


@dataclass(frozen=True, slots=True)
class Done:
    """The act stands in the record, at this entry."""

    recorded: Recorded

    @property
    def entry(self) -> int:
        return self.recorded.sequence


@dataclass(frozen=True, slots=True)
class Refused:
    """The rules refused. ``sentence``: what the rule says, in the text in force."""

    rule: str
    sentence: str
    because: str
    instead: str


@dataclass(frozen=True, slots=True)
class Misread:
    """The act could not be read: field → what is wrong with it."""

    faults: dict[str, str]


@dataclass(frozen=True, slots=True)
class Halted:
    """The write lane takes nothing now; nothing of the act was recorded."""

    because: str


_NO_DATABASE = (
    "The server's database takes nothing now: its disk may be full, or it cannot be reached. You "
    "have no receipt, so do it again later from the same page: nothing is recorded twice."
)
_LOG = logging.getLogger("quorate.acting")

KEY = "idempotency-key"
"""The name under which a form or a call gives its key."""

Answer = Done | Refused | Misread | Halted


def do(
    name: str, fields: Mapping[str, Any], by: str, *, key: str = "", signed: Signed | None = None
) -> Answer:
    """Does the act as the member ``by``; ``signed``: by a device of theirs."""
    try:
        answer = lane().submit(hand_in(name, fields, by, key=key, signed=signed))
    except BadAct as error:
        return Misread({fault.field: fault.what for fault in error.faults})
    except KeyUsed as error:
        return Misread({KEY: str(error)})
    except LaneHalted as error:
        return Halted(str(error))
    except DatabaseError as error:
        _LOG.error("The database took nothing: %s", error)
        return Halted(_NO_DATABASE)
    if isinstance(answer, Recorded):
        return Done(answer)
    return refused(answer)


def refused(refusal: Refusal) -> Refused:
    """The refusal with the sentence of the rulebook in force."""
    return Refused(refusal.rule, rule_in_words(refusal.rule), refusal.because, refusal.instead)


def rule_in_words(rule: str) -> str:
    """The sentence of the rulebook in force at this path; "" where there is none."""
    rules = lane().standing.state.founding.rules
    return sentence(rules, rule) if rules is not None else ""
