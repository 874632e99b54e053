"""Runs `quorate` commands, each in a fork of this process, which has read the program already.

A command of its own spends most of its time on reading modules; a run of the tests calls it a
thousand times. Each line of standard input is a Command as JSON. Each answer is a line with the
exit status, as `subprocess` gives it. No other thread runs here, so a fork is whole.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from dataclasses import dataclass
from importlib import import_module

BEFOREHAND = (
    "django.contrib.auth.hashers",
    "django.db.backends.sqlite3.base",
    "django.db.models",
    "django.urls",
    "psycopg",
    "quorate.cli.acting",
    "quorate.cli.checking",
    "quorate.cli.counting",
    "quorate.cli.demonstrating",
    "quorate.cli.founding",
    "quorate.cli.importing",
    "quorate.cli.leaving",
    "quorate.cli.rules",
    "quorate.organisation",
    "quorate.record.verify",
    "quorate.store.place",
)
"""What needs no organisation to be read."""


@dataclass(frozen=True, slots=True)
class Command:
    """``script``: a file, or "" for `quorate`; ``folder``: to be in; ``out``, ``err``: files to
    write to."""

    script: str
    words: list[str]
    folder: str
    environment: dict[str, str]
    out: str
    err: str


def main() -> None:
    for module in BEFOREHAND:
        import_module(module)
    for line in sys.stdin:
        command = Command(**json.loads(line))
        child = os.fork()
        if child == 0:
            _run(command)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(command: Command) -> None:
    """The command, in the child, which ends with it."""
    status = 1
    try:
        _into(command.out, 1)
        _into(command.err, 2)
        _into(os.devnull, 0)
        os.chdir(command.folder)
        os.environ.clear()
        os.environ.update(command.environment)
        sys.argv = [command.script or "quorate", *command.words]
        if command.script:
            runpy.run_path(command.script, run_name="__main__")
        else:
            import_module("quorate.cli.main").main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _into(file: str, descriptor: int) -> None:
    opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


if __name__ == "__main__":
    main()
