"""What the bulletin remembers: contributions, their versions, refusals and appeals, the issues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly
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
    """An officer's refusal of one version of a text, in their name, for a listed reason.

    ``version``: the commitment to the text; ``remark``: to the officer's own words.
    """

    version: str
    by: str
    reason: str
    remark: str
    time: int
    entry: int
    appeal: Appeal | None = None

    @property
    def contested(self) -> bool:
        """Whether there is an appeal against it that is not decided."""
        return self.appeal is not None and self.appeal.decision is None

    @property
    def stands(self) -> bool:
        """A refusal stands unless an appeal against it was upheld."""
        return self.appeal is None or self.appeal.decision != "upheld"


@dataclass(frozen=True, slots=True)
class Contribution:
    """``branch``: the author's at the time. ``convention``: 0 between conventions.

    ``amends``: "rulebook", "programme" or "proposal"; ``about``: the contribution that it
    replies to or, for an amendment to a proposal, amends. ``refusals``: of its versions, each once
    at most, the latest last; each can be appealed against by itself.
    """

    number: int
    kind: Kind
    author: str
    branch: str
    convention: int
    versions: tuple[Version, ...]
    amends: str = ""
    about: int | None = None
    refusals: tuple[BulletinRefusal, ...] = ()
    withdrawn: int | None = None

    @property
    def refusal(self) -> BulletinRefusal | None:
        """The latest refusal of one of its versions."""
        return self.refusals[-1] if self.refusals else None

    def numbered(self, version: str) -> int:
        """The number of this version of it, from 1."""
        return 1 + [one.text for one in self.versions].index(version)

    def refusal_of(self, version: str) -> BulletinRefusal | None:
        """The refusal of this version, standing or overturned."""
        return next((one for one in self.refusals if one.version == version), None)

    @property
    def contested(self) -> tuple[BulletinRefusal, ...]:
        """The refusals against which an appeal is open."""
        return tuple(one for one in self.refusals if one.contested)

    def refuses(self, version: str) -> bool:
        """Whether a refusal of this version stands."""
        return any(one.version == version and one.stands for one in self.refusals)

    @property
    def latest(self) -> Version:
        """The latest version that is not refused; the latest of all where every one is."""
        standing = [v for v in self.versions if not self.refuses(v.text)]
        return standing[-1] if standing else self.versions[-1]

    @property
    def refused(self) -> bool:
        """Whether no version of it is left: a refusal of each stands."""
        return bool(self.refusals) and all(self.refuses(one.text) for one in self.versions)

    @property
    def decidable(self) -> bool:
        """Whether a convention can decide it: a proposal or an amendment."""
        return self.kind in ("proposal", "amendment")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the bulletin: everything handed in until ``time`` and not printed before.

    ``versions``: the commitments to the texts that it carries; ``contributions``: the number of the
    contribution of each, which may have several versions here. What an author hands in later
    changes nothing of it.
    """

    convention: int
    number: int
    time: int
    entry: int
    contributions: tuple[int, ...]
    versions: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the contributions in it, each once."""
        return tuple(dict.fromkeys(self.contributions))


@copied_quickly
class Bulletin(NamedTuple):
    """``unprinted``: numbers of contributions of which a version is new, or stands again, since an
    issue carried them, in order."""

    contributions: Map[int, Contribution] = Map()
    issues: tuple[Issue, ...] = ()
    unprinted: tuple[int, ...] = ()
