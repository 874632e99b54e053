"""`quorate verify` and `quorate receipt verify`: checking, without server or database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from quorate.cli.saying import REFUSED, as_json, err, out, refused, wrong_call
from quorate.record import folder, note, receipt
from quorate.record import verify as verifying

receipts = typer.Typer(help="Checks a receipt.", no_args_is_help=True)


@receipts.callback()
def _receipts() -> None:
    """Receipts prove, offline, that an act stands in the record."""


def read_key(key: str) -> str:
    """A public key, given itself or as a file's name."""
    path = Path(key)
    if key and "+" not in key and path.is_file():
        return path.read_text("utf-8").strip()
    return key.strip()


def verify(
    export: Annotated[Path, typer.Argument(metavar="OUT", help="An exported record.")],
    key: Annotated[
        str, typer.Option(help="The record's public key, from somebody you trust; or its file.")
    ] = "",
    receipt_files: Annotated[
        list[Path] | None, typer.Option("--receipt", help="A receipt to hold against the record.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Checks an exported record: the signature, every act by the rules, every count, every text."""
    texts = []
    for path in receipt_files or []:
        try:
            texts.append(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            wrong_call(f"{path}: {error}", as_object=json)
    try:
        opened = folder.open_export(export)
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True
        ) as bar:
            task = bar.add_task("Checking the record …")

            def show(done: int) -> None:
                bar.update(task, description=f"Checking the record: {done:,} entries")

            report = verifying.verify(opened, read_key(key), texts, show)
    except folder.NoExport as error:
        wrong_call(str(error), as_object=json)
    except note.BadNote as error:
        wrong_call(f"The key cannot be used: {error}.", as_object=json)
    if json:
        as_json(verifying.as_json(report))
    else:
        for sentence in verifying.in_plain_words(report):
            out.print(sentence, markup=False)
    if not report.sound:
        raise typer.Exit(REFUSED)


@receipts.command("verify")
def verify_receipt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A receipt.")],
    key: Annotated[
        str, typer.Option(help="The record's public key, from somebody you trust; or its file.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Checks a receipt, offline: does the act stand in the record, and with just this text?"""
    from quorate.chapters.plain import on

    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        wrong_call(f"{file}: {error}", as_object=json)
    try:
        proved = receipt.verify(text, read_key(key))
    except receipt.ReceiptRefused as error:
        refused(str(error), as_object={"proved": False, "because": str(error)} if json else None)
    occasion = proved.entry.occasion
    if json:
        as_json(
            {
                "proved": True,
                "origin": proved.origin,
                "entry": occasion.sequence,
                "act": proved.entry.name,
                "by": occasion.by,
                "time": occasion.time,
                "size": proved.size,
                "texts": len(proved.openings),
            }
        )
        return
    out.print(
        f"{proved.entry.name} stands in the record of {proved.origin} as entry "
        f"{occasion.sequence:,}, recorded {on(occasion.time)}, by {occasion.by}.",
        markup=False,
    )
    out.print(f"Its keeper signed that, over {proved.size:,} entries.", markup=False)
    if proved.openings:
        out.print(
            f"The text in the receipt is the one that was handed in ({len(proved.openings)}).",
            markup=False,
        )
