"""The demo organisation's written material, read from the package's folder ``material``.

Everything is data of the package: CSV tables, TOML tables, and Markdown texts with a head in TOML
between lines "+++". ``material()`` reads all of it once and has it checked.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from quorate.demo.material_checks import faults
from quorate.demo.material_parts import (
    Branch,
    Candidate,
    Contribution,
    DelegateStatement,
    Guest,
    Kind,
    KnownMember,
    Material,
    Refused,
    Region,
    Remark,
    Slate,
)
from quorate.rulebook.amending import Change


class FaultyMaterial(Exception):
    """A file of the material is not as it should be; the message names it."""


@cache
def material() -> Material:
    """Everything, read and checked. Raises FaultyMaterial naming the file."""
    read = Material(
        regions=tuple(Region(**row) for row in rows("regions.csv")),
        branches=tuple(
            Branch(**(row | {"size": int(row["size"]), "oldest_year": int(row["oldest_year"])}))
            for row in rows("branches.csv")
        ),
        known=tuple(KnownMember(**row) for row in rows("known.csv")),
        guests=tuple(Guest(**row) for row in rows("guests.csv")),
        programme=text_of("programme.md"),
        contributions=tuple(_contributions()),
        candidates=tuple(
            Candidate(head["name"], head["branch"], body) for _, head, body in _folder("candidates")
        ),
        slate=_slate(),
        delegate_statements=tuple(
            DelegateStatement(said["text"], said.get("branch", ""))
            for said in table("delegates.toml")["statements"]
        ),
        remarks=tuple(Remark(**remark) for remark in table("remarks.toml")["remarks"]),
    )
    found = faults(read)
    if found:
        raise FaultyMaterial("; ".join(found))
    return read


def text_of(name: str) -> str:
    """A file of the material as text."""
    return _root().joinpath(name).read_text("utf-8")


def rows(name: str) -> list[dict[str, Any]]:
    """A CSV file's rows by the names in its first line. Raises FaultyMaterial."""
    found = list(csv.DictReader(io.StringIO(text_of(name))))
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values():
            raise FaultyMaterial(f"{name}, line {number}: more or fewer fields than the first line")
    return found


def table(name: str) -> dict[str, Any]:
    """A TOML file's content. Raises FaultyMaterial."""
    return _toml(name, text_of(name))


def _root() -> Traversable:
    return resources.files("quorate.demo").joinpath("material")


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyMaterial(f"{name}: {error}") from None


def _headed(name: str, text: str) -> tuple[dict[str, Any], str]:
    """The head and the body of a Markdown file."""
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0]:
        raise FaultyMaterial(f"{name}: has no head between two lines +++")
    return _toml(name, parts[1]), parts[2].strip() + "\n"


def _folder(folder: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Slug, head and body of a folder's files in the order of their names.

    The digits before a name give the order and are no part of the slug.
    """
    files = [file for file in _root().joinpath(folder).iterdir() if file.name.endswith(".md")]
    for file in sorted(files, key=lambda file: file.name):
        slug = file.name.removesuffix(".md").lstrip("0123456789").removeprefix("-")
        head, body = _headed(f"{folder}/{file.name}", file.read_text("utf-8"))
        yield slug, head, body


def _contributions() -> Iterator[Contribution]:
    answers = {head["to"]: body for _, head, body in _folder("answers")}
    refusals = {head["of"]: _refused(slug, head, body) for slug, head, body in _folder("refusals")}
    folders: tuple[tuple[str, Kind], ...] = (
        ("proposals", "proposal"),
        ("perspectives", "perspective"),
        ("reports", "report"),
        ("replies", "reply"),
    )
    for folder, kind in folders:
        for slug, head, body in _folder(folder):
            yield Contribution(
                kind="amendment" if head.get("amends") else kind,
                slug=slug,
                title=head["title"],
                branch=head["branch"],
                text=body,
                amends=head.get("amends", ""),
                about=head.get("about", ""),
                changes=tuple(_changes(head)),
                answer=answers.pop(slug, ""),
                refused=refusals.pop(slug, None),
            )
    for left in (*answers, *refusals):
        raise FaultyMaterial(f"an answer or refusal is about “{left}”, which does not exist")


def _changes(head: dict[str, Any]) -> Iterator[Change]:
    for path in head.get("removes", []):
        yield Change(path, None)
    for path, value in head.get("changes", {}).items():
        yield Change(path, tuple(value) if isinstance(value, list) else value)


def _refused(slug: str, head: dict[str, Any], body: str) -> Refused:
    remark, found, rest = body.partition("\n+++ grounds\n")
    grounds, also_found, judgement = rest.partition("\n+++ judgement\n")
    if not found or not also_found:
        raise FaultyMaterial(f"refusals/{slug}.md: grounds or judgement are missing")
    return Refused(
        reason=head["reason"],
        remark=remark.strip() + "\n",
        grounds=grounds.strip() + "\n",
        judgement=judgement.strip() + "\n",
        decision=head["decision"],
    )


def _slate() -> Slate:
    head, body = _headed("slate.md", text_of("slate.md"))
    return Slate(head["title"], tuple(head["members"]), body)
