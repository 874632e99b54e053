"""docs/development/attacks.md lists the attacks, and says of each what the test says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from support import caught

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "development" / "attacks.md"
SAID = {
    "a receipt": caught.RECEIPT,
    "a witness": caught.WITNESS,
    "a member": caught.MEMBER,
    "`quorate ballots scripts`": caught.SCRIPTS,
    "`quorate verify`": caught.VERIFY,
}
WHO = {"keeper", "thief", "officer", "member", "witness", "stranger"}


class Caught(NamedTuple):
    """``test``: file (below tests/) and function; ``by``: what catches it."""

    test: str
    by: frozenset[str]


def rows() -> list[list[str]]:
    """The cells of the table of attacks."""
    table = PAGE.read_text("utf-8").partition("## Caught\n")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def listed() -> list[Caught]:
    return [
        Caught(test.strip("`"), frozenset(SAID[by] for by in catches.split(", ")))
        for _, _, catches, test in rows()
    ]


def marked() -> Iterator[Caught]:
    """Every test that is marked as one of an attack."""
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text("utf-8")
        if "@caught_by(" not in text:
            continue
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef):
                name = f"{path.relative_to(TESTS).as_posix()}::{function.name}"
                for names in _marks(function):
                    yield Caught(name, frozenset(getattr(caught, one) for one in names))


def _marks(function: ast.FunctionDef) -> Iterator[list[str]]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "caught_by":
            yield [one.id for one in decorator.args if isinstance(one, ast.Name)]


def test_the_table_and_the_tests_agree() -> None:
    there, said = list(marked()), listed()
    assert len({one.test for one in there}) == len(there), "one name for two attacks in a file"
    assert sorted(there) == sorted(said)


def test_there_are_forty_at_least_and_each_catcher_has_some() -> None:
    found = listed()
    assert len(found) >= 40
    for by in SAID.values():
        assert sum(by in one.by for one in found) >= 5, by


def test_each_row_says_what_and_who() -> None:
    for attack, who, _, _ in rows():
        assert re.fullmatch(r"[A-Z].{8,}", attack), attack
        assert set(who.split(", ")) <= {
            "keeper",
            "thief",
            "officer",
            "member",
            "witness",
            "stranger",
            "trustee",
        }


def test_what_is_not_caught_yet_is_said() -> None:
    page = PAGE.read_text("utf-8")
    assert "\n## Not caught yet\n" in page
    assert page.count("\n- **", page.index("## Not caught yet")) >= 5
