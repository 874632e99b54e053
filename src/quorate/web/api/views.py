"""The API's addresses. Reading needs a member or a token of one; acting needs the right to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from quorate.record import checkpoint as checkpoints
from quorate.rulebook.reading import tables_of
from quorate.store.models import Checkpoint, RecordEntry
from quorate.store.receipts import NoEntry, receipt_for
from quorate.web.acting import doing
from quorate.web.api import shown
from quorate.web.api.shapes import acts_schema, shared_schemas
from quorate.web.api.tokens import TokenOrSession
from quorate.web.lane import lane, leaves

PAGE = 500


class Problem(Schema):
    """What went wrong, in plain words."""

    error: str


class RefusalOut(Schema):
    """The rules refused: the rule, what it says, why, and what to do instead."""

    rule: str
    sentence: str
    because: str
    instead: str


class Refused(Schema):
    """A refusal by the rules."""

    refused: RefusalOut


class Misread(Schema):
    """Field → what is wrong with it."""

    faults: dict[str, str]


class RecordedOut(Schema):
    """Where the act stands, and its receipt."""

    entry: int
    time: int
    again: bool
    receipt: str


class Recorded(Schema):
    """The act stands in the record."""

    recorded: RecordedOut


class ActIn(Schema):
    """Any act, by its name, with its fields."""

    act: str
    fields: dict[str, Any] = {}


api = NinjaAPI(
    title="Quorate",
    version="1",
    description="Acts in, receipts or refusals out; the state at stable addresses.",
    auth=[TokenOrSession()],
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(ValidationError)
def _misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = {".".join(map(str, e["loc"][1:])) or "body": e["msg"] for e in error.errors}
    return JsonResponse({"faults": faults}, status=422)


@api.post(
    "/acts",
    response={201: Recorded, 200: Recorded, 409: Refused, 422: Misread, 503: Problem, 403: Problem},
    summary="Do an act",
    openapi_extra={
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "maxLength": 100, "pattern": "^[!-~]*$"},
            }
        ]
    },
)
def act(request: HttpRequest, body: ActIn) -> tuple[int, dict[str, Any]]:
    """Does any act. The same idempotency key gives the same answer and no second entry."""
    person = request.member or request.former
    if person is None:
        return 403, {"error": "Only members can act."}
    key = request.headers.get("Idempotency-Key", "")
    answer = doing.do(body.act, body.fields, person, key=key)
    if isinstance(answer, doing.Done):
        text = receipt_for(lane().place, leaves(), answer.entry, with_texts=True)
        done = {"entry": answer.entry, "time": answer.time, "again": answer.again, "receipt": text}
        return (200 if answer.again else 201), {"recorded": done}
    if isinstance(answer, doing.Refused):
        return 409, {
            "refused": {
                "rule": answer.rule,
                "sentence": answer.sentence,
                "because": answer.because,
                "instead": answer.instead,
            }
        }
    if isinstance(answer, doing.Misread):
        return 422, {"faults": answer.faults}
    return 503, {"error": answer.because}


@api.get("/record", summary="Where the record stands")
def record(request: HttpRequest) -> dict[str, Any]:
    """The latest checkpoint: origin, size, and the signed note."""
    last = Checkpoint.objects.order_by("-size").first()
    note = "" if last is None else last.note
    size = 0 if last is None else checkpoints.read(note).size
    return {
        "origin": lane().place.origin,
        "size": size,
        "checkpoint": note,
        "key": lane().place.verifier_key,
    }


@api.get("/record/entries", summary="Entries, in order")
def entries(request: HttpRequest, start: int = 0) -> dict[str, Any]:
    """Up to 500 entries from ``start``, each as its canonical text."""
    rows = RecordEntry.objects.filter(sequence__gte=max(0, start)).order_by("sequence")
    found = [bytes(data).decode() for data in rows.values_list("data", flat=True)[:PAGE]]
    return {"start": max(0, start), "entries": found}


@api.get("/record/entries/{sequence}/receipt", response={200: Any, 404: Problem})
def entry_receipt(request: HttpRequest, sequence: int) -> HttpResponse | tuple[int, dict[str, str]]:
    """The receipt for an entry, as text; with the texts for whoever handed them in."""
    try:
        text = receipt_for(lane().place, leaves(), sequence, with_texts=False)
    except (NoEntry, OverflowError):
        return 404, {"error": f"There is no entry {sequence}."}
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@api.get("/rulebook", summary="The rulebook in force")
def rulebook(request: HttpRequest) -> dict[str, Any]:
    """The rulebook as tables, with its version."""
    state = request.state
    return {"version": len(state.founding.versions), "rules": tables_of(state.rules)}


@api.get("/contributions", summary="The bulletin's contributions")
def contributions(request: HttpRequest) -> dict[str, Any]:
    """Every contribution with its title and where it stands."""
    return {"at": request.state.size, "contributions": shown.contributions(request.state)}


@api.get("/contributions/{number}", response={200: Any, 404: Problem})
def contribution(request: HttpRequest, number: int) -> Any:
    """A contribution with its text and versions."""
    found = shown.contribution(request.state, number)
    return found if found is not None else (404, {"error": f"There is no contribution {number}."})


@api.get("/conventions/{number}", response={200: Any, 404: Problem})
def convention(request: HttpRequest, number: int) -> Any:
    """A convention: dates, agenda, outcomes, presence."""
    found = shown.convention(request.state, number)
    return found if found is not None else (404, {"error": f"There is no convention {number}."})


@api.get("/votes/{number}", response={200: Any, 404: Problem})
def vote(request: HttpRequest, number: int) -> Any:
    """A vote of the floor; its tally and roll call once it has closed, nothing of it before."""
    found = shown.vote(request.state, number)
    return found if found is not None else (404, {"error": f"There is no vote {number}."})


@api.get("/elections/{number}", response={200: Any, 404: Problem})
def election(request: HttpRequest, number: int) -> Any:
    """An election; its ballots and result once counted, nothing of them before."""
    found = shown.election(request.state, number)
    return found if found is not None else (404, {"error": f"There is no election {number}."})


def description() -> dict[str, Any]:
    """The OpenAPI description, the body of /acts made from the acts themselves."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/"))
    body = schema["paths"]["/api/acts"]["post"]["requestBody"]
    body["content"]["application/json"]["schema"] = acts_schema()
    schema.setdefault("components", {}).setdefault("schemas", {}).update(shared_schemas())
    return schema


def openapi(request: HttpRequest) -> JsonResponse:
    """The description, public."""
    return JsonResponse(description())
