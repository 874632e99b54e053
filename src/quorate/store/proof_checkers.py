"""Processes beside the server's that check the proofs in ballots, one for each core.

They are started when ballots are to be expected, or one comes, each by a program of its own and not
by copying this process with its threads, and end with the server. One that dies, or does not
answer, is replaced; its ballot is not let in, and whoever casts it is asked to do so again.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from queue import Empty, SimpleQueue

from quorate.ballots.verify import apart

PATIENCE = 60.0
"""Seconds until a process that does not answer is given up; starting takes some of them."""


class Lost(Exception):
    """The process that checked it is gone; nothing is known of the ballot."""


class Checkers:
    """``processes``: so many at most. Threads may ask at the same time; who finds all of them busy
    waits for one."""

    def __init__(self, processes: int) -> None:
        self._idle: SimpleQueue[_Process | None] = SimpleQueue()
        for _ in range(processes):
            self._idle.put(None)

    def fault(self, election: bytes, data: bytes) -> str | None:
        """What is wrong with the proofs of a ballot that is in form, or None. Raises Lost."""
        process = self._idle.get()
        try:
            if process is None or process.is_over():
                process = _Process()
            return process.fault(election, data)
        except (OSError, EOFError, subprocess.SubprocessError) as error:
            if process is not None:
                process.end()
            process = None
            raise Lost(str(error)) from error
        finally:
            self._idle.put(process)

    def make_ready(self) -> None:
        """Starts those that are idle and not running, so that nobody has to wait for it."""
        for _ in range(self._idle.qsize()):
            with suppress(Empty):
                process = self._idle.get_nowait()
                if process is None or process.is_over():
                    with suppress(OSError):
                        process = _Process()
                self._idle.put(process)

    def end(self) -> None:
        """Ends those that are idle; who asks then starts others."""
        for _ in range(self._idle.qsize()):
            process = self._idle.get()
            if process is not None:
                process.end()
            self._idle.put(None)


class _Process:
    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._ours.settimeout(PATIENCE)
            self._answers = self._ours.makefile("rb")
            command = [sys.executable, "-P", "-m", apart.__name__]
            self._running = subprocess.Popen(command, stdin=theirs.fileno(), stdout=theirs.fileno())

    def fault(self, election: bytes, data: bytes) -> str | None:
        self._ours.sendall(apart.framed(election) + apart.framed(data))
        return apart.read(self._answers).decode() or None

    def is_over(self) -> bool:
        return self._running.poll() is not None

    def end(self) -> None:
        self._running.kill()
        self._running.wait()
        with suppress(OSError):
            self._answers.close()
            self._ours.close()
