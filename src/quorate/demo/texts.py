"""The demo's texts, from the folder ``texts``: a head of lines "name: value", then Markdown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the demo. ``branch``: the author's. ``about``: another piece's name."""

    name: str
    kind: str
    title: str
    branch: str
    markdown: str
    amends: str = ""
    about: str = ""
    changes: tuple[dict[str, Any], ...] = ()
    answer: str = ""


@cache
def pieces() -> tuple[Piece, ...]:
    """Every text, in the order of the files' names."""
    folder = resources.files("quorate.demo").joinpath("texts")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".md")), key=lambda f: f.name)
    return tuple(piece for file in files for piece in _read(file.read_text("utf-8")))


def _read(text: str) -> list[Piece]:
    """The pieces of a file, which are parted by lines "====="."""
    found = []
    for block in text.split("\n=====\n"):
        head, _, body = block.strip().partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        body, _, answer = body.partition("\n-----\n")
        found.append(
            Piece(
                name=fields["name"],
                kind=fields["kind"],
                title=fields["title"],
                branch=fields["branch"],
                markdown=body.strip() + "\n",
                amends=fields.get("amends", ""),
                about=fields.get("about", ""),
                changes=tuple(json.loads(fields.get("changes", "[]"))),
                answer=answer.strip(),
            )
        )
    return found
