"""Ballot boxes over the API: casting without saying who one is, and what anybody checks.

Nothing here asks for a session or a token, and programs send none: a ballot is let in by the
signature of a key on the roll.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.request import UnreadablePostError
from ninja import Path, Router, Schema
from pydantic import Field

from quorate.ballots.door import NotAdmitted
from quorate.chapters.secret.remembers import Box
from quorate.store.at_the_door import Busy
from quorate.store.box_archive import NotWhole, archive
from quorate.store.casting import MAX_BYTES, Closed, cast
from quorate.store.halted import Halted
from quorate.store.record_keys import in_force
from quorate.web.api.answers import Misread, Problem
from quorate.web.api.registers import PartOut, parts_out
from quorate.web.lane import lane

router = Router(auth=None)
Number = Annotated[int, Field(ge=1, le=2**40)]


class NotIn(Schema):
    """Why a ballot stays outside. ``kind``: length, form, election, roll, repeated, too many,
    signature or proofs."""

    kind: str
    error: str


class HeadOut(Schema):
    """The hash of the archive's last event, and how many ballots it held, by this entry."""

    head: str
    ballots: int
    entry: int
    time: int


class BoxOut(Schema):
    """The box of an election. ``asked``: its JSON text; ``phi``: its fingerprint. ``before``: the
    hash of what is shuffled or decrypted next. ``closed``: ms; ``counted``: how many ballots count,
    then. ``whole``: whether the result is stated. ``void``: few, trustees, or empty. ``keys``: the
    record's, with the first of which promises are signed."""

    election: int
    register_number: int
    asked: str
    phi: str
    needed: int
    heads: list[HeadOut]
    closed: int | None
    tally: str
    counted: int
    before: str
    shuffles: list[PartOut]
    decryptions: list[PartOut]
    whole: bool
    void: str
    keys: list[str]


_NONE: dict[int, Any] = {404: Problem, 422: Misread, 503: Problem}


@router.post(
    "/ballots/{number}",
    response={400: Problem, 404: Problem, 409: NotIn, 413: Problem, 422: Misread, 503: Problem},
    summary="Cast a ballot",
    openapi_extra={
        "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
        "responses": {
            200: {
                "description": "The promise: a note, signed with the record's key, that the ballot "
                "goes in with the next batch.",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            }
        },
    },
)
def cast_ballot(request: HttpRequest, response: HttpResponse, number: Path[Number]) -> Any:
    """Casts an encrypted ballot, in the form of its election. Casting the same again gives the
    promise again; after a 503, do so when `Retry-After` says. Send no cookie and no token: nobody
    asks who you are."""
    try:
        data = request.body
    except RequestDataTooBig:
        return 413, {"error": "It is longer than any ballot."}
    except UnreadablePostError:
        return 400, {"error": "It ended before it was whole. Cast it again: it counts once."}
    if len(data) > MAX_BYTES:
        return 413, {"error": "It is longer than any ballot."}
    try:
        promise = cast(lane(), request.state, number, data)
    except Closed as closed:
        return 404, {"error": str(closed)}
    except NotAdmitted as outside:
        return 409, {"kind": outside.kind, "error": str(outside)}
    except Busy as busy:
        response["Retry-After"] = str(busy.seconds)
        return 503, {"error": str(busy)}
    except Halted as halted:
        return 503, {"error": str(halted)}
    return HttpResponse(promise, content_type="text/plain; charset=utf-8")


@router.get("/ballots/{number}", response={200: BoxOut} | _NONE, summary="A ballot box")
def box(request: HttpRequest, number: Path[Number]) -> Any:
    """What the record says of the box of this election."""
    found = request.state.secret.boxes.get(number)
    if found is None:
        return _no_box(number)
    return _shown(found) | {"keys": in_force(lane().place, request.state)}


@router.get(
    "/ballots/{number}/election",
    response=_NONE,
    summary="What is asked",
    openapi_extra={
        "responses": {
            200: {
                "description": "The election in the Belenios format.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        }
    },
)
def asked(request: HttpRequest, number: Path[Number]) -> Any:
    """The election, byte for byte as its fingerprint is made of it."""
    found = request.state.secret.boxes.get(number)
    if found is None:
        return _no_box(number)
    return HttpResponse(found.asked.encode(), content_type="application/json")


@router.get(
    "/ballots/{number}/archive",
    response=_NONE,
    summary="The whole box",
    openapi_extra={
        "responses": {
            200: {
                "description": "The archive that `quorate ballots verify` takes, as far as it has "
                "come.",
                "content": {"application/x-tar": {"schema": {"type": "string"}}},
            }
        }
    },
)
def whole(request: HttpRequest, number: Path[Number]) -> Any:
    """Everything in the box, for anyone to verify."""
    if number not in request.state.secret.boxes:
        return _no_box(number)
    try:
        pieces = archive(request.state, number)
        first = next(pieces)
    except NotWhole as error:
        return 503, {"error": f"The box is not whole on this server: {error}."}

    def content() -> Any:
        yield first
        yield from pieces

    name = f'attachment; filename="election-{number}.bel"'
    return StreamingHttpResponse(
        content(), content_type="application/x-tar", headers={"Content-Disposition": name}
    )


def _no_box(number: int) -> tuple[int, dict[str, str]]:
    return 404, {"error": f"There is no ballot box of election {number}."}


def _shown(found: Box) -> dict[str, Any]:
    return {
        "election": found.election,
        "register_number": found.register,
        "asked": found.asked,
        "phi": found.phi,
        "needed": found.rules.needed,
        "heads": [head._asdict() for head in found.heads],
        "closed": found.closed,
        "tally": found.tally,
        "counted": found.counted,
        "before": found.last,
        "shuffles": parts_out(found.shuffles),
        "decryptions": parts_out(found.decryptions),
        "whole": found.whole,
        "void": found.void,
    }
