"""The real command, run by tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

QUORATE = Path(sys.executable).with_name("quorate")


def quorate(*words: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Runs the real command."""
    done = subprocess.run(
        [str(QUORATE), *map(str, words)], capture_output=True, text=True, timeout=300
    )
    if check and done.returncode:
        raise AssertionError(f"quorate {words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def verified(export: Path, *more: object) -> dict[str, Any]:
    """What `quorate verify --json` finds."""
    return json.loads(quorate("verify", export, "--json", *more, check=False).stdout)
