"""`quorate backup`: everything that a server needs to go on, as it stood at one moment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.chapters.plain import on
from quorate.cli.opening import open_organisation
from quorate.cli.saying import as_json, out, refused


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A folder that does not exist yet.")
    ],
    keys: Annotated[
        Path | None,
        typer.Option(help="Copy the keys too, into this new folder: never kept beside OUT."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Backs up an organisation while its server runs: whole, or not at all.

    The keys are not in it, unless they are asked for, and then in a folder of their own: whoever
    has both can read every personal sheet and every vote that is still sealed.
    """
    lane = open_organisation(folder)
    from quorate.store.backing_up import CannotBackUp, back_up

    try:
        made = back_up(lane.place, target, keys)
    except CannotBackUp as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    if json:
        as_json({"entries": made.entries, "last_time": made.last, "folder": str(target)})
        return
    out.print(
        f"{target} holds the record to entry {made.entries - 1:,}, of {on(made.last)}, and what "
        "stands beside it. Nobody but you can read that folder: it holds addresses.",
        markup=False,
    )
    if keys is None:
        out.print(
            f"The keys are not in it. Keep a copy of {folder}/keys elsewhere (--keys KEYS makes "
            "one): without sealing.key the personal sheets are lost, without record.key the record "
            "cannot be continued.",
            markup=False,
        )
    else:
        out.print(f"The keys are in {keys}. Take them elsewhere.", markup=False)
    out.print(f"To rehearse it: quorate restore {target} {folder} --check", markup=False)
