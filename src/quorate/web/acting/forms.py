"""Forms made from the acts: each field as a person would fill it in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest, QueryDict
from pydantic import TypeAdapter

from quorate import organisation
from quorate.texts.reading import Unreadable, read_text

Way = Literal["line", "text", "choice", "yes", "json", "time", "number"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act's form. ``choices``: for Way "choice"."""

    name: str
    label: str
    way: Way
    required: bool
    choices: tuple[str, ...] = ()
    value: str = ""
    fault: str = ""


class BadForm(Exception):
    """What a form sent cannot be read: field → why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def fields_of(
    name: str, given: QueryDict | dict[str, str], faults: dict[str, str]
) -> tuple[Field, ...]:
    """The form of an act, with what was given and what is wrong with it."""
    clause = organisation.CLAUSES[name]
    schema = TypeAdapter(clause.act).json_schema()
    committed = organisation.committed_fields(name)
    fields = []
    for field, shape in schema.get("properties", {}).items():
        if field == "words":
            continue
        way, choices = _way(shape)
        if field in committed:
            what = committed[field].what
            way = "text" if what == "document" else "json" if what == "person" else "line"
            if what == "vote":
                way, choices = "choice", ("for", "against", "abstain")
        fields.append(
            Field(
                name=field,
                label=field.replace("_", " ").capitalize(),
                way=way,
                required=field in schema.get("required", []),
                choices=choices,
                value=given.get(field, ""),
                fault=faults.get(field, ""),
            )
        )
    return tuple(fields)


def _way(shape: dict[str, Any]) -> tuple[Way, tuple[str, ...]]:
    for part in (shape, *shape.get("anyOf", ())):
        if "enum" in part:
            return "choice", tuple(str(choice) for choice in part["enum"])
        if part.get("type") == "boolean":
            return "yes", ()
        if part.get("type") == "array":
            return "json", ()
        if part.get("type") == "integer":
            return ("time" if part.get("maximum") == 2**50 else "number"), ()
    return "line", ()


def given_fields(name: str, request: HttpRequest) -> dict[str, Any]:
    """The act's fields from a form. Raises BadForm.

    A text comes from FIELD and FIELD-title, or from an uploaded file FIELD-file.
    """
    fields: dict[str, Any] = {}
    faults: dict[str, str] = {}
    committed = organisation.committed_fields(name)
    for field in fields_of(name, request.POST, {}):
        mark = committed.get(field.name)
        try:
            if mark is not None and mark.what == "document":
                value = _document(field.name, request)
            elif mark is not None and mark.what == "ballot":
                value = _ballot(field.name, request)
            else:
                value = _value(field, request.POST.get(field.name))
        except ValueError as error:
            faults[field.name] = str(error)
            continue
        if value is not None:
            fields[field.name] = value
    if faults:
        raise BadForm(faults)
    return fields


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


def _value(field: Field, given: str | None) -> Any:
    if field.way == "yes":
        return given in ("yes", "on", "true", "1")
    if given is None or given == "":
        return None
    if field.way in ("number", "time"):
        if not given.strip().lstrip("-").isdigit():
            raise ValueError("expected a number")
        return int(given)
    if field.way == "json":
        try:
            return json.loads(given)
        except json.JSONDecodeError:
            raise ValueError("expected JSON") from None
    return given
