"""The reference of acts is made from the code, and the committed pages are current."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quorate.chapters.clause import Refusal
from quorate.cli.docs import reference, refusals
from quorate.cli.main import app
from quorate.organisation import CLAUSES

ACTS = Path(__file__).parents[2] / "docs" / "development" / "acts"


def test_the_committed_pages_are_what_the_code_says() -> None:
    pages = reference()
    assert {path.name for path in ACTS.glob("*.md")} == pages.keys()
    stale = [name for name, text in pages.items() if (ACTS / name).read_text("utf-8") != text]
    assert not stale, f"run `make docs`: {stale}"


def test_every_act_has_a_page_with_its_rules_and_fields() -> None:
    pages = reference()
    for name, clause in CLAUSES.items():
        assert all(f"`{rule}`" in pages[f"{name}.md"] for rule in clause.rules)
        fields = clause.act.__dataclass_fields__
        assert all(f"- `{field}`: " in pages[f"{name}.md"] for field in fields)
        assert f"[{name}]({name}.md)" in pages["README.md"]


def _inner(name: str) -> Refusal:
    return Refusal(f"rule.{name}", "Inner " + name, "Ask.")


def _outer(open_: bool) -> Refusal | None:
    if open_:
        return Refusal(rule="rule.open", because=f"Open {open_}.".strip(), instead="Wait.")
    return Refusal("rule.closed", "Closed.", "Go." if open_ else "Stay.")


def test_refusals_are_found_as_they_are_written() -> None:
    """Positional or by name, filled in, of two wordings."""
    said = [(s.rule, s.because, s.instead) for s in refusals(_outer)]
    assert said == [("rule.open", "Open ….", "Wait."), ("rule.closed", "Closed.", "Go. / Stay.")]
    assert [s.because for s in refusals(_inner)] == ["Inner …"]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("proposals.second", "An author does not second their own."),
        ("proposals.second", "Only members can do this."),  # in rights.py, which it calls
        ("floor.close", "No convention sits."),
        ("elections.end_papers", "The poll has not closed."),
    ],
)
def test_what_a_person_can_be_told_stands_on_the_page(act: str, sentence: str) -> None:
    assert f"- {sentence} " in reference()[f"{act}.md"]


def test_pages_of_one_module_list_only_their_own_refusals() -> None:
    pages = reference()
    assert "Counted by hand" in pages["elections.end_papers.md"]
    assert "Counted by hand" not in pages["elections.enter_papers.md"]


def test_the_command_writes_the_same_pages_each_time(tmp_path: Path) -> None:
    (tmp_path / "gone.act.md").write_text("", "utf-8")
    for _ in range(2):
        done = CliRunner().invoke(app, ["docs", str(tmp_path)])
        assert done.exit_code == 0
        assert "gone.act.md" in done.output
        written = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.md")}
        assert written == {**reference(), "gone.act.md": ""}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = CliRunner().invoke(app, ["docs", str(tmp_path / "file")])
    assert done.exit_code == 2
    assert "file" in done.output
