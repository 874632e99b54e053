"""Every refusal of the booth has words for whoever meets it: one table, nothing missing in it, and
nothing in it that nobody throws."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from quorate.ballots.door import Why

STATIC = Path(__file__).parents[2] / "src" / "quorate" / "web" / "static"


def thrown() -> set[str]:
    """The codes that stand in the modules."""
    found = {"malformed", "not-canonical", "failed"}
    for file in (STATIC / "ballots").rglob("*.js"):
        if "vendor" in file.parts:
            continue
        text = file.read_text("utf-8")
        found |= set(re.findall(r"new (?:Refused|NotDone)\(\"([a-z-]+)\"", text))
        found |= set(re.findall(r"(?:return|code:) \"(no[a-z]*-[a-z-]+)\"", text))
        found |= set(re.findall(r"\"(not-an-element|no-workers)\"", text))
        if file.name == "archive.js":
            kinds = re.findall(r"bad\(\"([a-z]+)\"|\"canonical\" : \"([a-z]+)\"", text)
            found |= {f"archive-{one or other}" for one, other in kinds} | {"archive-canonical"}
        found |= set(re.findall(r"\bnamed\(\"([a-z]+)\"", text))
    return found


def said() -> dict[str, str]:
    """Code → what stands in the table."""
    text = (STATIC / "quorate" / "secret" / "words.js").read_text("utf-8")
    table = text[text.index("export const WORDS") : text.index("};")]
    return dict(re.findall(r"^  \"?([a-z-]+)\"?: (.*),$", table, re.M))


def test_every_code_is_said() -> None:
    assert len(thrown()) > 30
    assert thrown() <= said().keys(), thrown() - said().keys()


def test_every_reason_of_the_door_is_said() -> None:
    text = (STATIC / "quorate" / "secret" / "words.js").read_text("utf-8")
    table = text[text.index("export const DOOR") :]
    table = table[: table.index("};")]
    kinds = re.findall(r"^  \"?([a-z ]+)\"?: [\"`]", table, re.M)
    assert sorted(kinds) == sorted(get_args(Why))


def test_nothing_in_it_is_for_engineers() -> None:
    for code, words in said().items():
        assert not re.search(
            r"(?i)exception|undefined|null|json|base58|ciphertext|hash\b", words
        ), code
