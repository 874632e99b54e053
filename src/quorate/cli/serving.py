"""`quorate serve`: the pages and the API of one organisation."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.plain import on
from quorate.cli import own_witness
from quorate.cli.opening import set_up
from quorate.cli.saying import out, wrong_call
from quorate.record import witness_folder

MOST_PORT = 65_535

THREADS = 24
"""That answer requests. So many wait for the lane at once, and ``store.at_the_door.ROOM`` of them
at most for ballots."""

PAUSE = 12 * HOUR
"""After so long without an entry the start says what falls due by the clock of this machine."""


def since_last_entry() -> str:
    """How long ago the last entry was by this machine's clock; "" for not long.

    A clock that was set forward while the server was off cannot be told from time that passed. So
    whoever starts the server is told, and can look at the clock.
    """
    from quorate.record import canonical  # the rules are loaded by who serves, not here too
    from quorate.store.models import RecordEntry

    last = RecordEntry.objects.order_by("-sequence").first()
    now = time.time_ns() // 1_000_000
    then = now if last is None else canonical.decode(bytes(last.data))["time"]
    if now - then < PAUSE:
        return ""
    return (
        f"The last entry of the record is of {on(then)}; by this machine's clock it is {on(now)}, "
        f"{(now - then) // DAY} days later. What fell due in between is recorded now, for good. If "
        "the clock is wrong, stop the server and set it."
    )


def settle_port(port: int) -> None:
    """Where people will reach the pages, unless the settings name an address: links in letters
    begin with it. It is settled before Django is set up, and holds for the processes of the
    server."""
    os.environ["QUORATE_PORT"] = str(port)


def _cannot_listen(host: str, port: int) -> str:
    """Why nothing can be served there, if so. The server itself would share a port with another:
    two organisations would answer in turn."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return f"{host}:{port}: {error.strerror or error}. Choose another with --port or --host."
    return ""


def _say_once_listening(host: str, port: int, said: str) -> None:
    """Says it when something listens there, so that whoever follows the link finds the pages."""
    while True:
        try:
            with socket.create_connection((host, port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    out.print(said, markup=False)


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    port: Annotated[int, typer.Option(help="Port.", min=0, max=MOST_PORT)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 1,
) -> None:
    """Serves the organisation's pages and its API."""
    from quorate.store.place import NoPlace, hold, open_place

    try:
        place = open_place(folder)
        hold(folder)
    except NoPlace as error:
        wrong_call(str(error))
    if place.witness:
        try:
            witness_folder.open_folder(folder / own_witness.FOLDER)
        except witness_folder.NoWitness as error:
            todo = own_witness.to_do(folder)
            wrong_call(f'{error} The settings say witness = "on". {todo}')
    if fault := _cannot_listen(host, port):
        wrong_call(fault)
    settle_port(port)
    set_up(folder)
    from django.core.management import call_command
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    call_command("migrate", verbosity=0)
    if pause := since_last_entry():
        out.print(pause, markup=False)
    said = f"Serving {folder} at http://{host}:{port}"
    threading.Thread(target=_say_once_listening, args=(host, port, said), daemon=True).start()
    Server(
        "quorate.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_access=False,
        log_level=LogLevels.error,
    ).serve()
