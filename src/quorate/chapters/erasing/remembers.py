"""What the chapter on erasing remembers: every text that the record speaks of, who asked that one
be erased, and what came of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.bulletin.remembers import Judgement
from quorate.chapters.copies import copied_quickly


class Written(NamedTuple):
    """Who wrote a text, with which act. ``about``: the member whom the act names, or whose
    contribution it is about; "" for nobody."""

    by: str
    act: str
    about: str = ""


class Request(NamedTuple):
    """``text``: the commitment (domain DOCUMENT) of the text that is to be erased; ``reason``: one
    too. ``decided_by``, ``undecided``: as the rulebook had them when it was ``made``; ``due``: when
    it has to be decided (both ms). ``judgements``: judge → what they said, and the commitment to
    their reason. ``upheld``: the text is erased. ``by_default``: time ran out, or the text had to
    stay just then.
    """

    number: int
    text: str
    reason: str
    by: str
    made: int
    due: int
    decided_by: str
    undecided: Literal["erased", "kept"]
    judgements: Map[str, tuple[Judgement, str]] = Map()
    decision: Judgement | None = None
    decided: int | None = None
    by_default: bool = False


@copied_quickly
class Erasing(NamedTuple):
    """``written``: the commitment of each text in the record → who wrote it; the first, where the
    same text stands twice, and ``again`` the others. ``texts``: of each that was erased → the
    request for it."""

    requests: Map[int, Request] = Map()
    texts: Map[str, int] = Map()
    written: Map[str, Written] = Map()
    again: Map[str, tuple[Written, ...]] = Map()

    def all_of(self, text: str) -> tuple[Written, ...]:
        """Who wrote the text, with which acts; the first first."""
        first = self.written.get(text)
        return () if first is None else (first, *self.again.get(text, ()))
