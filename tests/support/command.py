"""The real command, run by tests."""

from __future__ import annotations

import json
import os
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


STAGED = Path(__file__).with_name("staged.py")


def step(folder: Path, *words: object) -> Any:
    """A step of the staged convention (support/staged.py), in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(STAGED), str(folder), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(STAGED.parents[1])},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
