"""Every refusal that the code can give cites a rule that the standing orders tell in a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate import chapters, organisation
from quorate.rulebook.explain import sentence
from quorate.rulebook.reading import PRESETS, preset, read_rulebook

SOURCES = [*sorted(Path(chapters.__file__).parent.rglob("*.py")), Path(organisation.__file__)]


def cited() -> Iterator[tuple[str, str]]:
    """Where a refusal is made, and the rule that it names, as far as the source states it."""
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "Refusal" and node.args:
                rule = node.args[0]
                named = constants.get(rule.id) if isinstance(rule, ast.Name) else None
                said = rule.value if isinstance(rule, ast.Constant) else named
                if isinstance(said, str):
                    yield f"{path.parent.name}/{path.name}:{node.lineno}", said


CITED = list(cited())


def test_they_are_found() -> None:
    assert len(CITED) > 150
    assert {rule.split(".")[0] for _, rule in CITED} >= {"membership", "floor", "record"}


@pytest.mark.parametrize("name", PRESETS)
def test_each_has_a_sentence(name: str) -> None:
    rules = read_rulebook(preset(name))
    told_nowhere = {(where, rule) for where, rule in CITED if not sentence(rules, rule)}
    assert not told_nowhere
