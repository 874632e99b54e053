"""Witnesses that are slow, mute or lying keep nobody from acting, nor an honest one from being
asked; each is told of by its own trouble."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from quorate.record import checkpoint, cosignature
from support import witness
from support.asking import asked
from support.command import quorate
from support.serving import served
from support.waiting import until


def head(status: str, length: int) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n".encode()


def mute(connection: socket.socket) -> None:
    """Takes the question and says nothing."""
    while connection.recv(65_536):
        pass


def dripping(connection: socket.socket) -> None:
    """A byte every two seconds: never late by itself, never done."""
    connection.recv(65_536)
    for byte in head("200 OK", 300) + b"\r\n" + b"x" * 300:
        connection.sendall(bytes([byte]))
        time.sleep(2)


def endless(connection: socket.socket) -> None:
    """A signature without an end."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    for _ in range(200_000):
        connection.sendall(b"odd.example AAAA\n" * 50)


def elsewhere(connection: socket.socket) -> None:
    """Sends the server on to an address of its own network."""
    connection.recv(65_536)
    connection.sendall(head("302 Found", 0) + b"Location: http://127.0.0.1:1/secret\r\n\r\n")


def always_older(connection: socket.socket) -> None:
    """Says each time that it has cosigned one entry."""
    connection.recv(65_536)
    connection.sendall(head("409 Conflict", 2) + b"Content-Type: text/x.tlog.size\r\n\r\n1\n")


def far_ahead(connection: socket.socket) -> None:
    """Claims to have cosigned a longer record."""
    connection.recv(65_536)
    connection.sendall(head("409 Conflict", 8) + b"Content-Type: text/x.tlog.size\r\n\r\n9999999\n")


ODD: dict[str, tuple[Callable[[socket.socket], None], str]] = {
    "mute": (mute, "did not answer just now"),
    "endless": (endless, "not its own"),
    "elsewhere": (elsewhere, ""),
    "older": (always_older, ""),
    "ahead": (far_ahead, "has signed a longer record than this"),
    "dripping": (dripping, ""),
}
"""Name → how it answers, and what is said of it; "" where the words of several would do."""


@contextmanager
def answering(how: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of something that answers so."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with connection:
                try:
                    how(connection)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_keep_nobody_from_acting(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "open-convention")
    quorate("act", folder, "membership.open_region", "code=R", "name=R")
    key = (folder / "record.vkey").read_text("utf-8").strip()
    with ExitStack() as at_work:

        def named(number: int, name: str, address: str) -> list[str]:
            keys = witness.made(tmp_path / name, f"{name}.example", key)
            quorate(
                "act", folder, "membership.open_branch", f"code=B{number}", "name=B", "region=R"
            )
            fields = [f"name={name}", f"keys={json.dumps(keys)}", f"url={address}"]
            quorate("act", folder, "witnesses.name", *fields, f"branch=B{number}")
            return keys

        for number, (name, (how, _)) in enumerate(ODD.items()):
            named(number, name, at_work.enter_context(answering(how)))
        honest = tmp_path / "honest"
        with at_work.enter_context(ExitStack()) as last:
            keys = witness.made(honest, "honest.example", key)
            address, _ = last.enter_context(witness.serving(honest))
            quorate("act", folder, "membership.open_branch", "code=H", "name=B", "region=R")
            fields = ["name=honest", f"keys={json.dumps(keys)}", f"url={address}", "branch=H"]
            quorate("act", folder, "witnesses.name", *fields)
            public = [cosignature.read_cosigner(one) for one in keys]
            with served(folder) as pages:
                for code in ("A1", "A2", "A3"):
                    quorate("act", folder, "membership.open_region", f"code={code}", f"name={code}")
                    size = checkpoint.read(asked(f"{pages}/checkpoint")[2]).size
                    until(partial(has_cosigned, pages, public, size))
                text = asked(f"{pages}/checkpoint")[2]
                lines = [line for line in text.splitlines() if line.startswith("— ")]
                assert len(lines) == 4, "of two keys the keeper's and the honest one's"
                for said in filter(None, (said for _, said in ODD.values())):
                    until(partial(is_said, pages, said))


def is_said(address: str, said: str) -> bool:
    return said in asked(f"{address}/record/witnesses")[2]


def has_cosigned(address: str, public: list[cosignature.Cosigner], size: int) -> bool:
    """Whether the latest checkpoint is over so many entries, and the honest witness cosigned it."""
    text = asked(f"{address}/checkpoint")[2]
    return checkpoint.read(text).size >= size and bool(cosignature.cosigned(text, public))
