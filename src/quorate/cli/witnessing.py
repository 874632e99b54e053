"""`quorate witness`: watching over another organisation's record, without reading it."""

from __future__ import annotations

from pathlib import Path
from secrets import token_bytes
from typing import Annotated

import typer

from quorate.cli.listening import listening
from quorate.cli.saying import out, refused, wrong_call
from quorate.record import witness_folder
from quorate.record.witness_folder import NoWitness

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def _witness() -> None:
    """A witness cosigns that a record only grows; no keeper can then show two histories of it."""


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of its own.")],
    name: Annotated[
        str, typer.Option(help="What it is called, such as witness.example.org/north-branch.")
    ],
) -> None:
    """Makes a witness with keys of its own. Its public keys are for those who trust it."""
    try:
        seeds = [token_bytes(32) for _ in witness_folder.KINDS]
        public = witness_folder.make(folder, name, seeds)
    except NoWitness as error:
        refused(str(error))
    except OSError as error:
        wrong_call(f"{error.filename}: {error.strerror}")
    out.print(f"A witness stands in {folder}. Its public keys:", markup=False)
    for key in public:
        typer.echo(key)
    out.print(f"Then: quorate witness watch {folder} THE-RECORDS-KEY", markup=False)


@app.command("watch")
def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The witness's folder.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The record's public key.")],
) -> None:
    """Watches over one more record, from now on."""
    try:
        name = witness_folder.watch(folder, key)
    except NoWitness as error:
        refused(str(error))
    out.print(f"It watches {name}.", markup=False)


@app.command("follow")
def follow(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The witness's folder.")],
    file: Annotated[
        Path, typer.Argument(metavar="RECEIPT", help="A receipt of the record, from after it.")
    ],
) -> None:
    """A record's key was changed: takes the new one in the place of the old, if the old one has
    signed that."""
    try:
        keys = witness_folder.follow(folder, file.read_text("utf-8"))
    except NoWitness as error:
        refused(str(error))
    except (OSError, UnicodeDecodeError) as error:
        wrong_call(f"{file}: {error}")
    out.print(f"The old key of {keys[0].name} has signed it. It watches now for:", markup=False)
    for key in keys:
        typer.echo(key.text())


@app.command("drop")
def drop(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The witness's folder.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The record's key that was given up.")],
) -> None:
    """Cosigns nothing more that only this key of a record has signed: it was stolen or replaced."""
    try:
        name = witness_folder.drop(folder, key)
    except NoWitness as error:
        refused(str(error))
    out.print(f"It knows that key of {name} no more.", markup=False)


@app.command("serve")
def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The witness's folder.")],
    port: Annotated[int, typer.Option(help="Port.", min=0, max=65_535)] = 8010,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Answers the records' keepers (POST /add-checkpoint), and whoever asks what was seen last
    (GET /SHA-256-OF-THE-RECORDS-NAME/checkpoint)."""
    try:
        watching = witness_folder.open_folder(folder)
    except NoWitness as error:
        wrong_call(str(error))
    try:
        server = listening(watching, host, port)
    except OSError as error:
        wrong_call(f"{host}:{port}: {error.strerror}. Choose another with --port or --host.")
    names = ", ".join(sorted({key.name for key in watching.records()})) or "no record yet"
    at = f"http://{host}:{server.server_address[1]}"
    out.print(f"Witness of {names}, at {at}", markup=False)
    server.serve_forever()
