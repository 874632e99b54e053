"""What the proposals chapter remembers: seconders, admission, the answer in writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly

Way = Literal["delegates", "branches", "members"]


class Seconder(NamedTuple):
    """A member's name under one version of the text, by its commitment."""

    member: str
    branch: str
    version: str
    time: int
    entry: int


@dataclass(frozen=True, slots=True)
class Request:
    """The author's request to a member, or to a branch's members, to second."""

    branch: str
    by: str
    time: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The written answer that is owed. ``text``: commitment (domain DOCUMENT)."""

    text: str
    by: str
    time: int
    entry: int


@dataclass(frozen=True, slots=True)
class Admission:
    """Admitted by the rulebook itself: the version, and the way that was reached."""

    version: str
    way: Way
    time: int
    entry: int


@copied_quickly
class Proposal(NamedTuple):
    """What became of a contribution that a convention can decide, by its number.

    ``more_time``: ms that an upheld appeal adds to the author's time for seconders. ``waits``: by
    when (ms) it is settled whether a refusal of it stands; seconding is closed, and it lapses then.
    """

    number: int
    seconders: Map[str, Seconder] = Map()
    requests: tuple[Request, ...] = ()
    admission: Admission | None = None
    lapsed: int | None = None
    answer: Answer | None = None
    more_time: int = 0
    waits: int | None = None


@copied_quickly
class Proposals(NamedTuple):
    """``answers_missing``: numbers of proposals whose answer was not there when it was due."""

    proposals: Map[int, Proposal] = Map()
    answers_missing: tuple[int, ...] = ()
