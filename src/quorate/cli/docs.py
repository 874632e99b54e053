"""`quorate docs`: the reference of every act, made from the code.

A refusal is found where it is written: in the clause's ``allowed``, and in every function of the
chapters that it calls. So a page lists what a person can be told, in the words that they will see.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, is_dataclass
from pathlib import Path
from types import FunctionType, ModuleType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer

from quorate import organisation
from quorate.chapters import fields
from quorate.chapters.clause import Clause
from quorate.cli.saying import out, wrong_call
from quorate.organisation import CHAPTERS, CLAUSES, beside_fields, committed_fields
from quorate.rulebook.explain import sentence
from quorate.rulebook.reading import preset, read_rulebook

PRESET = "open-convention"

_KINDS: tuple[tuple[Any, str], ...] = (
    (fields.Number, "a number from 1"),
    (fields.Time, "a time: milliseconds since 1970, UTC"),
    (fields.Pseudonym, "a member's pseudonym"),
    (fields.GuestId, "a guest's pseudonym"),
    (fields.Code, "a region's or branch's code"),
    (fields.SeatId, "a seat"),
    (fields.OfficeName, "a name in the rulebook"),
    (fields.Place, "a region's or branch's code, or nothing"),
    (fields.Line, "a line of text"),
    (fields.Message, "a message, as JSON, at most 24,000 long"),
    (fields.TrusteeSignature, "a signature by a trustee's key, as JSON"),
    (fields.Hash, "a SHA-256, 64 hex digits"),
)
"""The kinds of fields in plain words, found by identity: an alias is one object."""

_GIVEN = {
    "document": "a text: title and Markdown; the record holds a commitment to it",
    "person": "a sheet of personal data; the record holds a commitment to it",
    "vote": "for, against or abstain; sealed until the vote has closed",
    "ballot": "candidates' numbers in order of preference; sealed until the poll has closed",
    "number": "a text that nobody can guess; sealed until all are opened",
}


_BESIDE = "the thing itself, as JSON; the record holds its SHA-256"


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal as the code writes it, with "…" for what is filled in. ``rule``: "" where the
    path itself is filled in."""

    rule: str
    because: str
    instead: str


def docs(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the pages are written.")],
) -> None:
    """Writes a page for each act: fields, who may, under which rule, changes, refusals."""
    pages = reference()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stale = sorted(path.name for path in folder.glob("*.md") if path.name not in pages)
        for name, text in pages.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        wrong_call(f"{error.filename or folder}: {error.strerror}")
    out.print(f"{len(pages)} pages in {folder}.", markup=False)
    if stale:
        out.print(f"No act has these pages any more: {', '.join(stale)}.", markup=False)


def reference() -> dict[str, str]:
    """File name → page, for every act and the index."""
    pages = {f"{name}.md": _page(clause) for name, clause in sorted(CLAUSES.items())}
    return {"README.md": _index(), **pages}


def _index() -> str:
    lines = ["# Acts", "", "Everything that can be done, by its name. Made by `make docs` from the"]
    lines += ["code; the sentences of the rules are those of the preset `open-convention`.", ""]
    for chapter in CHAPTERS:
        package = sys.modules[chapter.__name__.rpartition(".")[0]]
        lines += [f"## {(package.__doc__ or '').strip()}", ""]
        for clause in chapter.CLAUSES:
            due = " *By itself.*" if clause.falls_due else ""
            lines.append(f"- [{clause.name}]({clause.name}.md): {clause.changes}{due}")
        lines.append("")
    lines += ["## Before any act", "", "These come first, whatever the act.", ""]
    lines += [_line(said) for said in refusals(organisation.decide)]
    return "\n".join(lines).rstrip() + "\n"


def _page(clause: Clause[Any]) -> str:
    module = sys.modules[clause.act.__module__]
    lines = [f"# {clause.name}", "", _opening(inspect.cleandoc(module.__doc__ or "")), ""]
    lines += [f"**Who may.** {clause.who}", "", f"**What it changes.** {clause.changes}", ""]
    lines += ["## Fields", "", *(_fields(clause) or ["None."]), ""]
    about = inspect.getdoc(clause.act) or ""
    if about and clause.act.__dataclass_fields__:
        lines += [about.replace("``", "`"), ""]
    lines += ["## Rules", ""]
    rulebook = read_rulebook(preset(PRESET))
    for rule in clause.rules:
        text = sentence(rulebook, rule)
        lines.append(f"- `{rule}`{': ' + text if text else ''}")
    refused = refusals(clause.allowed)
    if refused:
        lines += ["", "## Refusals", "", *(_line(said) for said in refused)]
    return "\n".join(lines).rstrip() + "\n"


def _opening(doc: str) -> str:
    """What the module says of itself, without the names of its acts before the first colon."""
    names, colon, rest = doc.partition(": ")
    said = rest if colon and all(name in CLAUSES for name in names.split(", ")) else doc
    return said[:1].upper() + said[1:]


def _line(said: Said) -> str:
    rule = f" [`{said.rule}`]" if said.rule else ""
    return f"- {said.because} *{said.instead}*{rule}"


def _fields(clause: Clause[Any]) -> list[str]:
    committed = committed_fields(clause.name)
    hints = get_type_hints(clause.act, include_extras=True)
    lines = []
    for name, field in clause.act.__dataclass_fields__.items():
        kind = _GIVEN[committed[name].what] if name in committed else _kind(hints[name])
        kind = _BESIDE if name in beside_fields(clause.name) else kind
        left_out = field.default is not MISSING or field.default_factory is not MISSING
        lines.append(f"- `{name}`: {kind}{'; may be left out' if left_out else ''}")
    return lines


def _kind(hint: Any) -> str:
    """A field's type in plain words. Raises TypeError for one that it has no words for."""
    for kind, words in _KINDS:
        if hint is kind:
            return words
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _kind(parts[0]) + _limits(hint)
    if origin is Literal:
        return " or ".join(f"`{part}`" if part != "" else "nothing" for part in parts)
    if origin in (Union, UnionType):
        return " or ".join(_kind(part) for part in parts)
    if origin is tuple:
        several = [part for part in parts if part is not Ellipsis]
        return "a list, each " + " or ".join(_kind(part) for part in several)
    if hint is type(None):
        return "nothing"
    if is_dataclass(hint):
        hints = get_type_hints(hint, include_extras=True)
        return "(" + ", ".join(f"`{name}`: {_kind(part)}" for name, part in hints.items()) + ")"
    plain = {str: "a text", int: "a whole number", bool: "yes or no"}
    if hint in plain:
        return plain[hint]
    raise TypeError(f"there are no words for the field's type {hint}")


def _limits(hint: Any) -> str:
    """What pydantic holds a field to, such as ", at most 200 long"."""
    said = []
    for mark in hint.__metadata__:
        for limit in getattr(mark, "metadata", ()):
            for name, words in (
                ("ge", "from {:,}"),
                ("le", "at most {:,}"),
                ("min_length", "at least {:,} long"),
                ("max_length", "at most {:,} long"),
                ("pattern", "matching `{}`"),
            ):
                value = getattr(limit, name, None)
                if value is not None:
                    said.append(words.format(value))
    return "".join(f", {words}" for words in said)


def refusals(function: Callable[..., Any]) -> tuple[Said, ...]:
    """Every refusal that is written in the function or in what it calls, in reading order."""
    return tuple(dict.fromkeys(_refusals(function, {}, set())))


def _refusals(function: Any, given: dict[str, ast.expr], seen: set[Any]) -> Iterator[Said]:
    """With what the call gives for the function's parameters."""
    seen.add(function)
    names = {**function.__globals__, **_texts(function, given)}
    tree = ast.parse(inspect.getsource(function))
    for node in _in_order(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
            rule, because, instead = (_sentence(part, names) for part in _parts(node))
            yield Said("" if rule == "…" else rule, because, instead)
        called = node.func if isinstance(node, ast.Call) else node
        found = _named(called, names)
        if isinstance(found, FunctionType) and found not in seen and _of_the_rules(found):
            yield from _refusals(found, _arguments(node, found), seen)


def _arguments(node: ast.AST, function: FunctionType) -> dict[str, ast.expr]:
    """What the call gives, by the function's parameters; nothing if it is only named."""
    if not isinstance(node, ast.Call):
        return {}
    by_name = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    return {**dict(zip(inspect.signature(function).parameters, node.args, strict=False)), **by_name}


def _texts(function: FunctionType, given: dict[str, ast.expr]) -> dict[str, str]:
    """The parameters that are texts: as the call writes them, else as the function does."""
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(function).parameters.items()
        if isinstance(parameter.default, str)
    }
    written = {
        name: node.value
        for name, node in given.items()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {**defaults, **written}


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """Every node of the tree, in the order of the text."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _of_the_rules(function: FunctionType) -> bool:
    return function.__module__.startswith(("quorate.chapters.", "quorate.organisation"))


def _named(node: ast.AST, names: dict[str, Any]) -> Any:
    """What a name, or a name in a module, stands for in the function's module; None if nothing."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module = names.get(node.value.id)
        return getattr(module, node.attr, None) if isinstance(module, ModuleType) else None
    return None


def _parts(call: ast.Call) -> list[ast.expr]:
    """rule, because, instead, however they are given. Raises ValueError if one is missing."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    order = ("rule", "because", "instead")
    given = [*call.args, *(named[name] for name in order[len(call.args) :] if name in named)]
    if len(given) != len(order):
        raise ValueError(f"line {call.lineno}: a refusal has rule, because and instead")
    return given


def _sentence(node: ast.expr, names: dict[str, Any]) -> str:
    """The text as it is written, with "…" where it is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_sentence(part, names) for part in node.values)
    if isinstance(node, ast.IfExp):
        return f"{_sentence(node.body, names)} / {_sentence(node.orelse, names)}"
    if isinstance(node, ast.BinOp):
        return _sentence(node.left, names) + _sentence(node.right, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _sentence(node.func.value, names)  # such as "…".strip()
    known = _named(node, names)
    return known if isinstance(known, str) else "…"
