"""What the bulletin remembers: contributions, their versions, refusals and appeals, the issues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from immutables import Map

from quorate.rulebook.amending import Change

Kind = Literal["proposal", "perspective", "amendment", "report", "reply"]
Judgement = Literal["upheld", "dismissed"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text. ``text``: commitment (domain DOCUMENT) to title and Markdown.

    ``changes``: for an amendment to the rulebook, what it changes, in the rulebook's own terms.
    """

    text: str
    words: int
    entry: int
    time: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Appeal:
    """The author's appeal against a refusal. ``due``: undecided by then, it counts as won.

    ``judgements``: judge → what they said, and the commitment to their reason.
    """

    grounds: str
    made: int
    due: int
    judgements: Map[str, tuple[Judgement, str]] = field(default_factory=Map)
    decision: Judgement | None = None
    decided: int | None = None
    by_default: bool = False


@dataclass(frozen=True, slots=True)
class BulletinRefusal:
    """An officer's refusal: in their name, for a listed reason; ``remark`` is a commitment."""

    by: str
    reason: str
    remark: str
    time: int
    entry: int
    appeal: Appeal | None = None

    @property
    def stands(self) -> bool:
        """A refusal stands unless an appeal against it was upheld."""
        return self.appeal is None or self.appeal.decision != "upheld"


@dataclass(frozen=True, slots=True)
class Contribution:
    """``branch``: the author's at the time. ``convention``: 0 between conventions.

    ``amends``: "rulebook", "programme" or "proposal"; ``about``: the contribution that it
    replies to or, for an amendment to a proposal, amends.
    """

    number: int
    kind: Kind
    author: str
    branch: str
    convention: int
    versions: tuple[Version, ...]
    amends: str = ""
    about: int | None = None
    refusal: BulletinRefusal | None = None
    withdrawn: int | None = None

    @property
    def latest(self) -> Version:
        return self.versions[-1]

    @property
    def refused(self) -> bool:
        return self.refusal is not None and self.refusal.stands

    @property
    def decidable(self) -> bool:
        """Whether a convention can decide it: a proposal or an amendment."""
        return self.kind in ("proposal", "amendment")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the bulletin: everything handed in until ``time`` and not printed before."""

    convention: int
    number: int
    time: int
    entry: int
    contributions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``unprinted``: numbers of contributions that no issue has carried yet, in order."""

    contributions: Map[int, Contribution] = field(default_factory=Map)
    issues: tuple[Issue, ...] = ()
    unprinted: tuple[int, ...] = ()
