"""`quorate ballots opened`: what one device opened instead of casting, checked on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quorate.cli.saying import as_json, out, refused, wrong_call
from quorate.count.files.place import printable

if TYPE_CHECKING:
    from quorate.ballots.elections import Election
    from quorate.ballots.questions import Question


def opened(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the device saved.")],
    election: Annotated[
        Path,
        typer.Option("--election", metavar="FILE", help="The election: its JSON, or its archive."),
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Checks a ballot that was opened instead of cast: encrypts again what it says, and compares.

    Ends with 0 if the device encrypted that, and with 1 if not. The hash that is printed has to be
    the one that the device showed before it was asked to open the ballot.
    """
    from quorate.ballots import opened_ballot
    from quorate.ballots.elections import fingerprint
    from quorate.ballots.elgamal import elgamal
    from quorate.ballots.homomorphic import Invalid
    from quorate.ballots.json_form import Malformed
    from quorate.ballots.opened_ballot import OpenedOtherwise

    raw, asked = _election(_read(election, as_object=json), election, as_object=json)
    key = elgamal(asked.group, asked.public_key)
    try:
        found = opened_ballot.check(
            key, asked, fingerprint(raw), _read(file, as_object=json).strip()
        )
    except (Malformed, Invalid, OpenedOtherwise) as error:
        why = f"{file}: NOT what it says it is: {error}."
        refused(why, as_object={"sound": False, "why": str(error)} if json else None)
    if json:
        as_json({"sound": True, "hash": found.hash, "votes": [list(one) for one in found.votes]})
        return
    out.print(f"The ballot encrypts this. Its hash is {found.hash}.", markup=False)
    for question, votes in zip(asked.questions, found.votes, strict=True):
        out.print(
            printable(f'"{question.question}" {", ".join(_said(question, votes))}.'), markup=False
        )


def _read(file: Path, *, as_object: bool) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}.", as_object=as_object)


def _election(content: bytes, file: Path, *, as_object: bool) -> tuple[bytes, Election[Any]]:
    """The election's bytes, and what they say."""
    from quorate.ballots import archive
    from quorate.ballots.archive import BadArchive
    from quorate.ballots.elections import read_election, read_setup_data
    from quorate.ballots.json_form import Malformed

    try:
        if not content.lstrip().startswith(b"{"):
            box = archive.read(content)
            _event, setup = next(box.payloads("Setup"))
            content = box.data[read_setup_data(setup).election]
        return content, read_election(content)
    except (BadArchive, Malformed) as error:
        wrong_call(f"{file}: no election: {error}.", as_object=as_object)


def _said(question: Question, votes: Sequence[int]) -> Iterator[str]:
    from quorate.ballots.questions import Homomorphic

    if not isinstance(question, Homomorphic):
        yield from (f"{name}: {vote}" for name, vote in zip(question.answers, votes, strict=True))
        return
    names = ("blank", *question.answers) if question.allows_blank else question.answers
    chosen = [name for name, vote in zip(names, votes, strict=True) if vote]
    yield from chosen or ["nothing"]
