"""What is said to a witness, and what of its answer is believed (C2SP tlog-witness)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus, client
from typing import Literal
from urllib.parse import urlsplit

from quorate.chapters.witnesses.remembers import Witness
from quorate.record import checkpoint, witness
from quorate.store.checkpoints import Signed

SECONDS = 10
"""So long a witness may take for each part of its answer."""

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
            connection.request("POST", f"{at.path.rstrip('/')}/add-checkpoint", body)
            response = connection.getresponse()
            return Answer(response.status, response.read(_MOST).decode())
        finally:
            connection.close()
    except (OSError, ValueError, client.HTTPException) as error:
        raise Unreachable from error
