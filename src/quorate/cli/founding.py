"""`quorate new`: a new organisation's folder, its keys, its tables, its rulebook as entry 0."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quorate.chapters.clause import FOUNDER, Refusal
from quorate.cli.opening import set_up
from quorate.cli.rules import checked, rules_text
from quorate.cli.saying import as_json, out, refused, wrong_call
from quorate.record.folder import VKEYS
from quorate.rulebook.reading import FaultyRulebook

if TYPE_CHECKING:
    from quorate.store.place import Place


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet.")
    ],
    rules: Annotated[str, typer.Option(help="A preset's name or a TOML file.")],
    origin: Annotated[
        str, typer.Option(help="The record's name for ever, such as record.example.org.")
    ] = "",
    database: Annotated[
        str, typer.Option(help="A PostgreSQL address; without it, an embedded SQLite.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Makes a new organisation: checks its rulebook and adopts it as the first entry."""
    from quorate.store.place import DEMO_ORIGIN, NoPlace, make_place, unmake_place

    text = rules_text(rules)
    try:
        rulebook = checked(text)
    except FaultyRulebook as error:
        refused("\n".join(f"{fault.path}: {fault.what}" for fault in error.faults))
    name = origin or f"{folder.resolve().name.lower()}.record"
    if name.endswith(DEMO_ORIGIN):
        wrong_call(
            f"{name} is a name for demos, in which anybody can be anybody. Give another --origin."
        )
    was_there = folder.exists()
    try:
        place = make_place(folder, name, database=database)
    except NoPlace as error:
        wrong_call(str(error))
    try:
        refusal = _adopt(place, text)
    except BaseException as error:
        unmake_place(folder, was_there=was_there)
        if database and isinstance(error, _database_errors()):
            wrong_call(f"The database cannot be used: {' '.join(str(error).split())}")
        raise
    if refusal is not None:
        unmake_place(folder, was_there=was_there)
        refused(refusal.because)
    keys = place.verifier_keys
    if json:
        as_json({"folder": str(folder), "origin": name, "key": keys[0], "keys": list(keys)})
        return
    out.print(f"{rulebook.organisation.name} stands in {folder}.", markup=False)
    out.print(f"Its record's public key, to be handed to branches: {keys[0]}", markup=False)
    out.print(
        f"The second, which outlives computers that break the first, is in {folder}/{VKEYS[1]}.",
        markup=False,
    )
    out.print("Next, each from a CSV file:", markup=False)
    for kind in ("regions", "branches", "members", "officers"):
        out.print(f"  quorate import {folder} {kind} FILE.csv", markup=False)
    out.print(f"Then: quorate act {folder} founding.complete", markup=False)


def _adopt(place: Place, rules: str) -> Refusal | None:
    """Makes the tables, and the rulebook the first entry; or why the rules refuse it."""
    set_up(place.folder)
    from django.core.management import call_command

    from quorate.store.handing_in import hand_in
    from quorate.store.lane import Lane
    from quorate.store.recorded import Recorded

    call_command("migrate", verbosity=0)
    fields = {"origin": place.origin, "rules_text": rules, "keys": list(place.verifier_keys)}
    answer = Lane(place).submit(hand_in("founding.adopt", fields, FOUNDER))
    return None if isinstance(answer, Recorded) else answer


def _database_errors() -> tuple[type[Exception], ...]:
    """What is raised where a database cannot be reached, or its address cannot be read."""
    import psycopg
    from django.db import Error

    return (psycopg.Error, Error)
