"""A witness whose address is none, as older records may name it, is one that does not answer; so
is one that sends a byte at a time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from quorate.chapters.witnesses.remembers import Witness
from quorate.store import witness_client
from quorate.store.checkpoints import Signed
from quorate.store.witness_client import Unreachable, has_seen, send

NONE = (
    "http://[x",
    "http://",
    "http://a.example:99999",
    "http://a.example:x",
    "http://\u2100.x",
    "x",
)


def named(url: str) -> Witness:
    return Witness(
        name="north", keys=(), url=url, branch="A1", organisation="", named=0, by="founder"
    )


@pytest.mark.parametrize("url", NONE)
def test_is_unreachable(url: str) -> None:
    last = Signed(1, "a note\n")
    with pytest.raises(Unreachable):
        send(url, 0, (), last)
    assert has_seen(named(url), last) == (0, "unreachable")


ANSWERS = (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\n", b"")
"""How it begins, before it sends a byte at a time: with and without a length, within the head."""


@pytest.fixture(params=ANSWERS)
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a witness that sends a byte at a time, each of them in time."""
    ended = threading.Event()

    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(request.param)
            while not ended.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        ended.set()
        thread.join()


def test_a_byte_at_a_time_is_no_answer(dripping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness_client, "IN_ALL", 1)
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        send(dripping, 0, (), Signed(1, "a note\n"))
    assert time.monotonic() - begun < witness_client.SECONDS
