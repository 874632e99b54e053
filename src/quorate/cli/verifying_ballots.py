"""`quorate ballots verify`: a ballot box in the Belenios format, or a register of voting keys,
without server or database."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from quorate.cli.saying import REFUSED, as_json, out, wrong_call
from quorate.count.files.place import printable

_ENDING = ".bel"
_REGISTER = ".jsonl"
_HASH = re.compile("[0-9a-f]{64}")


def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.bel",
            help="An election's archive, or a folder that has one; or a register's file.",
        ),
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
    as it has come. Of a register of voting keys (.jsonl) it verifies the trustees, every claim, the
    mix, and that the roll follows. Ends with 0 if all of it holds, and with 1 if anything does not.
    """
    try:
        content = _archive(file, as_object=json).read_bytes()
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}.", as_object=json)
    for hash in seen or ():
        if not _HASH.fullmatch(hash):
            wrong_call(f'--seen: "{printable(hash)}" is no SHA-256, 64 hex digits.', as_object=json)
    if file.suffix == _REGISTER:
        if seen:
            wrong_call("--seen: a register's file has no events.", as_object=json)
        told, sentences = _register(content)
    else:
        told, sentences = _box(content, seen or ())
    if json:
        as_json(told)
    else:
        for sentence in sentences:
            out.print(printable(sentence), markup=False)
    if not told["sound"]:
        raise typer.Exit(REFUSED)


def _box(content: bytes, seen: Sequence[str]) -> tuple[dict[str, Any], Iterator[str]]:
    from quorate.ballots.verify import whole, words

    report = whole.verify(content, os.cpu_count() or 1, seen)
    return words.as_json(report), words.in_plain_words(report)


def _register(content: bytes) -> tuple[dict[str, Any], Iterator[str]]:
    from quorate.ballots.verify import register, register_words

    report = register.verify(content)
    return register_words.as_json(report), register_words.in_plain_words(report)


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
