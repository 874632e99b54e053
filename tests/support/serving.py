"""A real server, on a free port, for as long as a test needs it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path, port: int = 0, *, by: tuple[str, ...] = ("serve",)) -> Iterator[str]:
    """The address of the organisation's pages; on a free port unless one is given. ``by``: the
    command's words before the folder."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    command = Path(sys.executable).with_name("quorate")
    server = subprocess.Popen(
        [str(command), *by, str(folder), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/more", timeout=5).read()
                break
            except urllib.error.HTTPError:
                break  # it is there, and says what is wrong
            except OSError:
                time.sleep(0.2)
        else:
            raise AssertionError("the server did not start")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
