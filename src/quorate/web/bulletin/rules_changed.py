"""What an amendment changes in the rulebook: the sentences of the standing orders, with what is put
in and left out, and the rules themselves as the rulebook has them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from quorate.rulebook.amending import Change, amended, rule_at
from quorate.rulebook.explain import standing_orders
from quorate.rulebook.reading import FaultyRulebook, tables_of
from quorate.rulebook.schema import Rulebook
from quorate.texts import change


@dataclass(frozen=True, slots=True)
class SentenceChanged:
    """A sentence of the standing orders. ``html``: with <ins> and <del>, safe."""

    path: str
    html: str


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """A rule by its dotted path: what it says now, and what it would say."""

    path: str
    now: str
    then: str

    @property
    def steps(self) -> list[str]:
        """The path's steps: a narrow page breaks between them."""
        return self.path.split(".")


def sentences_changed(rules: Rulebook, changes: Iterable[Change]) -> tuple[SentenceChanged, ...]:
    """The sentences that would read otherwise; none where the rulebook could not stand so."""
    try:
        after = amended(rules, changes)
    except FaultyRulebook:
        return ()
    now, then = _sentences(rules), _sentences(after)
    return tuple(
        SentenceChanged(path, change.to_html(now.get(path, ""), then.get(path, "")))
        for path in dict.fromkeys((*now, *then))
        if now.get(path) != then.get(path)
    )


def rules_changed(rules: Rulebook, changes: Iterable[Change]) -> tuple[RuleChanged, ...]:
    """The rules whose value would be another one."""
    tables = tables_of(rules)
    every = (RuleChanged(c.path, _said(rule_at(tables, c.path)), _said(c.value)) for c in changes)
    return tuple(one for one in every if one.now != one.then)


def rule_lines(changes: Iterable[Change]) -> str:
    """The changes as they are filled into a form, one to a line (web/acting/filled.py reads it)."""
    return "\n".join(
        f"remove {one.path}" if one.value is None else f"{one.path} = {_toml(one.value)}"
        for one in changes
    )


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _sentences(rules: Rulebook) -> dict[str, str]:
    return {
        clause.path: clause.sentence
        for chapter in standing_orders(rules)
        for clause in chapter.clauses
    }


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
