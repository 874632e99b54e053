"""`quorate serve`: the pages and the API of one organisation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.opening import set_up
from quorate.cli.saying import out, wrong_call


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    port: Annotated[int, typer.Option(help="Port.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes.")] = 1,
) -> None:
    """Serves the organisation's pages and its API."""
    from quorate.store.place import NoPlace, open_place

    try:
        open_place(folder)
    except NoPlace as error:
        wrong_call(str(error))
    os.environ["QUORATE_PORT"] = str(port)
    set_up(folder)
    from django.core.management import call_command
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    call_command("migrate", verbosity=0)
    out.print(f"Serving {folder} at http://{host}:{port}", markup=False)
    Server(
        "quorate.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=16,
        log_access=False,
        log_level=LogLevels.error,
    ).serve()
