"""Reading what a form of an act was filled in with."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from quorate import organisation
from quorate.texts.reading import Unreadable, read_text
from quorate.web.acting.forms import Field, fields_of
from quorate.web.called import NotOne, member_called
from quorate.web.times import ms_of


class BadForm(Exception):
    """What a form sent cannot be read: field → why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def given_fields(name: str, request: HttpRequest) -> dict[str, Any]:
    """The act's fields from a form. Raises BadForm.

    A text comes from FIELD and FIELD-title, or from an uploaded file FIELD-file; a personal sheet
    from FIELD-name and so on; a ballot from one line, or a rank for each candidate.
    """
    fields: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in fields_of(request.state, name, request.POST, {}):
        try:
            value = _given(name, field, request)
        except (ValueError, NotOne) as error:
            faults[field.name] = str(error)
            continue
        if value is not None:
            fields[field.name] = value
    if faults:
        raise BadForm(faults)
    return fields


def _given(name: str, field: Field, request: HttpRequest) -> Any:
    given = request.POST.get(field.name, "")
    committed = organisation.committed_fields(name).get(field.name)
    if field.way == "text":
        return _document(field.name, request)
    if field.way == "sheet":
        return _sheet(field.name, request)
    if committed is not None and committed.what == "ballot":
        return _with_few_enough(_ballot(field.name, request), request)
    if field.way == "yes":
        return given in ("yes", "on", "true", "1")
    if not given.strip():
        return None
    if field.way == "member":
        return member_called(request.state, given)
    if field.way == "members":
        return [member_called(request.state, line) for line in _lines(given)]
    if field.way == "time":
        return _time(given)
    if field.way == "papers":
        return [_paper(line) for line in _lines(given)]
    if field.way == "rules":
        return [_change(line) for line in _lines(given)]
    if field.way == "number" or (field.way == "choice" and field.numbered):
        if not re.fullmatch(r"\s*-?\d{1,18}\s*", given):
            raise ValueError("expected a number")
        return int(given)
    return given


def _lines(given: str) -> list[str]:
    return [line.strip() for line in given.splitlines() if line.strip()]


def _document(field: str, request: HttpRequest) -> dict[str, str] | None:
    title, text = request.POST.get(f"{field}-title", ""), request.POST.get(field, "")
    upload = request.FILES.get(f"{field}-file")
    if upload is not None and upload.size:
        try:
            reading = read_text(upload.name or "", upload.read())
        except Unreadable as error:
            raise ValueError(str(error)) from None
        return {"title": title or reading.title_guess, "text": reading.markdown}
    return {"title": title, "text": text} if text.strip() else None


def _sheet(field: str, request: HttpRequest) -> dict[str, str]:
    given = {
        entry: request.POST.get(f"{field}-{entry}", "").strip()
        for entry in ("name", "email", "organisation")
    }
    if not given["name"]:
        raise ValueError("Who is it? The name is missing.")
    return {entry: value for entry, value in given.items() if value}


def _ballot(field: str, request: HttpRequest) -> str:
    """A ballot from one line, or from a rank for each candidate in FIELD-1, FIELD-2, …"""
    if field in request.POST:
        return request.POST[field]
    ranked: dict[int, str] = {}
    for name, rank in request.POST.items():
        candidate = name.removeprefix(f"{field}-")
        if not name.startswith(f"{field}-") or not rank.strip():
            continue
        if not candidate.isdigit() or not rank.strip().isdigit() or not int(rank):
            raise ValueError("Give ranks as numbers: 1 for the first, 2 for the next.")
        if int(rank) in ranked:
            raise ValueError(f"The rank {int(rank)} stands twice.")
        ranked[int(rank)] = candidate
    return ",".join(ranked[rank] for rank in sorted(ranked))


def _with_few_enough(ballot: str, request: HttpRequest) -> str:
    """The ballot, unless it bears more crosses than count: sealed, nobody could tell the voter."""
    number = request.POST.get("election", "")
    election = request.state.elections.elections.get(int(number)) if number.isdigit() else None
    marks = len(set(ballot.split(",")))
    if election and election.count.startswith("plurality") and marks > election.seats:
        raise ValueError(
            f"You marked {marks}. Mark {election.seats} at most, or your ballot does not count."
        )
    return ballot


def _time(given: str) -> int:
    try:
        return ms_of(datetime.fromisoformat(given.strip()))
    except ValueError:
        raise ValueError("expected a date and a time, such as 2026-11-24 15:20") from None


def _paper(line: str) -> dict[str, Any]:
    """ "12: 3,1,2" → twelve papers that rank the third candidate first."""
    weight, colon, ranks = line.rpartition(":")
    if not re.fullmatch(r"\s*\d{0,8}\s*", weight) or not re.fullmatch(r"[\d,\s]*", ranks):
        raise ValueError(f"“{line}” is not such as 12: 3,1,2")
    return {
        "weight": int(weight) if colon and weight.strip() else 1,
        "ranks": [int(rank) for rank in ranks.split(",") if rank.strip()],
    }


def _change(line: str) -> dict[str, Any]:
    """ "floor.quorum = "1/3"" or "remove floor.quorum" → a change of the rulebook."""
    if line.startswith("remove "):
        return {"path": line.removeprefix("remove ").strip(), "value": None}
    path, equals, value = line.partition("=")
    try:
        read = tomllib.loads(f"value = {value}") if equals else {}
    except tomllib.TOMLDecodeError:
        read = {}
    if read.keys() != {"value"}:
        raise ValueError(f'“{line}” is not such as floor.quorum = "1/3" (words in quotes)')
    return {"path": path.strip(), "value": read["value"]}
