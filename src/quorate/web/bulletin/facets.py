"""Narrowing the bulletin down: what was asked for, and the links that ask for more or less."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from quorate.chapters.state import State
from quorate.web.bulletin.path import status

KINDS = {
    "proposal": "Proposals",
    "amendment": "Amendments",
    "perspective": "Perspectives",
    "report": "Branch reports",
    "reply": "Replies",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in the bulletin; nothing stands for everything."""

    words: str = ""
    kind: str = ""
    standing: str = ""
    branch: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """As the page's address says."""
        given = request.GET
        return cls(
            given.get("q", ""),
            given.get("kind", ""),
            given.get("state", ""),
            given.get("branch", ""),
        )

    def query(self) -> str:
        """The same as the query of an address."""
        every = {"q": self.words, "kind": self.kind, "state": self.standing, "branch": self.branch}
        return urlencode({name: value for name, value in every.items() if value})


@dataclass(frozen=True, slots=True)
class Option:
    """A link that narrows down. ``count``: how many there are of it."""

    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow down."""

    title: str
    options: tuple[Option, ...]


def facets(state: State, asked: Asked) -> tuple[Facet, ...]:
    """By kind; by where it stands, in the order of how many stand there."""
    every = state.bulletin.contributions.values()
    kinds = Counter[str](c.kind for c in every)
    standings = Counter(status(state, c).word for c in every if asked.kind in ("", c.kind))
    by_kind = [Option("Everything", _href(replace(asked, kind="", standing="")), not asked.kind)]
    by_kind += [
        Option(
            title, _href(replace(asked, kind=kind, standing="")), asked.kind == kind, kinds[kind]
        )
        for kind, title in KINDS.items()
    ]
    by_standing = [
        Option(
            word.capitalize(),
            _href(replace(asked, standing="" if asked.standing == word else word)),
            asked.standing == word,
            count,
        )
        for word, count in standings.most_common()
    ]
    found = [Facet("Kind", tuple(by_kind))]
    if len(by_standing) > 1:
        found.append(Facet("Where it stands", tuple(by_standing)))
    return tuple(found)


def _href(asked: Asked) -> str:
    return f"?{asked.query()}"
