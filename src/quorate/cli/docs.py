"""`quorate docs`: the reference of every act, made from the code."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from quorate.chapters.clause import Clause
from quorate.cli.saying import out
from quorate.organisation import CLAUSES, committed_fields
from quorate.rulebook.explain import sentence
from quorate.rulebook.reading import preset, read_rulebook


def docs(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the pages are written.")],
) -> None:
    """Writes a page for each act: fields, who may, under which rule, changes, refusals."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = reference()
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    out.print(f"{len(pages)} pages in {folder}.", markup=False)


def reference() -> dict[str, str]:
    """File name → page, for every act and the index."""
    pages = {f"{name}.md": _page(clause) for name, clause in sorted(CLAUSES.items())}
    lines = ["# Acts", "", "Made from the code by `make docs`.", ""]
    lines += [f"- [{name}]({name}.md): {CLAUSES[name].changes}" for name in sorted(CLAUSES)]
    return {"README.md": "\n".join(lines) + "\n", **pages}


def _page(clause: Clause[Any]) -> str:
    module = sys.modules[clause.act.__module__]
    lines = [f"# {clause.name}", "", inspect.cleandoc(module.__doc__ or ""), ""]
    lines += [f"**Who may.** {clause.who}", "", f"**What it changes.** {clause.changes}", ""]
    lines += ["## Fields", "", *(_fields(clause) or ["None."]), ""]
    about = inspect.getdoc(clause.act) or ""
    if about and not about.startswith(clause.act.__name__ + "("):
        lines += [about, ""]
    lines += ["## Rules", ""]
    rulebook = read_rulebook(preset("open-convention"))
    for rule in clause.rules:
        said = sentence(rulebook, rule)
        lines.append(f"- `{rule}`{': ' + said if said else ''}")
    refusals = sorted(set(_refusals(module)))
    if refusals:
        lines += ["", "## Refusals", "", *(f"- {refusal}" for refusal in refusals)]
    return "\n".join(lines).rstrip() + "\n"


def _fields(clause: Clause[Any]) -> list[str]:
    given = {
        "document": "a text: title and Markdown",
        "person": "a sheet of personal data",
        "vote": "for, against or abstain, sealed",
        "ballot": "numbers of candidates in order of preference, sealed",
        "number": "a number that nobody can guess, sealed",
    }
    committed = committed_fields(clause.name)
    return [
        f"- `{name}`: {given[committed[name].what] if name in committed else field.type}"
        for name, field in clause.act.__dataclass_fields__.items()
    ]


def _refusals(module: Any) -> Iterator[str]:
    """The sentences of the refusals that stand in the clause's module."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if called and node.func.id == "Refusal" and len(node.args) > 1:  # type: ignore[attr-defined]
            yield _said(node.args[1])  # type: ignore[attr-defined]


def _said(node: ast.expr) -> str:
    """The sentence, with an ellipsis where it is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return "…"
