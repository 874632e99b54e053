"""Checks the proofs in ballots, in a process apart: ``python -m quorate.ballots.verify.apart``.

It is asked over its standard input, which whoever started it holds the other end of. When that end
is closed, by whatever death, it ends too. Nothing is kept between two ballots but the elections'
keys, so it can be ended at any time.

A text is its length in four bytes, the first the highest, and its bytes. Asked is an election and
one of its ballots, answered what is wrong with the ballot's proofs, "" for nothing.
"""

from __future__ import annotations

import signal
import struct
import sys
from functools import lru_cache
from typing import BinaryIO

from quorate.ballots import recomputed
from quorate.ballots.verify.ballot_checks import Checker

_LENGTH = struct.Struct(">I")
_ELECTIONS = 64


def framed(text: bytes) -> bytes:
    return _LENGTH.pack(len(text)) + text


def read(source: BinaryIO) -> bytes:
    """The next text. Raises EOFError."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    return _exactly(source, length)


def _exactly(source: BinaryIO, size: int) -> bytes:
    found = source.read(size)
    if len(found) < size:
        raise EOFError
    return found


@lru_cache(maxsize=_ELECTIONS)
def _checker(election: bytes) -> Checker:
    return Checker(election)


def main() -> None:
    """Answers until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the whole terminal; the server ends first
    recomputed.load_kernel()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        while True:
            election, data = read(asked), read(asked)
            fault = _checker(election).fault_of_proofs(data)
            answers.write(framed((fault or "").encode()))
            answers.flush()
    except (EOFError, BrokenPipeError, ConnectionError):
        return


if __name__ == "__main__":
    main()
