"""The shapes of the API's answers about acts, and of what goes wrong."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """What went wrong, in plain words."""

    error: str


class RefusalOut(Schema):
    """Why the rules refuse.

    ``rule``: dotted path of the rulebook, or one of the few that no rulebook can change
    (``record.…``). ``sentence``: what the rule says, in the text in force; empty where the rulebook
    has no sentence. ``because``: why that forbids the act. ``instead``: what to do next.
    """

    rule: str = Field(examples=["proposals.seconding_closes"])
    sentence: str
    because: str
    instead: str


class Refused(Schema):
    """The rules refuse the act; nothing was recorded."""

    refused: RefusalOut


class Misread(Schema):
    """The call could not be read; nothing was recorded. Field → what is wrong with it; ``body`` for
    the whole, a dotted path for what stands inside a field."""

    faults: dict[str, str] = Field(examples=[{"proposal": "must be a whole number"}])


class RecordedOut(Schema):
    """Where the act stands: its entry, the time (ms since 1970, UTC), its receipt (text).

    ``again``: it had been handed in under its idempotency key before.
    """

    entry: int
    time: int
    again: bool
    receipt: str


class PreparedOut(Schema):
    """``text``: what is signed; ``fields``: what is handed in with the signature."""

    fields: dict[str, Any]
    text: str


class Recorded(Schema):
    """The act stands in the record."""

    recorded: RecordedOut
