"""What a witness replies over HTTP (C2SP tlog-witness), whoever listens for it."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from quorate.record.witness import ANOTHER_SIZE, Refused
from quorate.record.witness_folder import NoWitness, Watching

PLAIN = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


class Reply(NamedTuple):
    """``kind``: the media type."""

    status: int
    said: str
    kind: str = PLAIN


def to_checkpoint(watching: Watching, body: bytes, now: int) -> Reply:
    """To POST add-checkpoint, at ``now`` (seconds)."""
    try:
        answer = watching.answer(body, now)
    except NoWitness as error:
        return Reply(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error}\n")
    if isinstance(answer, Refused):
        return Reply(answer.status, answer.said, SIZE if answer.status == ANOTHER_SIZE else PLAIN)
    return Reply(HTTPStatus.OK, answer)


def to_question(watching: Watching, hash_of_origin: str) -> Reply:
    """To GET HASH/checkpoint: what was seen last of the record whose name has this SHA-256."""
    try:
        seen = watching.seen(hash_of_origin)
    except NoWitness as error:
        return Reply(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error}\n")
    return (
        Reply(HTTPStatus.NOT_FOUND, "nothing was seen of it\n")
        if seen is None
        else Reply(HTTPStatus.OK, seen)
    )
