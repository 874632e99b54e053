"""The rulebook with which the demo's story begins: a preset, with a few rules otherwise.

Regional organisers are still appointed: the convention will be asked to have them elected.
"""

from __future__ import annotations

import json
from typing import Any

from quorate.demo.material import FaultyMaterial, table
from quorate.rulebook.reading import preset


def starting_rules_text() -> str:
    """The rulebook's TOML text, the preset's comments kept. Raises FaultyMaterial."""
    start = table("starting-rules.toml")
    lines = preset(start["preset"]).splitlines()
    for path, value in start["changes"].items():
        lines = _with(lines, path, value)
    return "\n".join(lines) + "\n"


def _with(lines: list[str], path: str, value: Any) -> list[str]:
    """The lines with one rule set, in its table: in its place, or after the others."""
    above, _, key = path.rpartition(".")
    if f"[{above}]" not in lines:
        raise FaultyMaterial(f"starting-rules.toml: the preset has no table [{above}]")
    start = lines.index(f"[{above}]") + 1
    end = start
    # A string, number, truth value or list is written in TOML as it is in JSON.
    rule = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    while end < len(lines) and lines[end].strip() and not lines[end].startswith("["):
        if lines[end].split("=")[0].strip() == key:
            return [*lines[:end], rule, *lines[end + 1 :]]
        end += 1
    return [*lines[:end], rule, *lines[end:]]
