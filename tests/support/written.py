"""A record whose texts are kept too, and its acts told one after the other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.clause import Occasion, Refusal, Signed
from quorate.record import canonical
from quorate.record.receipt import Opening
from support.pure import Pure, document
from support.small import Small


@dataclass
class Written(Pure):
    """A record whose texts are kept too, as an export has them."""

    texts: list[Opening] = field(default_factory=list)

    def _record(self, by: str, act: Any, signed: Signed | None = None) -> Refusal | None:
        """Records the act with a text of its own in the place of each commitment to one."""
        name = organisation.clause_of(act).name
        kept = []
        for part, mark in organisation.committed_fields(name).items():
            if mark.what != "document" or not getattr(act, part):
                continue
            text = f"{name}, in entry {self.state.size} of the record, by {by}."
            payload = canonical.encode({"text": text, "title": name})
            salt = hashlib.sha256(f"{part} {self.state.size}".encode()).digest()
            commitment = commitments.commit(payload, salt, commitments.DOCUMENT)
            kept.append(Opening(commitment, commitments.DOCUMENT, salt, payload))
            act = replace(act, **{part: commitment})
            if "words" in type(act).__dataclass_fields__:
                act = replace(act, words=len(text.split()))
        before, occasion = self.state, Occasion(self.state.size, self.time, by, signed)
        refusal = super()._record(by, act, signed)
        if refusal is None:
            gone = {one.commitment for one in organisation.erased_with(before, act, occasion)}
            self.texts = [text for text in self.texts if text.commitment not in gone] + kept
        return refusal


def do(small: Small, by: str, act: str, **fields: Any) -> None:
    small.pure.do(by, act, **fields)


def text(small: Small) -> str:
    """A text to be handed in; ``Written`` gives it its words."""
    return document(f"text {small.state.size}")


def wait(small: Small, time: int) -> None:
    small.pure.go_to(small.pure.time + time)
