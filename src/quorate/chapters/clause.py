"""What every clause of every chapter is made of.

An act is a small frozen dataclass. Its clause says when the act is allowed and what it
changes; both are pure functions of the state, the act and the occasion. A chapter is the
tuple of its clauses, and reads like the chapter of a rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from quorate.chapters.state import State

RULEBOOK = "rulebook"
"""The actor of what falls due by itself: nobody did it, the rule did."""

FOUNDER = "founder"
"""The actor of the acts that set an organisation up, until its founding is complete."""

OPENED_AT_ONCE = 300
"""So many openings at most in one entry: an entry stays below 65,535 bytes."""


class Signed(NamedTuple):
    """The signature of a member's own device. ``device``: its public key; ``at``: ms by its clock;
    ``value``: Ed25519. Keys and signatures are in base64."""

    device: str
    at: int
    value: str


class Occasion(NamedTuple):
    """When an act is done, by whom, and which place in the record it takes.

    ``time`` is in milliseconds since 1970, UTC, and is the write lane's, never the caller's.
    ``by`` is a member's pseudonym, a trustee's id, RULEBOOK, or FOUNDER. ``signed``: by a device of
    theirs, or None where only the server vouches for who did it.
    """

    sequence: int
    time: int
    by: str
    signed: Signed | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the rules do not allow an act, and what the person can do instead.

    ``rule`` is a dotted path of the rulebook, or of the few rules that no rulebook can change
    (``record.…``).
    """

    rule: str
    because: str
    instead: str


class Erased(NamedTuple):
    """What an act has erased: the opening of ``commitment``. ``of``: whose personal sheet it is; ""
    for a text."""

    commitment: str
    of: str = ""


Act = TypeVar("Act")


@dataclass(frozen=True, slots=True)
class Clause(Generic[Act]):
    """One clause: an act, who may do it, under which rules, and what it changes.

    ``who``, ``changes``: sentences for the reference page.
    ``rules``: the dotted paths that the refusals cite.
    ``falls_due``: only the rulebook does it, at its deadline; no person can. Such an act has the
    field ``of``, its subject's number.
    ``states``: for an act that states what anyone can compute (a result): its other fields, of the
    state and the subject.
    ``erases``: for an act that has something erased: the state before it, the act, the occasion →
    what the store removes together with the entry.
    ``to_open``: for an act that opens sealed choices (fields ``openings`` and ``lost``): whose
    choices are to be opened next → their commitments, at most OPENED_AT_ONCE of them.
    ``from_box``: for an act that states what a ballot box holds: its other fields are the store's
    to give, and whoever has the box holds them against it.
    ``by_trustees``: trustees of secret ballots do it, also those who are no members. What it holds
    is signed with the trustee's key, so it does not matter who hands it in.
    """

    name: str
    act: type[Act]
    who: str
    rules: tuple[str, ...]
    changes: str
    allowed: Callable[[State, Act, Occasion], Refusal | None]
    change: Callable[[State, Act, Occasion], State]
    falls_due: bool = False
    states: Callable[[State, int], Mapping[str, Any]] | None = None
    to_open: Callable[[State, int], Mapping[str, str]] | None = None
    erases: Callable[[State, Act, Occasion], tuple[Erased, ...]] | None = None
    from_box: bool = False
    by_trustees: bool = False


Chapter = tuple[Clause[Any], ...]
