"""What the API takes, as JSON schema made from the acts themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from quorate import organisation

_DOCUMENT = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 300},
        "text": {"type": "string", "minLength": 1, "description": "Markdown"},
    },
    "required": ["text"],
    "additionalProperties": False,
}
_PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "email": {"type": "string"},
        "phone": {"type": "string"},
        "claimed_since": {"type": "string"},
        "organisation": {"type": "string"},
    },
    "required": ["name"],
    "additionalProperties": False,
}
_GIVEN: dict[str, dict[str, Any]] = {
    "document": _DOCUMENT,
    "person": _PERSON,
    "vote": {"type": "string", "enum": ["for", "against", "abstain"]},
    "ballot": {
        "type": "string",
        "pattern": r"^(\d{1,4}(,\d{1,4})*)?$",
        "description": "Numbers of candidates in order of preference; empty for a blank ballot.",
    },
    "number": {"type": "string", "minLength": 8},
}


@cache
def act_schema(name: str) -> dict[str, Any]:
    """The schema of one act as the API takes it: {"act": NAME, "fields": {…}}."""
    clause = organisation.CLAUSES[name]
    fields = TypeAdapter(clause.act).json_schema(ref_template="#/components/schemas/{model}")
    fields.pop("$defs", None)
    properties = dict(fields.get("properties", {}))
    for field, mark in organisation.committed_fields(name).items():
        properties[field] = _GIVEN[mark.what]
    required = list(fields.get("required", []))
    if "words" in properties:
        properties.pop("words")  # counted from the text
        required = [field for field in required if field != "words"]
    return {
        "type": "object",
        "title": name,
        "description": f"{clause.who} {clause.changes}",
        "properties": {
            "act": {"const": name, "type": "string"},
            "fields": {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": False,
            },
        },
        "required": ["act", "fields"],
        "additionalProperties": False,
    }


@cache
def acts_schema() -> dict[str, Any]:
    """The schema of any act that a person can do."""
    return {"oneOf": [act_schema(name) for name in doable()]}


@cache
def shared_schemas() -> dict[str, Any]:
    """The definitions that the acts' schemas refer to."""
    shared: dict[str, Any] = {}
    for name in doable():
        schema = TypeAdapter(organisation.CLAUSES[name].act).json_schema(
            ref_template="#/components/schemas/{model}"
        )
        shared |= schema.get("$defs", {})
    return shared


@cache
def doable() -> tuple[str, ...]:
    """The names of the acts that people do; what falls due by itself is not among them."""
    return tuple(name for name, clause in organisation.CLAUSES.items() if not clause.falls_due)
