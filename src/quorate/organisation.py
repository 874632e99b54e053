"""The whole: every chapter's clauses, what an act needs to be allowed, and the record replayed.

``decide`` and ``apply`` are pure. The server and the verifier run the very same two functions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from quorate import commitments
from quorate.chapters.bulletin import clauses as bulletin
from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import FOUNDER, RULEBOOK, Clause, Erased, Occasion, Refusal
from quorate.chapters.delegates import clauses as delegates
from quorate.chapters.delegates.erase_guest import comes_back
from quorate.chapters.devices import clauses as devices
from quorate.chapters.devices.forces import used
from quorate.chapters.devices.signing import false_signature, lacks_signature
from quorate.chapters.elections import clauses as elections
from quorate.chapters.erasing import clauses as erasing
from quorate.chapters.erasing.writing import erased_before, with_texts
from quorate.chapters.fields import Beside, Committed, Opening
from quorate.chapters.floor import clauses as floor
from quorate.chapters.followup import clauses as followup
from quorate.chapters.founding import clauses as founding
from quorate.chapters.keys import clauses as keys
from quorate.chapters.lots import clauses as lots
from quorate.chapters.membership import clauses as membership
from quorate.chapters.offices import clauses as offices
from quorate.chapters.proposals import clauses as proposals
from quorate.chapters.secret import clauses as secret
from quorate.chapters.state import EMPTY, State
from quorate.chapters.witnesses import clauses as witnesses
from quorate.rulebook.fault import faults_of

RULES_CODE = "1"
"""The version of the code of the rules. Each entry states the one that decided it; a later
version replays older records to the same state."""

KNOWN_CODES = ("1",)
"""The versions of the rules' code whose entries this program can replay."""

CHAPTERS = (
    founding,
    membership,
    offices,
    bulletin,
    proposals,
    delegates,
    elections,
    floor,
    lots,
    followup,
    witnesses,
    devices,
    erasing,
    keys,
    secret,
)

CLAUSES: Mapping[str, Clause[Any]] = {
    clause.name: clause for chapter in CHAPTERS for clause in chapter.CLAUSES
}
_BY_ACT: Mapping[type, Clause[Any]] = {clause.act: clause for clause in CLAUSES.values()}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A field of an act that is missing, unknown or wrong, and why."""

    field: str
    what: str


class BadAct(Exception):
    """An act that cannot be read: its name is unknown or its fields are wrong."""

    def __init__(self, act: str, faults: tuple[FieldFault, ...]) -> None:
        super().__init__(f"{act}: " + "; ".join(f"{f.field}: {f.what}" for f in faults))
        self.act = act
        self.faults = faults


class NotAllowed(Exception):
    """A replayed entry that the rules would not have allowed."""

    def __init__(self, occasion: Occasion, act: str, refusal: Refusal) -> None:
        super().__init__(f"entry {occasion.sequence} ({act}): {refusal.because} [{refusal.rule}]")
        self.occasion = occasion
        self.act = act
        self.refusal = refusal


def clause_of(act: object) -> Clause[Any]:
    """The clause that an act belongs to."""
    return _BY_ACT[type(act)]


_SHAPES: dict[type, TypeAdapter[Any]] = {}
_READERS: dict[str, tuple[frozenset[str], Callable[[Any], Any]]] = {}
"""Of each act that has been read: the names of its fields, and what reads them."""


def _shape(act: type) -> TypeAdapter[Any]:
    """The act's reader and writer, made once when it is first needed."""
    shape = _SHAPES.get(act)
    if shape is None:
        shape = _SHAPES[act] = TypeAdapter(act)
    return shape


def read_act(name: str, fields: Mapping[str, Any]) -> Any:
    """The act called ``name`` with these fields. Raises BadAct naming each field at fault."""
    reader = _READERS.get(name)
    if reader is None or not fields.keys() <= reader[0]:
        validate = _shape_for(name, fields).validator.validate_python
        _READERS[name] = reader = (frozenset(CLAUSES[name].act.__dataclass_fields__), validate)
    try:
        return reader[1](fields)
    except ValidationError as error:
        raise BadAct(name, _faults(error)) from None


def read_given(name: str, fields: Mapping[str, Any]) -> Any:
    """The act with fields as somebody hands them in, plain JSON values. No text is taken for a
    number, no number for a yes. Raises BadAct naming each field at fault."""
    shape = _shape_for(name, fields)
    try:
        act = shape.validate_json(json.dumps(fields), strict=True)
    except ValidationError as error:
        raise BadAct(name, _faults(error)) from None
    if unknown := tuple(_unknown_inside(fields, shape.dump_python(act, mode="json"), "")):
        raise BadAct(name, unknown)
    return act


def _unknown_inside(given: Any, read: Any, path: str) -> Iterator[FieldFault]:
    """What stands in the fields but was not read, at any depth."""
    if isinstance(read, dict) and isinstance(given, Mapping):
        for name, inner in given.items():
            place = f"{path}.{name}" if path else str(name)
            if name not in read:
                yield FieldFault(place, "there is no such field")
            else:
                yield from _unknown_inside(inner, read[name], place)
    elif isinstance(read, list) and isinstance(given, list | tuple):
        for number, (inner, inner_read) in enumerate(zip(given, read, strict=False)):
            yield from _unknown_inside(inner, inner_read, f"{path}.{number}")


def _shape_for(name: str, fields: Mapping[str, Any]) -> TypeAdapter[Any]:
    clause = CLAUSES.get(name)
    if clause is None:
        raise BadAct(name, (FieldFault("act", "there is no act of this name"),))
    known = clause.act.__dataclass_fields__.keys()
    if not fields.keys() <= known:
        unknown = sorted(fields.keys() - known)
        raise BadAct(name, tuple(FieldFault(k, "this act has no such field") for k in unknown))
    return _shape(clause.act)


def _faults(error: ValidationError) -> tuple[FieldFault, ...]:
    return tuple(FieldFault(fault.path, fault.what) for fault in faults_of(error))


def erased_with(state: State, act: object, occasion: Occasion) -> tuple[Erased, ...]:
    """What is erased together with this act, done in this state."""
    erases = clause_of(act).erases
    return erases(state, act, occasion) if erases is not None else ()


def fields_of(act: object) -> dict[str, Any]:
    """The act's fields as plain JSON values, as the record keeps them."""
    fields: dict[str, Any] = _shape(type(act)).dump_python(act, mode="json")
    return fields


@cache
def beside_fields(name: str) -> tuple[str, ...]:
    """The act's fields that hold the hash of what lies beside the record."""
    hints = get_type_hints(CLAUSES[name].act, include_extras=True)
    return tuple(
        field
        for field, hint in hints.items()
        if any(isinstance(mark, Beside) for mark in getattr(hint, "__metadata__", ()))
    )


@cache
def committed_fields(name: str) -> dict[str, Committed]:
    """The act's fields that hold commitments, and to what."""
    hints = get_type_hints(CLAUSES[name].act, include_extras=True)
    return {field: mark for field, hint in hints.items() for mark in _marks(hint)}


def _marks(hint: Any) -> list[Committed]:
    """The marks on a field's type, also where it may be left out (a union)."""
    found = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Committed)]
    for part in getattr(hint, "__args__", ()):
        found += _marks(part)
    return found


_COMMITMENT = re.compile(r"[0-9a-f]{64}")


def is_commitment(given: Any) -> bool:
    """Whether somebody gives a bare commitment in the place of what it commits to."""
    return isinstance(given, str) and _COMMITMENT.fullmatch(given) is not None


def documents_of(act: object) -> tuple[str, ...]:
    """The commitments to texts that the act holds."""
    fields = _document_fields(clause_of(act).name)
    return tuple(text for field in fields if (text := getattr(act, field))) if fields else ()


@cache
def _document_fields(name: str) -> tuple[str, ...]:
    return tuple(f for f, mark in committed_fields(name).items() if mark.what == "document")


@cache
def _sheet_fields(name: str) -> tuple[str, ...]:
    return tuple(f for f, mark in committed_fields(name).items() if mark.what == "person")


def _brings_back(state: State, act: object) -> Refusal | None:
    """The refusal of an act with a commitment to what was erased: a text, or a guest's sheet."""
    name = clause_of(act).name
    if state.erasing.texts:
        held = committed_fields(name)
        refusal = erased_before(state, (getattr(act, field) for field in held))
        if refusal is not None:
            return refusal
    for field in _sheet_fields(name):
        if (refusal := comes_back(state, getattr(act, field))) is not None:
            return refusal
    return None


def choices_of(act: object) -> tuple[str, ...]:
    """The commitments to sealed choices that the act holds: a vote, a ballot, a number."""
    fields = committed_fields(clause_of(act).name)
    return tuple(
        getattr(act, field) for field, mark in fields.items() if mark.domain == commitments.CHOICE
    )


def decide(state: State, act: object, occasion: Occasion) -> Refusal | None:
    """Whether the rules allow the act on this occasion: None, or the refusal."""
    clause = clause_of(act)
    if state.founding.rules is None and clause.name != "founding.adopt":
        return Refusal("record.founding", "There is no rulebook yet.", "Adopt a rulebook first.")
    if occasion.sequence != state.size:
        return Refusal("record.order", "This is not the next place in the record.", "Try again.")
    if occasion.time < state.time:
        return Refusal("record.time", "Time in the record never goes back.", "Check the clock.")
    due = state.calendar.due(occasion.time)
    if clause.falls_due:
        if occasion.by != RULEBOOK:
            return Refusal(
                "record.due", "This happens by itself at its date; nobody does it.", "Wait for it."
            )
        if due is None or (due.act, due.of) != (clause.name, act.of):  # type: ignore[attr-defined]
            return Refusal("record.due", "This has not fallen due.", "Wait for its date.")
    elif due is not None:
        return Refusal(
            "record.due",
            f"A deadline has passed and comes first: {due.act} {due.of}.",
            "Try again in a moment.",
        )
    elif refusal := _no_actor(state, clause, occasion) or _not_signed(
        state, clause.name, act, occasion
    ):
        return refusal
    if (refusal := _brings_back(state, act)) is not None:
        return refusal
    return clause.allowed(state, act, occasion)


def _not_signed(state: State, name: str, act: object, occasion: Occasion) -> Refusal | None:
    """The refusal of an act whose signature is missing or false."""
    if occasion.signed is not None:
        return false_signature(state, name, fields_of(act), occasion, occasion.signed)
    return lacks_signature(state, name, occasion) if state.founding.rules is not None else None


def _no_actor(state: State, clause: Clause[Any], occasion: Occasion) -> Refusal | None:
    if occasion.by == FOUNDER:
        if state.founding.complete is None:
            return None
        return Refusal(
            "record.founding",
            "The founding is complete: the founder has no rights any more.",
            "Act as the member you are.",
        )
    if clause.by_trustees and occasion.by in state.secret.outside:
        return None
    if occasion.by not in state.membership.members:
        return Refusal(
            "membership.admission",
            "Only members can act.",
            "Ask a branch to admit you.",
        )
    return None


def apply(state: State, act: object, occasion: Occasion) -> State:
    """The state after an allowed act."""
    clause = clause_of(act)
    changed = clause.change(state, act, occasion)
    if texts := documents_of(act):
        changed = with_texts(changed, clause.name, act, texts, occasion)
    if occasion.signed is not None:
        changed = used(changed, occasion.by, occasion.signed.device, occasion.signed.at)
    return changed.at(occasion.sequence + 1, occasion.time)


def replay(entries: Iterable[tuple[Occasion, object]], state: State = EMPTY) -> State:
    """The state after these entries. Raises NotAllowed at the first that the rules refuse."""
    for occasion, act in entries:
        refusal = decide(state, act, occasion)
        if refusal is not None:
            raise NotAllowed(occasion, clause_of(act).name, refusal)
        state = apply(state, act, occasion)
    return state


def fallen_due(state: State, time: int) -> Deadline | None:
    """What has to be recorded before anything else at ``time``, if anything."""
    return state.calendar.due(time)


Openings = Callable[[Mapping[str, str]], tuple[Opening, ...]]
"""Given whose choice → its commitment, the openings of those that can be opened. What is sealed
is not in the state: the store keeps it, and an export carries it once it is opened."""


FromBox = Callable[[State, Deadline], Mapping[str, Any]]
"""What the entry states of a ballot box. Ballots are not in the state: the store keeps them, and an
export carries the box."""


def falling_due(state: State, deadline: Deadline, openings: Openings, from_box: FromBox) -> Any:
    """The act that records what fell due.

    Where sealed choices are to be opened, a whole batch of openings is asked for at once; what
    cannot be opened is named as lost, never left out in silence.
    """
    clause = CLAUSES[deadline.act]
    if clause.states is not None:
        return clause.act(of=deadline.of, **clause.states(state, deadline.of))
    if clause.from_box:
        return clause.act(of=deadline.of, **from_box(state, deadline))
    if clause.to_open is None:
        return clause.act(of=deadline.of)
    wanted = clause.to_open(state, deadline.of)
    found = openings(wanted)
    lost = tuple(sorted(set(wanted) - {opening.whose for opening in found}))
    return clause.act(of=deadline.of, openings=found, lost=lost)
