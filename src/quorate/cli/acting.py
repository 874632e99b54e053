"""`quorate act`: any act, as on the pages and over the API."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Annotated, Any

import typer

from quorate.chapters.clause import FOUNDER
from quorate.cli.opening import open_organisation
from quorate.cli.saying import as_json, err, out, refused, wrong_call


def read_fields(pairs: list[str]) -> dict[str, Any]:
    """Fields from "name=value"; "@FILE" is a file's text, and what is JSON is read as JSON.

    A value that is not JSON is a text. "title" and "text" given beside a document's field are
    not merged: write field={"title": …, "text": …}. Raises ValueError.
    """
    fields: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ValueError(f"expected field=value, not {pair}")
        if name in fields:
            raise ValueError(f"{name} is given twice")
        if value.startswith("@"):
            try:
                fields[name] = Path(value[1:]).read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ValueError(f"{name}: {value[1:]} cannot be read: {error}") from None
            continue
        try:
            fields[name] = json_format.loads(value)
        except json_format.JSONDecodeError:
            fields[name] = value
    return fields


def act(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    name: Annotated[str, typer.Argument(metavar="ACT", help="Such as proposals.second.")],
    fields: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="The act's fields.")
    ] = None,
    member: Annotated[
        str,
        typer.Option(
            "--as", help="Who acts: a member's name, address or pseudonym; a trustee's id."
        ),
    ] = "founder",
    key: Annotated[str, typer.Option(help="Idempotency key.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Does one act, by the rules, and says where it stands in the record.

    Members are named by their e-mail address, name or pseudonym: member=ada@example.org
    """
    try:
        given = read_fields(fields or [])
    except ValueError as error:
        wrong_call(str(error), as_object=json)
    lane = open_organisation(folder)
    from django.db import DatabaseError

    from quorate.organisation import BadAct
    from quorate.store.called import NotOne, member_called, with_pseudonyms
    from quorate.store.halted import Halted
    from quorate.store.handing_in import hand_in
    from quorate.store.recorded import KeyUsed, Recorded

    try:
        state = lane.now().state
        known = member == FOUNDER or member in state.secret.outside
        actor = member if known else member_called(lane.place, state, member)
        named = with_pseudonyms(lane.place, state, name, given)
        answer = lane.submit(hand_in(name, named, actor, key=key))
    except NotOne as error:
        wrong_call(f"--as: {error}", as_object=json)
    except BadAct as error:
        for fault in error.faults:
            err.print(f"{fault.field}: {fault.what}", markup=False)
        wrong_call(f"{name} could not be read.", as_object=json)
    except (Halted, KeyUsed) as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    except DatabaseError as error:
        said = f"The database takes nothing now, and the act has no receipt: {error}"
        refused(said, as_object={"error": said} if json else None)
    if not isinstance(answer, Recorded):
        refused(
            f"{answer.because} [{answer.rule}] {answer.instead}",
            as_object={
                "refused": {
                    "rule": answer.rule,
                    "because": answer.because,
                    "instead": answer.instead,
                }
            }
            if json
            else None,
        )
    if json:
        as_json({"recorded": {"entry": answer.sequence, "time": answer.time}})
    else:
        out.print(f"Recorded as entry {answer.sequence}.", markup=False)
