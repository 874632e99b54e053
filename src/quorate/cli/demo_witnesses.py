"""The demo's witnesses at work: real ones, that listen while the demo is made and served."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from secrets import token_bytes
from urllib.parse import urlsplit

from quorate.chapters.state import State
from quorate.cli.listening import listening
from quorate.cli.saying import err
from quorate.demo.witnesses import LOOK_ON, AtWork
from quorate.record import witness_folder

_HOST = "127.0.0.1"


def set_to_work(directory: Path, record_keys: Iterable[str]) -> dict[str, AtWork]:
    """Makes the witnesses of a new demo, which watch the record with these keys, and lets them
    answer until the process ends."""
    at_work = {}
    for one in LOOK_ON:
        folder = directory / "witnesses" / one.name
        seeds = [token_bytes(32) for _ in witness_folder.KINDS]
        keys = witness_folder.make(folder, f"{one.name}.example", seeds)
        for key in record_keys:
            witness_folder.watch(folder, key)
        at_work[one.name] = AtWork(keys, f"http://{_HOST}:{_answering(folder, 0)}")
    return at_work


def back_to_work(directory: Path, state: State) -> None:
    """The witnesses of a demo that was made before answer again where the record says they do."""
    for one in state.witnesses.now.values():
        folder = directory / "witnesses" / one.name
        port = _port(one.url)
        if not folder.exists() or port is None:
            continue
        try:
            _answering(folder, port)
        except OSError as error:
            err.print(
                f"The witness {one.name} cannot listen at port {port} ({error.strerror}): it signs "
                "nothing meanwhile, and the pages will say so.",
                markup=False,
            )


def _port(url: str) -> int | None:
    """The address's port, if it is an address and names one."""
    try:
        return urlsplit(url).port
    except ValueError:
        return None


def _answering(folder: Path, port: int) -> int:
    """The port at which the witness answers, beside whatever else this process does."""
    server = listening(witness_folder.open_folder(folder), _HOST, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return int(server.server_address[1])
