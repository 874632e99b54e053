"""The real command, run by tests."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from support import forked

QUORATE = Path(sys.executable).with_name("quorate")
FORKED = Path(__file__).with_name("forked.py")
PATHS = {"PYTHONPATH": str(FORKED.parents[1])}
Done = subprocess.CompletedProcess[str]


def installed(*words: object) -> Done:
    """Runs the installed command, as people do."""
    done = subprocess.run(
        [str(QUORATE), *map(str, words)], capture_output=True, text=True, timeout=300
    )
    return _checked(done)


def quorate(*words: object, check: bool = True) -> Done:
    """Runs the command in a fork of a process that has read the program already."""
    done = _forked("", *words)
    return _checked(done) if check else done


def scripted(script: Path, *words: object) -> str:
    """Runs a script likewise; what it says."""
    return _checked(_forked(str(script), *words)).stdout


def _forked(script: str, *words: object) -> Done:
    with tempfile.TemporaryDirectory(prefix="quorate-said-") as place:
        out, err = Path(place, "out"), Path(place, "err")
        command = forked.Command(
            script=script,
            words=[str(word) for word in words],
            folder=os.getcwd(),
            environment=os.environ | PATHS,
            out=str(out),
            err=str(err),
        )
        status = _forks().run(command, seconds=300)
        said, complained = out.read_text("utf-8"), err.read_text("utf-8")
    return Done([script or "quorate", *command.words], status, said, complained)


def _checked(done: Done) -> Done:
    if done.returncode:
        raise AssertionError(f"{done.args}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


class _Forks:
    """The process of support/forked.py."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(FORKED)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | PATHS,
        )
        atexit.register(self.process.kill)

    def run(self, command: forked.Command, seconds: int) -> int:
        """The command's exit status. Raises AssertionError where it takes longer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asdict(command)) + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not ready:
            _forks.cache_clear()
            raise AssertionError(f"{command.words} took more than {seconds} seconds")
        return int(self.process.stdout.readline())


_forks = cache(_Forks)


def verified(export: Path, *more: object) -> dict[str, Any]:
    """What `quorate verify --json` finds."""
    return json.loads(quorate("verify", export, "--json", *more, check=False).stdout)


STAGED = Path(__file__).with_name("staged.py")


def step(folder: Path, *words: object) -> Any:
    """A step of the staged convention (support/staged.py), in a process of its own."""
    return json.loads(scripted(STAGED, folder, *words))
