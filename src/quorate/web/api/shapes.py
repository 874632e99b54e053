"""What the API takes, as JSON schema made from the acts themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from quorate import organisation
from quorate.direction import TURNING
from quorate.record import canonical
from quorate.store.ballot_files import MAX_CHARACTERS
from quorate.store.handing_in import DRAWN, MAX_CHOICE, MAX_NAME, MAX_TEXT, MAX_TITLE
from quorate.store.mail_addresses import LONGEST
from quorate.store.plain_values import seen_pattern

_PLAIN = r"^[^\x00-\x08\x0e-\x1f\x7f]*$"
"""A text without control characters."""

_LINE = rf"^[^\x00-\x08\x0e-\x1f\x7f{TURNING}]*$"
"""One without marks that turn the direction of writing, too."""

_SAYS = {"pattern": seen_pattern()}
"""More than spaces."""

_SALT = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "32 bytes of your own."}
_SIGNED = {
    "type": "object",
    "description": "The signature of a device of the member who acts, over the text that "
    "/api/acts/prepare gives.",
    "properties": {
        "device": {"type": "string", "maxLength": 100, "description": "Its key, base64."},
        "at": {"type": "integer", "minimum": 0, "maximum": canonical.LIMIT},
        "value": {"type": "string", "maxLength": 100, "description": "Ed25519, base64."},
    },
    "required": ["device", "at", "value"],
    "additionalProperties": False,
}

_MARKDOWN = {
    "type": "string",
    "maxLength": MAX_TEXT,
    "pattern": _PLAIN,
    "allOf": [_SAYS],
    "description": "Markdown.",
}
_TITLED = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": MAX_TITLE, "pattern": _LINE},
        "text": _MARKDOWN,
        "salt": _SALT,
    },
    "required": ["text"],
    "additionalProperties": False,
}
_DOCUMENT = {"anyOf": [_TITLED, _MARKDOWN]}
_ENTRY = {"type": "string", "maxLength": MAX_TITLE, "pattern": _LINE}
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=^_{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = {
    **_ENTRY,
    "maxLength": LONGEST,
    "allOf": [{"pattern": rf"^({_LOCAL}(\.{_LOCAL})*@({_LABEL}\.)+[A-Za-z]{{2,63}})?$"}],
    "description": "An e-mail address to which a letter can go, or nothing. No two members have "
    "one. Rarer ones, such as with a domain in other letters, are taken if mail can carry them.",
}
_PERSON = {
    "type": "object",
    "properties": {
        "name": {**_ENTRY, "maxLength": MAX_NAME, "allOf": [_SAYS]},
        "email": _ADDRESS,
        "phone": _ENTRY,
        "claimed_since": _ENTRY,
        "organisation": _ENTRY,
        "salt": _SALT,
    },
    "required": ["name"],
    "additionalProperties": False,
}


def _sealed(choice: dict[str, Any]) -> dict[str, Any]:
    """A sealed choice: itself, or with a salt of one's own, by which one can find it later."""
    own = {
        "type": "object",
        "properties": {"choice": choice, "salt": _SALT},
        "required": ["choice", "salt"],
        "additionalProperties": False,
    }
    return {"anyOf": [choice, own]}


_FILE = {
    "type": "string",
    "maxLength": MAX_CHARACTERS,
    "pattern": _PLAIN,
    "allOf": [_SAYS],
    "description": "The thing itself, as a text of JSON; the record holds its SHA-256.",
}
_GIVEN: dict[str, dict[str, Any]] = {
    "document": _DOCUMENT,
    "person": _PERSON,
    "vote": _sealed({"type": "string", "enum": ["for", "against", "abstain"]}),
    "ballot": _sealed(
        {
            "anyOf": [
                {
                    "type": "string",
                    "maxLength": MAX_CHOICE,
                    "pattern": r"^(blank|[0-9]{1,4}(,[0-9]{1,4})*)$",
                },
                {
                    "type": "array",
                    "maxItems": 200,
                    "items": {"type": "integer", "minimum": 0, "maximum": 9999},
                },
            ],
            "description": "Numbers of candidates in order of preference; blank for none.",
        }
    ),
    "number": _sealed(
        {
            "type": "string",
            "maxLength": MAX_CHOICE,
            "pattern": r"^[!-~]{8,}$",
            "description": "What nobody can guess.",
        }
    ),
}


@cache
def act_schema(name: str) -> dict[str, Any]:
    """The schema of one act as the API takes it: {"act": NAME, "fields": {…}}."""
    clause = organisation.CLAUSES[name]
    fields = _fields_schema(name)
    properties = {
        field: _given(name, field) or _strict(shape)
        for field, shape in fields.get("properties", {}).items()
        if field != "words"  # counted from the text
    }
    return {
        "type": "object",
        "title": name,
        "description": f"{clause.who} {clause.changes}",
        "properties": {
            "act": {"const": name, "type": "string"},
            "fields": {
                "type": "object",
                "properties": properties,
                "required": [
                    field
                    for field in fields.get("required", [])
                    if field != "words" and field not in DRAWN.get(name, ())
                ],
                "additionalProperties": False,
            },
            "signed": _SIGNED,
        },
        "required": ["act", "fields"],
        "additionalProperties": False,
    }


def _fields_schema(name: str) -> dict[str, Any]:
    return TypeAdapter(organisation.CLAUSES[name].act).json_schema(
        ref_template="#/components/schemas/{model}"
    )


def _given(name: str, field: str) -> dict[str, Any] | None:
    """What is given in the place of a commitment or a hash; None for a field that is neither."""
    if field in organisation.beside_fields(name):
        return _FILE
    mark = organisation.committed_fields(name).get(field)
    if mark is None:
        return None
    default = organisation.CLAUSES[name].act.__dataclass_fields__[field].default
    nothing = [{"const": ""}] if default == "" or field in DRAWN.get(name, ()) else []
    return {"anyOf": [_GIVEN[mark.what], *nothing]} if nothing else _GIVEN[mark.what]


def _strict(shape: Any) -> Any:
    """The same with texts without control characters, and objects that hold nothing else."""
    if isinstance(shape, list):
        return [_strict(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    strict = {name: _strict(part) for name, part in shape.items()}
    if strict.get("type") == "string" and not strict.keys() & {"pattern", "enum", "const"}:
        strict |= {"pattern": _LINE, "allOf": [{"anyOf": [{"maxLength": 0}, _SAYS]}]}
    if strict.get("type") == "integer":
        strict = {"minimum": -canonical.LIMIT, "maximum": canonical.LIMIT} | strict
    if strict.get("type") == "object":
        strict["additionalProperties"] = False
    return strict


@cache
def any_act() -> dict[str, Any]:
    """Any act that a person can do, told apart by ``act``."""
    places = {name: f"#/components/schemas/{name}" for name in doable()}
    return {
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {"propertyName": "act", "mapping": places},
    }


@cache
def shared_schemas() -> dict[str, Any]:
    """The definitions that the acts' schemas refer to."""
    shared: dict[str, Any] = {}
    for name in doable():
        shared |= _strict(_fields_schema(name).get("$defs", {}))
    return shared


@cache
def doable() -> tuple[str, ...]:
    """The names of the acts that people do; what falls due by itself is not among them."""
    return tuple(name for name, clause in organisation.CLAUSES.items() if not clause.falls_due)
