"""The reference of acts is made from the code, and the committed pages are current."""

from __future__ import annotations

from pathlib import Path

from quorate.cli.docs import reference
from quorate.organisation import CLAUSES

ACTS = Path(__file__).parents[2] / "docs" / "development" / "acts"


def test_the_committed_pages_are_what_the_code_says() -> None:
    pages = reference()
    assert {path.name for path in ACTS.glob("*.md")} == pages.keys()
    stale = [name for name, text in pages.items() if (ACTS / name).read_text("utf-8") != text]
    assert not stale, f"run `make docs`: {stale}"


def test_every_act_has_a_page_with_its_rules() -> None:
    pages = reference()
    for name, clause in CLAUSES.items():
        assert all(f"`{rule}`" in pages[f"{name}.md"] for rule in clause.rules)
