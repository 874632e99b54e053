"""Reading a rulebook: TOML in, a checked Rulebook out, or every fault named with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from pydantic import TypeAdapter, ValidationError

from quorate.rulebook.fault import Fault, faults_of
from quorate.rulebook.lint import contradictions
from quorate.rulebook.schema import Rulebook

PRESETS = ("open-convention", "closed-slate")

_RULEBOOK: TypeAdapter[Rulebook] = TypeAdapter(Rulebook)


class FaultyRulebook(Exception):
    """The rulebook cannot be used; ``faults`` says why, each with its dotted path."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{f.path}: {f.what}" for f in faults))
        self.faults = faults


def read_rulebook(text: str) -> Rulebook:
    """The rulebook in a TOML text. Raises FaultyRulebook."""
    return rulebook_of(read_tables(text))


def read_tables(text: str) -> dict[str, Any]:
    """The TOML text as plain tables. Raises FaultyRulebook naming line and column."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = f"cannot be read as a rulebook, which is TOML: {error}"
        raise FaultyRulebook((Fault("the file", what),)) from None
    except (RecursionError, ValueError):
        what = "is nested too deeply, or holds a number that is too long"
        raise FaultyRulebook((Fault("the file", what),)) from None


def rulebook_of(tables: Mapping[str, Any]) -> Rulebook:
    """The rulebook in plain tables, shape and sense checked. Raises FaultyRulebook."""
    try:
        rulebook = _RULEBOOK.validate_python(tables)
    except ValidationError as error:
        raise FaultyRulebook(tuple(faults_of(error))) from None
    faults = contradictions(rulebook)
    if faults:
        raise FaultyRulebook(faults)
    return rulebook


def tables_of(rulebook: Rulebook) -> dict[str, Any]:
    """The rulebook as plain tables, as its TOML has them; empty options left out."""
    tables: dict[str, Any] = _RULEBOOK.dump_python(rulebook, mode="json", exclude_none=True)
    return tables


def preset(name: str) -> str:
    """The TOML text of a preset. Raises KeyError for a name that is none."""
    if name not in PRESETS:
        raise KeyError(name)
    return resources.files("quorate.rulebook.presets").joinpath(f"{name}.toml").read_text("utf-8")
