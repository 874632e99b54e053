"""A told record in a real store: the acts of ``support.year`` go through the real write lane, with
real texts, sheets and sealed votes behind them, at the time that the test says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quorate import commitments, organisation
from quorate.chapters.clause import Refusal
from quorate.record import canonical
from support.pure import Pure

if TYPE_CHECKING:
    from quorate.store.handing_in import Kept
    from quorate.store.lane import Lane


@dataclass
class Told:
    """The clock of a story: it stands where the test puts it."""

    time: int

    def now(self, last: int) -> int:
        return max(self.time, last)


@dataclass
class Stored(Pure):
    """``lane``: of the organisation's folder, with a ``Told`` clock."""

    lane: Lane = field(kw_only=True)
    entry: int = -1

    def tried(self, by: str, act: str, **fields: Any) -> Refusal | None:
        from quorate.store.ballot_files import BallotFile
        from quorate.store.handing_in import HandedIn

        kept = []
        for name, mark in organisation.committed_fields(act).items():
            if fields.get(name):
                thing = self._behind(mark.what, fields[name], len(self.entries))
                fields[name] = thing.commitment
                kept.append(thing)
        named = [fields[name] for name in organisation.beside_fields(act) if name in fields]
        files = tuple(BallotFile(name, self.files[name]) for name in named if name in self.files)
        self.lane.clock.time = self.time
        handed_in = HandedIn(by, organisation.read_act(act, fields), tuple(kept), files=files)
        answer = self.lane.submit(handed_in)
        self.state = self.lane.standing.state
        if isinstance(answer, Refusal):
            return answer
        self.entry = answer.sequence
        self.entries.append((answer, handed_in.act))
        return None

    def let_fall_due(self) -> None:
        self.lane.clock.time = self.time
        self.state = self.lane.now().state

    def _behind(self, what: str, given: str, number: int) -> Kept:
        """What stands behind the commitment: a text of 100 words, a sheet, the sealed vote."""
        from quorate.store.handing_in import Kept

        if what in ("document", "person"):
            domain = commitments.DOCUMENT if what == "document" else commitments.PERSON
            shown = {"title": f"Text {number}", "text": "word " * 100}
            sheet = {"name": f"Member {number}", "email": f"m{number}@example.org"}
            payload = canonical.encode(shown if what == "document" else sheet)
            salt = number.to_bytes(32, "big")
            return Kept(commitments.commit(payload, salt, domain), domain, salt, payload)
        choice, salt_hex = self.sealed[given]
        return Kept(given, commitments.CHOICE, bytes.fromhex(salt_hex), choice.encode())
