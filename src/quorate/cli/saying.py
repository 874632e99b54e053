"""How the command speaks: results to stdout, troubles to stderr, exit status 1 for a refusal and
2 for a wrong call; with --json one JSON object."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

REFUSED = 1
WRONG_CALL = 2


def as_json(value: dict[str, Any]) -> None:
    """Prints one JSON object."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n")


def not_where_json_goes(*targets: Path | None) -> None:
    """Ends the command where it would write a file among the JSON object that it prints."""
    for target in targets:
        if target is None:
            continue
        try:
            there = target.stat()
            same = os.path.samestat(there, os.fstat(1)) and not stat.S_ISCHR(there.st_mode)
        except OSError:
            same = False
        if same or str(target) in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            wrong_call(
                f"{target}: the JSON object goes there; write to another file, or leave out "
                "--json.",
                as_object=True,
            )


def wrong_call(message: str, *, as_object: bool = False) -> NoReturn:
    """The call itself is wrong: says so and ends."""
    if as_object:
        as_json({"error": message})
    err.print(message, style="bold", markup=False)
    raise typer.Exit(WRONG_CALL)


def refused(message: str, *, as_object: dict[str, Any] | None = None) -> NoReturn:
    """The rules, or a check, refuse: says so and ends."""
    if as_object is not None:
        as_json(as_object)
    err.print(message, style="bold", markup=False)
    raise typer.Exit(REFUSED)
