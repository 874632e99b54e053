"""Reading what a form of an act was filled in with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from quorate import organisation
from quorate.chapters.elections.remembers import Election
from quorate.count.rules import RULES
from quorate.direction import straightened
from quorate.store.called import NotOne
from quorate.store.plain_values import blank
from quorate.texts.reading import Unreadable, read_text
from quorate.texts.words import first_heading, shortened
from quorate.web.acting.forms import Field, fields_of
from quorate.web.called import member_called
from quorate.web.elections.paper import most_marks
from quorate.web.times import ms_of
from quorate.web.whole import whole_number

MOST_POINTS = 100
"""More in one field is a slip: no body of the rulebook gives so many to one candidate."""


class BadForm(Exception):
    """What a form sent cannot be read: field → why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Given:
    """The act's fields; ``notes``: sentences on what an uploaded document held besides its text."""

    fields: dict[str, Any]
    notes: tuple[str, ...]


def given(name: str, request: HttpRequest) -> Given:
    """What a form was filled in with. Raises BadForm.

    A text comes from FIELD and FIELD-title, or from an uploaded file FIELD-file; a personal sheet
    from FIELD-name and so on; a ballot from one line, or a rank for each candidate.
    """
    fields: dict[str, Any] = {}
    faults: dict[str, str] = {}
    notes: list[str] = []
    for field in fields_of(request.state, name, request.POST, {}):
        try:
            value = _given(name, field, request, notes)
        except (ValueError, NotOne) as error:
            faults[field.name] = str(error)
            continue
        if value is not None:
            fields[field.name] = value
        elif field.way == "text" and field.required:
            faults[field.name] = "There is no text yet. Write it, or choose a file."
    if faults:
        raise BadForm(faults)
    return Given(fields, tuple(notes))


def _given(name: str, field: Field, request: HttpRequest, notes: list[str]) -> Any:
    given = request.POST.get(field.name, "")
    committed = organisation.committed_fields(name).get(field.name)
    if field.way == "text":
        titled = "words" in organisation.CLAUSES[name].act.__dataclass_fields__
        return _document(field.name, request, notes, titled=titled)
    if field.way == "sheet":
        return _sheet(field.name, request)
    if committed is not None and committed.what == "ballot":
        return _with_few_enough(_ballot(field.name, request), request)
    if field.way == "lot-number":
        return _lot_number(name, request)
    if field.way == "yes":
        return given in ("yes", "on", "true", "1")
    if not given.strip():
        return None
    if field.way == "member":
        return member_called(request.state, given)
    if field.way == "members":
        return [member_called(request.state, line) for line in _lines(given)]
    if field.way == "keys":
        return _lines(given)
    if field.way == "note":
        return given.replace("\r\n", "\n")
    if field.way == "time":
        return _time(given)
    if field.way == "papers":
        return [_paper(line, _election(request)) for line in _lines(given)]
    if field.way == "numbers":
        return _numbers(given.split())
    if field.way == "rankings":
        return [_ranking(line) for line in _lines(given)]
    if field.way == "rules":
        return [_change(line) for line in _lines(given)]
    if field.way == "number" or (field.way == "choice" and field.numbered):
        number = whole_number(given)
        if number is None:
            raise ValueError("expected a number")
        return number
    return given


def _lines(given: str) -> list[str]:
    return [line.strip() for line in given.splitlines() if line.strip()]


def _document(
    field: str, request: HttpRequest, notes: list[str], *, titled: bool
) -> dict[str, str] | None:
    """A text, pasted or uploaded. ``titled``: it gets a title, if need be from its first words."""
    title, text = request.POST.get(f"{field}-title", ""), request.POST.get(field, "")
    if blank(title):
        raise ValueError("The title holds nothing but blanks. Write one, or leave it empty.")
    upload = request.FILES.get(f"{field}-file")
    if upload is not None and not upload.size and not text.strip():
        raise ValueError(f"{upload.name} is empty. Choose another file, or paste the text.")
    if upload is not None and upload.size:
        if text.strip():
            raise ValueError("There is a text here and a file as well. Which one is meant?")
        try:
            reading = read_text(upload.name or "", upload.read())
        except Unreadable as error:
            raise ValueError(str(error)) from None
        notes += reading.notes
        title = title or straightened(reading.title_guess)
        return {"title": title, "text": reading.markdown}
    if not text.strip():
        return None
    if titled and not title.strip():
        title = straightened(first_heading(text) or shortened(text, 60))
    return {"title": title, "text": text}


def _sheet(field: str, request: HttpRequest) -> dict[str, str]:
    given = {
        entry: request.POST.get(f"{field}-{entry}", "").strip()
        for entry in ("name", "email", "organisation")
    }
    given["email"] = straightened(given["email"])
    if not given["name"]:
        raise ValueError("Who is it? The name is missing.")
    return {entry: value for entry, value in given.items() if value}


def _ballot(field: str, request: HttpRequest) -> str:
    """A ballot from one line, or from a rank for each candidate in FIELD-1, FIELD-2, …"""
    if field in request.POST:
        return request.POST[field]
    election = _election(request)
    if election is not None and RULES[election.count].marks == "points":
        return _points(field, request)
    ranked: dict[int, int] = {}
    for name, given in request.POST.items():
        if not name.startswith(f"{field}-") or not given.strip():
            continue
        candidate = whole_number(name.removeprefix(f"{field}-"))
        rank = whole_number(given, 1)
        if candidate is None or rank is None:
            raise ValueError("Give ranks as numbers: 1 for the first, 2 for the next.")
        if rank in ranked:
            raise ValueError(f"The rank {rank} stands twice.")
        ranked[rank] = candidate
    return ",".join(str(ranked[rank]) for rank in sorted(ranked))


def _points(field: str, request: HttpRequest) -> str:
    """A ballot of points: each candidate's number as often as they are given one."""
    given: list[int] = []
    for name, text in request.POST.items():
        candidate = whole_number(name.removeprefix(f"{field}-"))
        if not name.startswith(f"{field}-") or not text.strip() or candidate is None:
            continue
        points = whole_number(text)
        if points is None or points > MOST_POINTS:
            raise ValueError("Give points as whole numbers.")
        given += [candidate] * points
    return ",".join(map(str, sorted(given)))


def _election(request: HttpRequest) -> Election | None:
    number = whole_number(request.POST.get("election", ""))
    found: Election | None = request.state.elections.elections.get(number or 0)
    return found


def _lot_number(name: str, request: HttpRequest) -> Any:
    """A number of one's own, with its salt where one has it; handed in, the one committed to."""
    number = request.POST.get("number", "").strip()
    salt = request.POST.get("number-salt", "").strip()
    if salt:
        return {"choice": number, "salt": salt}
    if name == "lots.hand_in":
        if number:
            raise ValueError("Give the salt that you kept with it, or leave both empty.")
        found = request.state.lots.draws.get(whole_number(request.POST.get("draw", "")) or 0)
        person = request.member or request.former or ""
        return None if found is None else found.commitments.get(person)
    return number or None


def _with_few_enough(ballot: str, request: HttpRequest) -> str:
    """The ballot, unless it bears more marks than count: sealed, nobody could tell the voter."""
    election = _election(request)
    most = None if election is None else most_marks(election)
    if election is None or most is None or election.count.startswith("slate-"):
        return ballot
    if RULES[election.count].marks == "points":
        points = len(ballot.split(","))
        if points > most:
            raise ValueError(
                f"You gave {points} points. Give {most} at most, or your ballot does not count."
            )
        return ballot
    marks = len(set(ballot.split(",")))
    if marks > most:
        raise ValueError(f"You marked {marks}. Mark {most} at most, or your ballot does not count.")
    return ballot


def _time(given: str) -> int:
    try:
        return ms_of(datetime.fromisoformat(given.strip()))
    except ValueError:
        raise ValueError("expected a date and a time, such as 2026-11-24 15:20") from None


def _paper(line: str, election: Election | None) -> dict[str, Any]:
    """ "12: 3,1,2" → twelve papers that rank the third candidate first."""
    weight, colon, ranks = line.rpartition(":")
    number = whole_number(weight) if colon and weight.strip() else 1
    ranked = [whole_number(rank) for rank in ranks.split(",") if rank.strip()]
    if number is None or None in ranked:
        raise ValueError(f"“{line}” is not such as 12: 3,1,2")
    slates = election is None or election.count.startswith("slate-")
    standing = 0 if election is None or slates else len(election.standing)
    if standing and any(rank is None or rank > standing for rank in ranked):
        raise ValueError(
            f"“{line}” bears a number that none of the {standing} candidates has. Was it typed "
            "right? A paper that marks nobody is entered without a number: 1:"
        )
    return {"weight": number, "ranks": ranked}


def _ranking(line: str) -> dict[str, Any]:
    """ "3: 2,1,0" → three ballots that rank the second candidate first, and the third not."""
    weight, _, numbers = line.partition(":")
    (number,) = _numbers([weight])
    return {"weight": number, "numbers": _numbers(numbers.split(","))}


def _numbers(given: list[str]) -> list[int]:
    read = [whole_number(one) for one in given]
    if None in read:
        raise ValueError("expected whole numbers, as the decryptions give them")
    return [one for one in read if one is not None]


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
