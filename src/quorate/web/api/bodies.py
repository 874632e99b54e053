"""Reading a call's body: {"act": NAME, "fields": {…}} as JSON, and "signed" if a device of the
member signed it; or what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from quorate.chapters.clause import Signed
from quorate.record import canonical
from quorate.store.plain_values import DEPTH
from quorate.web.acting import signing

JSON = "application/json"


class BadBody(Exception):
    """A body that holds no act. ``status``: of HTTP; ``faults``: field → what is wrong with it."""

    def __init__(self, status: int, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.status, self.faults = status, faults


@dataclass(frozen=True, slots=True)
class Wanted:
    """The act that a call asks for."""

    act: str
    fields: dict[str, Any]
    signed: Signed | None


def wanted(request: HttpRequest) -> Wanted:
    """The act in the body of the request. Raises BadBody."""
    if request.content_type != JSON:
        raise BadBody(415, {"body": f"send it as {JSON}"})
    try:
        body = request.body
    except RequestDataTooBig:
        raise BadBody(413, {"body": "is longer than the server takes"}) from None
    except UnreadablePostError:
        raise BadBody(400, {"body": "ended before it was whole"}) from None
    value = read(body)
    if not isinstance(value, dict):
        raise BadBody(422, {"body": 'expected an object: {"act": …, "fields": {…}}'})
    unknown = value.keys() - {"act", "fields", "signed"}
    faults = dict.fromkeys(unknown, "a call has only act, fields and signed")
    if not isinstance(value.get("act"), str):
        faults["act"] = "expected the name of an act, such as proposals.second"
    if not isinstance(value.get("fields"), dict):
        faults["fields"] = "expected an object, {} where the act has no fields"
    signed = None
    try:
        signed = signing.read(value["signed"]) if "signed" in value else None
    except signing.BadSignature as error:
        faults["signed"] = str(error)
    if faults:
        raise BadBody(422, faults)
    return Wanted(value["act"], value["fields"], signed)


def read(body: bytes) -> Any:
    """The value in a JSON text. Raises BadBody for anything that could be read in two ways."""
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_number,
        )
    except UnicodeDecodeError as error:
        raise BadBody(400, {"body": f"byte {error.start + 1:,} is not UTF-8"}) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadBody(400, {"body": f"is not JSON: {error.msg} ({where})"}) from None
    except RecursionError:
        raise BadBody(400, {"body": f"nested more than {DEPTH} deep"}) from None
    except ValueError as error:
        raise BadBody(400, {"body": f"is not JSON: {error}"}) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            shown = name.encode("ascii", "backslashreplace").decode()[:100]
            raise BadBody(400, {shown: "stands twice in one object"})
        found[name] = value
    return found


def _number(text: str) -> int | float:
    """A number with a point or an exponent. 1.0 is a whole one, as JSON schema has it."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) <= canonical.LIMIT else value


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")
