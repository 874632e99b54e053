"""A convention that is called, with delegates elected, in a real database: its register of voting
keys has no trustees yet. Run by tests, in a process of its own: python staged_delegates.py FOLDER
RULES. RULES: what is changed of the preset, as JSON. Says one JSON object: the time ``now`` (ms),
and ``people`` (member → name, address, branch)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from support.secret_year import in_secret
from support.staged import made, people, staged
from support.year import delegates_elected


def elected(folder: Path, rules: dict[str, str]) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    delegates_elected(in_secret(stored, **rules))
    stored.let_fall_due()
    return {"now": stored.time, "people": people(stored)}


if __name__ == "__main__":
    print(json.dumps(elected(Path(sys.argv[1]), json.loads(sys.argv[2]))))
