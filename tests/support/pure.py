"""A record in memory: acts done one after the other, as the write lane does them, without a store.

``Pure`` is for tests of the rules: no database, no clock; time moves when the test says so.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import RULEBOOK, Occasion, Refusal, Signed
from quorate.chapters.fields import Opening
from quorate.chapters.state import EMPTY, State
from support.boxes import Boxes
from support.device import Device


class Refused(AssertionError):
    """The rules refused an act that the test meant to be allowed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.because} [{refusal.rule}]")
        self.refusal = refusal


@dataclass
class Pure:
    """An organisation at ``time`` (ms), with everything done so far, what is sealed, and what lies
    beside the record, by its hash."""

    time: int = 1_700_000_000_000
    state: State = EMPTY
    entries: list[tuple[Occasion, Any]] = field(default_factory=list)
    sealed: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    boxes: Boxes = field(default_factory=Boxes)

    def do(self, by: str, act: str, **fields: Any) -> State:
        """Does the act as ``by``; what fell due before is recorded first. Raises Refused."""
        refusal = self.tried(by, act, **fields)
        if refusal is not None:
            raise Refused(refusal)
        return self.state

    def tried(self, by: str, act: str, **fields: Any) -> Refusal | None:
        """Does the act if the rules allow it; else the refusal, and nothing has changed."""
        self.let_fall_due()
        return self._record(by, organisation.read_act(act, fields))

    def go_to(self, time: int) -> None:
        """Time moves on to ``time``; every deadline on the way falls due at its own instant."""
        while (due := organisation.fallen_due(self.state, time)) is not None:
            self.time = max(self.time, due.time)
            self.let_fall_due()
        self.time = max(self.time, time)

    def tried_signed(
        self, device: Device, by: str, act: str, *, at: int | None = None, **fields: Any
    ) -> Refusal | None:
        """The same, signed by a device, at ``at`` by its clock (ms)."""
        self.let_fall_due()
        read = organisation.read_act(act, fields)
        body = organisation.fields_of(read)
        origin = self.state.founding.origin
        return self._record(by, read, device.signed(origin, by, at or self.time, act, body))

    def let_fall_due(self) -> None:
        while (due := organisation.fallen_due(self.state, self.time)) is not None:
            act = self.falling_due(due)
            refusal = self._record(RULEBOOK, act)
            if refusal is not None:
                raise Refused(refusal)

    def seal(self, choice: str) -> str:
        """A sealed choice: its commitment, the opening kept until it falls due."""
        salt = hashlib.sha256(f"{choice}/{len(self.sealed)}".encode()).digest()
        commitment = commitments.commit(choice.encode(), salt, commitments.CHOICE)
        self.sealed[commitment] = (choice, salt.hex())
        return commitment

    def beside(self, data: bytes) -> str:
        """Something that an act names by its hash: the hash, the thing kept."""
        name = hashlib.sha256(data).hexdigest()
        self.files[name] = data
        return name

    def falling_due(self, due: Deadline) -> Any:
        """The act that records what fell due."""
        return organisation.falling_due(self.state, due, self._openings, self.boxes.states)

    def _openings(self, wanted: dict[str, str]) -> tuple[Opening, ...]:
        return tuple(
            Opening(whose, *self.sealed[commitment])
            for whose, commitment in wanted.items()
            if commitment in self.sealed
        )

    def _record(self, by: str, act: Any, signed: Signed | None = None) -> Refusal | None:
        occasion = Occasion(self.state.size, self.time, by, signed)
        refusal = organisation.decide(self.state, act, occasion)
        if refusal is None:
            self.state = organisation.apply(self.state, act, occasion)
            self.entries.append((occasion, act))
        return refusal


def document(text: str) -> str:
    """A commitment to a text, for acts that need one."""
    return commitments.commit(
        text.encode(), hashlib.sha256(text.encode()).digest(), commitments.DOCUMENT
    )


def person(number: int) -> str:
    """A commitment to a personal sheet."""
    return commitments.commit(str(number).encode(), bytes(32), commitments.PERSON)


def pseudonym(number: int) -> str:
    """A member's pseudonym, the same for the same number."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    digest = hashlib.sha256(str(number).encode()).digest()
    return "m-" + "".join(alphabet[byte % 32] for byte in digest[:16])
