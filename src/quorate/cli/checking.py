"""`quorate verify` and `quorate receipt verify`: checking, without server or database."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from quorate import commitments
from quorate.cli.saying import REFUSED, as_json, err, out, refused, wrong_call
from quorate.record import (
    folder,
    keeper,
    key_chain,
    note,
    policy,
    receipt,
    sealed,
    state_digest,
)
from quorate.record import report as reporting
from quorate.record import verify as verifying

receipts = typer.Typer(help="Checks a receipt.", no_args_is_help=True)


@receipts.callback()
def _receipts() -> None:
    """Receipts prove, offline, that an act stands in the record."""


def read_key(given: str | list[str] | None) -> str:
    """Public keys, each given itself or as a file's name; a line each."""
    every = [given] if isinstance(given, str) else given or []
    return "\n".join(filter(None, map(_key, every)))


def _key(given: str) -> str:
    path = Path(given)
    if given and "+" not in given and path.is_file():
        return path.read_text("utf-8").strip()
    return given.strip()


def verify(
    export: Annotated[Path, typer.Argument(metavar="OUT", help="An exported record.")],
    key: Annotated[
        list[str] | None,
        typer.Option(
            help="The record's public key, from somebody you trust; or its file. It may be an "
            "earlier one. Given several times, all have to have signed."
        ),
    ] = None,
    receipt_files: Annotated[
        list[Path] | None, typer.Option("--receipt", help="A receipt to hold against the record.")
    ] = None,
    seen_files: Annotated[
        list[Path] | None,
        typer.Option("--seen", help="A checkpoint that somebody kept, such as a witness."),
    ] = None,
    policy_file: Annotated[
        Path | None,
        typer.Option("--policy", help="The witnesses that you trust: a file in C2SP tlog-policy."),
    ] = None,
    continued: Annotated[
        Path | None,
        typer.Option(
            "--continue",
            metavar="FILE",
            help="Go on from what an earlier check kept in this file, and keep what this one comes "
            "to there. Use only a file that this command has written on your own machine.",
        ),
    ] = None,
    digest: Annotated[
        bool,
        typer.Option("--digest", help="Say what the record comes to: the digest of its state."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Checks an exported record: the signature, every act by the rules, every count, every text."""
    receipts_held = [_text(path, as_object=json) for path in receipt_files or []]
    seen = [_text(path, as_object=json) for path in seen_files or []]
    trusted = None if policy_file is None else _policy(policy_file, as_object=json)
    try:
        opened = folder.open_export(export)
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True
        ) as bar:
            task = bar.add_task("Checking the record …")

            def show(done: int) -> None:
                bar.update(task, description=f"Checking the record: {done:,} entries")

            # The process ends with the report: what was replayed need never be searched for cycles.
            gc.disable()
            report = verifying.verify(
                opened, read_key(key), receipts_held, seen, trusted, show, continued
            )
    except folder.NoExport as error:
        wrong_call(str(error), as_object=json)
    except note.BadNote as error:
        wrong_call(f"The key cannot be used: {error}.", as_object=json)
    except OSError as error:
        wrong_call(f"{error.filename}: {error.strerror}", as_object=json)
    finally:
        gc.freeze()
        gc.enable()
    state = state_digest.digest(report.state) if digest and report.sound else None
    if json:
        as_json(reporting.as_json(report) | ({"state": state} if digest else {}))
    else:
        for sentence in reporting.in_plain_words(report):
            out.print(sentence, markup=False)
        if state is not None:
            out.print(f"The state that every replay of it comes to: {state}", markup=False)
    if not report.sound:
        raise typer.Exit(REFUSED)


def _text(path: Path, *, as_object: bool) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        wrong_call(f"{path} is not a text in UTF-8.", as_object=as_object)
    except OSError as error:
        wrong_call(f"{path}: {error.strerror}.", as_object=as_object)


def _policy(path: Path, *, as_object: bool) -> policy.Policy:
    try:
        return policy.read(_text(path, as_object=as_object))
    except policy.BadPolicy as error:
        wrong_call(f"{path}: {error}", as_object=as_object)


@receipts.command("verify")
def verify_receipt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A receipt.")],
    key: Annotated[
        list[str],
        typer.Option(
            help="The record's public key, from somebody you trust; or its file. It may be an "
            "earlier one. Given several times, all have to have signed."
        ),
    ],
    export: Annotated[
        Path | None,
        typer.Option(help="An exported record: hold the receipt against it, too."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Checks a receipt, offline: does the act stand in the record, and with just this text or vote?

    With an export it says too what became of a vote: what the record opened it as, or that it calls
    it lost.
    """
    from quorate.chapters.plain import on

    text, keys = _text(file, as_object=json), read_key(key)
    held = None if export is None else _held_against(export, keys, text, as_object=json)
    try:
        if held is None:
            proved = receipt.verify(text, keys)
        else:
            proved = receipt.verify_in(
                text, key_chain.chain(held.state.keys, keeper.read_keys(keys))
            )
    except note.BadNote as error:
        wrong_call(f"The key cannot be used: {error}.", as_object=json)
    except receipt.ReceiptRefused as error:
        refused(str(error), as_object={"proved": False, "because": str(error)} if json else None)
    occasion = proved.entry.occasion
    cast = [
        sealed.chosen(opening.payload)
        for opening in proved.openings
        if opening.domain == commitments.CHOICE
    ]
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
                "texts": len(proved.openings) - len(cast),
                "voted": cast[0] if cast else None,
                "keys_changed": list(proved.keys_changed),
                "record_says": [] if held is None else held.receipts_say,
                "findings": [] if held is None else reporting.as_json(held)["findings"],
            }
        )
        _end_by(held)
        return
    out.print(
        f"{proved.entry.name} stands in the record of {proved.origin} as entry "
        f"{occasion.sequence:,}, recorded {on(occasion.time)}, by {occasion.by}.",
        markup=False,
    )
    out.print(f"Its keeper signed that, over {proved.size:,} entries.", markup=False)
    for place in proved.keys_changed:
        out.print(
            f"Your key is an earlier one: the record changed it at entry {place:,}, and it signed "
            "that itself.",
            markup=False,
        )
    for chose in cast:
        out.print(f"You voted: {chose}. The entry commits to just that.", markup=False)
    if texts := len(proved.openings) - len(cast):
        out.print(f"The text in the receipt is the one that was handed in ({texts}).", markup=False)
    if held is not None:
        for sentence in (*held.receipts_say, *reporting.findings_in_words(held)):
            out.print(sentence, markup=False)
    _end_by(held)


def _held_against(export: Path, key: str, text: str, *, as_object: bool) -> reporting.Report:
    """What checking the export comes to, with the receipt held against it."""
    try:
        return verifying.verify(folder.open_export(export), key, [text])
    except folder.NoExport as error:
        wrong_call(str(error), as_object=as_object)
    except note.BadNote as error:
        wrong_call(f"The key cannot be used: {error}.", as_object=as_object)


def _end_by(held: reporting.Report | None) -> None:
    """The command fails where the export is not sound."""
    if held is not None and not held.sound:
        raise typer.Exit(REFUSED)
