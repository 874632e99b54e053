"""`quorate entries`: an exported record as lines, to be read, searched or piped on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.saying import wrong_call
from quorate.record import folder, tiles


def entries(
    export: Annotated[Path, typer.Argument(metavar="OUT", help="An exported record.")],
) -> None:
    """Prints every act of an exported record as it stands there, a line of JSON each."""
    try:
        for data in folder.entries(folder.open_export(export)):
            typer.echo(data)
    except (folder.NoExport, tiles.BadTile) as error:
        wrong_call(str(error))
