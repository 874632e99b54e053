"""What a backup holds, and what restoring it says, for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.command import Done, quorate


def backed_up(folder: Path, name: str = "backup") -> Path:
    """A backup of the organisation, beside it; its keys are beside that."""
    out = folder.with_name(name)
    quorate("backup", folder, out, "--keys", out.with_name(f"{name}-keys"))
    return out


def files(backup: Path) -> dict[str, bytes]:
    """Every file of a backup but the one that says when it was made."""
    return {
        path.relative_to(backup).as_posix(): path.read_bytes()
        for path in backup.rglob("*")
        if path.is_file() and path.name not in ("backup.json", "quorate.toml")
    }


def restoring(*words: object) -> tuple[Done, dict[str, Any]]:
    """The command, whatever it comes to, and what it says as JSON."""
    done = quorate("restore", *words, "--json", check=False)
    return done, json.loads(done.stdout)
