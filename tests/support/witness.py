"""A witness at work, as a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.command import QUORATE, quorate


def made(path: Path, name: str, *records: str) -> list[str]:
    """Makes a witness that watches these records, by their keys; its public keys."""
    quorate("witness", "new", path, "--name", name)
    for key in records:
        quorate("witness", "watch", path, key)
    return (path / "witness.vkeys").read_text("utf-8").split()


@contextmanager
def serving(path: Path, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The witness's address, and its process."""
    process = subprocess.Popen(
        [QUORATE, "witness", "serve", path, "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1], process
    finally:
        process.kill()
        process.wait(timeout=20)
