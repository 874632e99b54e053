"""What the demo's written material consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.rulebook.amending import Change

Kind = Literal["proposal", "amendment", "perspective", "report", "reply"]


@dataclass(frozen=True, slots=True)
class Region:
    """``code``: two letters."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Branch:
    """``size``: number of members. ``oldest_year``: nobody in it claims to have joined before."""

    code: str
    name: str
    region: str
    workplace: str
    size: int
    oldest_year: int


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member whom the texts name; the roll contains them. ``since``: "YYYY-MM"."""

    name: str
    branch: str
    since: str


@dataclass(frozen=True, slots=True)
class Guest:
    """``organisation``: who sends them."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A contribution that the editor refuses: why, the author's appeal, the judgement on it.

    ``reason``: its name in the rulebook's list. ``decision``: of the appeal; "upheld" means that
    the contribution is printed after all. All texts are Markdown.
    """

    reason: str
    remark: str
    grounds: str
    judgement: str
    decision: Literal["upheld", "dismissed"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A text for the bulletin, by a member of ``branch``.

    ``amends``: for an amendment, "rulebook", "programme" or "proposal". ``about``: slug of the
    contribution that it replies to or amends. ``changes``: for an amendment to the rulebook.
    ``answer``: the steering committee's, Markdown, empty if it never gave one.
    """

    kind: Kind
    slug: str
    title: str
    branch: str
    text: str
    amends: Literal["", "rulebook", "programme", "proposal"]
    about: str
    changes: tuple[Change, ...]
    answer: str
    refused: Refused | None

    @property
    def decidable(self) -> bool:
        """Whether a convention would vote on it."""
        return self.kind in ("proposal", "amendment")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate for the steering committee; ``statement`` is Markdown."""

    name: str
    branch: str
    statement: str


@dataclass(frozen=True, slots=True)
class Slate:
    """Candidates who stand together, by name."""

    title: str
    members: tuple[str, ...]
    statement: str


@dataclass(frozen=True, slots=True)
class DelegateStatement:
    """What a candidate for delegate says. ``branch``: where alone it fits, or empty."""

    text: str
    branch: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What minutes hold of a debate: somebody of the branch ``by`` … ``text``."""

    about: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """All of it. Contributions stand in the order in which they are handed in."""

    regions: tuple[Region, ...]
    branches: tuple[Branch, ...]
    known: tuple[KnownMember, ...]
    guests: tuple[Guest, ...]
    programme: str
    contributions: tuple[Contribution, ...]
    candidates: tuple[Candidate, ...]
    slate: Slate
    delegate_statements: tuple[DelegateStatement, ...]
    remarks: tuple[Remark, ...]

    def contribution(self, slug: str) -> Contribution:
        """The contribution of that slug. Raises KeyError."""
        for found in self.contributions:
            if found.slug == slug:
                return found
        raise KeyError(slug)
