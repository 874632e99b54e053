"""Programs that check the record and that nobody here wrote, as tests/support/strangers.sh puts
them beside Python's own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.waiting import until

PLACE = Path(sys.executable).parent.parent / "strangers"
TORCHWOOD = PLACE / "torchwood" / "usr" / "bin"
SIGSTORE = PLACE / "sigstore"


def torchwood(program: str) -> Path:
    """One of torchwood's programs; the test is skipped where it is not installed."""
    if not (TORCHWOOD / program).exists():
        pytest.skip("torchwood is not installed (sh tests/support/strangers.sh .venv/strangers)")
    return TORCHWOOD / program


def _run(*words: object, **more: str) -> str:
    done = subprocess.run(
        list(map(str, words)),
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | more,
        check=True,
    )
    return done.stdout


class Litewitness:
    """An unmodified litewitness that knows these records, with a key of its own in an ssh-agent."""

    def __init__(self, path: Path, *records: str) -> None:
        self.path, self.program = path, torchwood("litewitness")
        path.mkdir()
        for key in records:
            origin = key.partition("+")[0]
            known = ("-db", path / "witness.db", "-origin", origin)
            _run(torchwood("witnessctl"), "add-log", *known)
            _run(torchwood("witnessctl"), "add-key", *known, "-key", key)
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path / "key")
        self.fingerprint = _run("ssh-keygen", "-l", "-f", path / "key.pub").split()[1]

    def exchange(self, old: str, new: str) -> None:
        """A record's key, as its keeper does after a change."""
        known = ("-db", self.path / "witness.db", "-origin", old.partition("+")[0])
        _run(torchwood("witnessctl"), "add-key", *known, "-key", new)
        _run(torchwood("witnessctl"), "del-key", *known, "-key", old)

    @contextmanager
    def serving(self) -> Iterator[tuple[str, str]]:
        """Its address and its public key, while it is at work."""
        agent = subprocess.Popen(
            ["ssh-agent", "-D", "-a", str(self.path / "agent")], stdout=subprocess.DEVNULL
        )
        try:
            until(lambda: (self.path / "agent").exists())
            _run("ssh-add", "-q", self.path / "key", SSH_AUTH_SOCK=str(self.path / "agent"))
            with self._at_work() as told:
                yield told
        finally:
            agent.terminate()
            agent.wait(timeout=20)

    @contextmanager
    def _at_work(self) -> Iterator[tuple[str, str]]:
        said = self.path / "said"
        with socket.socket() as probe:  # it does not say which port it was given
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        words = ["-db", self.path / "witness.db", "-key", self.fingerprint]
        words += ["-name", "lite.example", "-ssh-agent", self.path / "agent"]
        with said.open("w") as log:
            process = subprocess.Popen(
                [self.program, *words, "-listen", address], stdout=log, stderr=log
            )
        try:
            until(lambda: "listening" in said.read_text())
            (key,) = re.findall(r"vkey=(\S+)", said.read_text())
            yield f"http://{address}", key
        finally:
            process.terminate()
            process.wait(timeout=20)
