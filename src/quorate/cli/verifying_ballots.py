"""`quorate ballots verify`: a ballot box in the Belenios format, without server or database."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.saying import REFUSED, as_json, out, wrong_call
from quorate.count.files.place import printable

_ENDING = ".bel"
_HASH = re.compile("[0-9a-f]{64}")


def verify(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.bel", help="An election's archive, or a folder that has one."),
    ],
    seen: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HASH",
            help="The hash of an event that somebody has seen; may be given several times.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Verifies a secret ballot: every ballot, every proof, the tally, the decryption, the result.

    The archive is in the Belenios format. One of an election that is still open is verified as far
    as it has come. Ends with 0 if all of it holds, and with 1 if anything does not.
    """
    from quorate.ballots.verify import whole, words

    try:
        content = _archive(file, as_object=json).read_bytes()
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}.", as_object=json)
    for hash in seen or ():
        if not _HASH.fullmatch(hash):
            wrong_call(f'--seen: "{printable(hash)}" is no SHA-256, 64 hex digits.', as_object=json)
    report = whole.verify(content, os.cpu_count() or 1, seen or ())
    if json:
        as_json(words.as_json(report))
    else:
        for sentence in words.in_plain_words(report):
            out.print(printable(sentence), markup=False)
    if not report.sound:
        raise typer.Exit(REFUSED)


def _archive(file: Path, *, as_object: bool) -> Path:
    """The file itself, or the one archive in the folder."""
    if not file.is_dir():
        return file
    inside = sorted(file.glob(f"*{_ENDING}"))
    if len(inside) != 1:
        count = len(inside) or "no"
        wrong_call(
            f"{file}: {count} files that end in {_ENDING} are in it; name one.",
            as_object=as_object,
        )
    return inside[0]
