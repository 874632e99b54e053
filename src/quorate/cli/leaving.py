"""`quorate export`: the whole record as plain files, to be checked or served elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.opening import open_organisation
from quorate.cli.saying import as_json, out, refused, wrong_call


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A folder that does not exist yet.")
    ],
    with_people: Annotated[
        bool, typer.Option(help="Personal sheets too: only for moving to another server.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Writes the whole record into a folder that anyone can check."""
    if target.exists():
        said = f"{target} is there already. Name a folder that does not exist yet."
        wrong_call(said, as_object=json)
    lane = open_organisation(folder)
    from quorate.store.exporting import CannotExport
    from quorate.store.exporting import export as write

    try:
        entries = write(lane.place, target, with_people=with_people)
    except CannotExport as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    if json:
        as_json({"entries": entries, "folder": str(target)})
    else:
        out.print(
            f'{entries:,} entries in {target}. To check them: quorate verify {target} --key "KEY"',
            markup=False,
        )
