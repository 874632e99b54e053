"""`quorate ballots promised`: was a ballot put into its box, as the server promised?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.saying import as_json, out, refused, wrong_call


def promised(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The promise, as it was given.")],
    export: Annotated[Path, typer.Argument(metavar="EXPORT", help="An export of the record.")],
    key: Annotated[str, typer.Option("--key", help="The record's public key, from your branch.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Holds the promise for a ballot against the record and its ballot box.

    Ends with 0 if the ballot is in the box as promised, or is not due yet, and with 1 if the
    promise is broken. Whoever holds a broken one can prove that a ballot was dropped.
    """
    from quorate.record import folder, note, promise
    from quorate.record.verify import verify

    try:
        signed = file.read_text("utf-8")
        opened = folder.open_export(export)
        report = verify(opened, key)
        given = promise.read(signed, (*key.split(), *report.keys))
        broken = promise.broken(given, report.state, folder.archive(opened, given.election))
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}.", as_object=json)
    except (UnicodeDecodeError, folder.NoExport, note.BadNote) as error:
        wrong_call(str(error), as_object=json)
    except promise.BadPromise as error:
        refused(f"{file}: {error}", as_object={"kept": False, "why": str(error)} if json else None)
    if not report.signed:
        broken = "The export is not signed with this key."
    if broken:
        why = f"{file}: NOT kept. {broken}"
        refused(why, as_object={"kept": False, "why": broken} if json else None)
    said = (
        "The record does not reach as far as the promise: look again in a later export."
        if broken is None
        else f"Kept: the ballot {given.ballot} is in the box of election {given.election}."
    )
    if json:
        as_json({"kept": None if broken is None else True, "ballot": given.ballot})
    else:
        out.print(said, markup=False)
