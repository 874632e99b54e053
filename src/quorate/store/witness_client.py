"""What is said to a witness, and what of its answer is believed (C2SP tlog-witness)."""

from __future__ import annotations

import socket
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus, client
from threading import Timer
from typing import Literal
from urllib.parse import urlsplit

from quorate.chapters.witnesses.remembers import Witness
from quorate.record import checkpoint, witness
from quorate.store.checkpoints import Signed

SECONDS = 10
"""So long a witness may take for each part of its answer."""

IN_ALL = 30
"""So long, in seconds, for all of it: one that sends a byte at a time is never late for a part."""

_MOST = 20_000
"""Bytes of an answer; two signatures with ML-DSA-44 have fewer."""

Trouble = Literal["", "unreachable", "unknown", "false", "refuses", "ahead", "disagrees"]
"""What is wrong with a witness's answer.

"unreachable": there was none in time. "unknown": it does not know this record or its key. "false":
what it sent is not its signature. "refuses": it answered with something else. "ahead": it has
cosigned a longer record than this. "disagrees": what it has seen is not continued by this.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str


class Unreachable(Exception):
    """No answer in time."""


TROUBLES: dict[int, Trouble] = {
    witness.NOT_ITS_KEY: "unknown",
    witness.UNKNOWN_LOG: "unknown",
    witness.INCONSISTENT: "disagrees",
}


def has_seen(named: Witness, last: Signed) -> tuple[int, Trouble]:
    """How many entries the witness has cosigned, asked with a checkpoint that was signed long ago,
    and what is wrong with its answer; 0 where that cannot be told. It may cosign ``last`` again."""
    try:
        answer = send(named.url, last.size, (), last)
    except Unreachable:
        return 0, "unreachable"
    if answer.status == HTTPStatus.OK:
        return last.size, ""
    size = checkpoint.read_number(answer.body.strip())
    if answer.status != HTTPStatus.CONFLICT or size is None:
        return 0, TROUBLES.get(answer.status, "refuses")
    return size, "ahead" if size > last.size else ""


def send(url: str, known: int, proof: Collection[bytes], last: Signed) -> Answer:
    """The witness's answer. Raises Unreachable, also where the address is none. No redirection is
    followed, and nothing of an answer but its status, a size or a signature is ever shown: the
    address is what somebody entered, and must not become a way into this server's own network."""
    body = witness.write(known, proof, last.note)
    try:
        at = urlsplit(url)
        kind = client.HTTPSConnection if at.scheme == "https" else client.HTTPConnection
        connection = kind(at.hostname or "", at.port, timeout=SECONDS)
        try:
            connection.connect()
            with _ended_after(IN_ALL, connection.sock):
                connection.request("POST", f"{at.path.rstrip('/')}/add-checkpoint", body)
                response = connection.getresponse()
                answer = Answer(response.status, response.read(_MOST).decode())
            return answer
        finally:
            connection.close()
    except (OSError, ValueError, client.HTTPException) as error:
        raise Unreachable from error


@contextmanager
def _ended_after(seconds: float, connection: socket.socket) -> Iterator[None]:
    """Ends the connection once so much time is over, and raises TimeoutError then: what came until
    the end may look like a whole answer."""

    def end() -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    until = time.monotonic() + seconds
    over = Timer(seconds, end)
    over.daemon = True
    over.start()
    try:
        yield
    finally:
        over.cancel()
    if time.monotonic() >= until:
        raise TimeoutError
