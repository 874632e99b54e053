"""Reading the record and the state, at addresses that stay."""

from __future__ import annotations

import re
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BeforeValidator, Field

from quorate.chapters.fields import LATEST
from quorate.chapters.membership.suspensions import to_come
from quorate.rulebook.reading import tables_of
from quorate.store import checkpoints
from quorate.store import entries as recorded
from quorate.store.receipts import NoEntry, receipt_for
from quorate.store.record_keys import in_force
from quorate.web.api import registers, shown, shown_year
from quorate.web.api import shown_shapes as shapes
from quorate.web.api.answers import Misread, Problem
from quorate.web.lane import lane, leaves

PAGE = 500

router = Router()
ERRORS: dict[int, Any] = {401: Problem, 422: Misread, 503: Problem}
"""What any address may answer with besides what it shows."""

ONE: dict[int, Any] = ERRORS | {404: Problem}
"""What an address of one thing may answer with besides the thing."""


def _digits(given: Any) -> Any:
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{1,15}", given):
        raise ValueError("expected a whole number, in digits")
    return given


Place = Annotated[int, Field(ge=0, le=2**40), BeforeValidator(_digits)]
Moment = Annotated[int, Field(ge=0, le=LATEST), BeforeValidator(_digits)]
"""ms since 1970."""

Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,8}$")]
Number = Annotated[int, Field(ge=1, le=2**40), BeforeValidator(_digits)]


@router.get("/me", response={200: shapes.MeOut} | ERRORS, summary="Who is asking")
def me(request: HttpRequest) -> dict[str, Any]:
    """The member in whose name the call is made."""
    member = request.state.membership.members[request.auth]
    return {
        "member": member.id,
        "branch": member.branch,
        "standing": member.standing,
        "suspended_from": to_come(request.state, member.id),
    }


@router.get("/record", response={200: shapes.RecordOut} | ERRORS, summary="Where the record stands")
def record(request: HttpRequest) -> dict[str, Any]:
    """The latest checkpoint: origin, size, the signed note, and the keys that it is signed with:
    the first of Ed25519, a second of ML-DSA-44."""
    last = checkpoints.latest()
    size, note = (last.size, last.note) if last else (0, "")
    place = lane().place
    keys = in_force(place, request.state)
    return {
        "origin": place.origin,
        "size": size,
        "checkpoint": note,
        "key": keys[0],
        "keys": list(keys),
    }


@router.get(
    "/record/entries", response={200: shapes.EntriesOut} | ERRORS, summary="Entries, in order"
)
def entries(request: HttpRequest, start: Query[Place] = 0) -> dict[str, Any]:
    """Up to 500 entries from ``start``, each as its canonical text."""
    found = recorded.between(start, start + PAGE)
    return {"start": start, "entries": [data.decode() for _, data in found]}


@router.get(
    "/record/entries/{sequence}/receipt",
    response=ONE,
    summary="The receipt of an entry",
    openapi_extra={
        "responses": {
            200: {
                "description": "The receipt, to be kept as a file.",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            }
        }
    },
)
def entry_receipt(request: HttpRequest, sequence: Path[Place]) -> Any:
    """The receipt for an entry, as text, without the texts that the entry commits to."""
    try:
        text = receipt_for(lane().place, request.state, leaves(), sequence, own=False)
    except NoEntry:
        return 404, {"error": f"There is no entry {sequence}."}
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@router.get(
    "/rulebook", response={200: shapes.RulebookOut} | ERRORS, summary="The rulebook in force"
)
def rulebook(request: HttpRequest) -> dict[str, Any]:
    """The rulebook as tables, with its version."""
    state = request.state
    return {"version": len(state.founding.versions), "rules": tables_of(state.rules)}


@router.get("/branches", response={200: list[shapes.BranchOut]} | ERRORS, summary="The branches")
def branches(request: HttpRequest) -> list[dict[str, Any]]:
    """Every branch with the number of its members."""
    return shown.branches(request.state)


@router.get("/branches/{code}", response={200: shapes.OneBranchOut} | ONE, summary="A branch")
def branch(request: HttpRequest, code: Path[Code]) -> Any:
    """A branch with its latest frozen roll and the challenges to it."""
    found = shown_year.branch(request.state, code)
    return found if found is not None else (404, {"error": f"There is no branch {code}."})


@router.get("/offices", response={200: list[shapes.HoldingOut]} | ERRORS, summary="The offices")
def offices(request: HttpRequest) -> list[dict[str, Any]]:
    """Who holds which post and body's seat now."""
    return shown.offices(request.state)


@router.get(
    "/contributions",
    response={200: shapes.ContributionsOut} | ERRORS,
    summary="The bulletin's contributions",
)
def contributions(request: HttpRequest) -> dict[str, Any]:
    """Every contribution with its title and where it stands."""
    return {"at": request.state.size, "contributions": shown.contributions(request.state)}


@router.get(
    "/contributions/{number}",
    response={200: shapes.ContributionOut} | ONE,
    summary="A contribution",
)
def contribution(request: HttpRequest, number: Path[Number]) -> Any:
    """A contribution with its texts, versions, seconders and answer."""
    return _one(shown.contribution(request.state, number), "contribution", number)


@router.get(
    "/conventions", response={200: list[shapes.ConventionLine]} | ERRORS, summary="The conventions"
)
def conventions(request: HttpRequest) -> list[dict[str, Any]]:
    """Every convention that was ever called."""
    return shown.conventions(request.state)


@router.get(
    "/conventions/{number}", response={200: shapes.ConventionOut} | ONE, summary="A convention"
)
def convention(request: HttpRequest, number: Path[Number]) -> Any:
    """A convention: dates, agenda, outcomes, presence."""
    return _one(shown.convention(request.state, number), "convention", number)


@router.get(
    "/conventions/{number}/seats",
    response={200: shapes.SeatsOut} | ONE,
    summary="A convention's seats",
)
def seats(request: HttpRequest, number: Path[Number]) -> Any:
    """Who sits in each seat, who comes next, and who the guests are, once seats are shared out."""
    return _one(shown_year.seats(request.state, number), "apportioned convention", number)


@router.get("/draws", response={200: list[shapes.DrawOut]} | ERRORS, summary="The lots")
def draws(request: HttpRequest) -> list[dict[str, Any]]:
    """Every lot, with what its seed was made of."""
    return shown_year.draws(request.state)


@router.get(
    "/registers",
    response={200: list[registers.RegisterOut]} | ERRORS,
    summary="Registers of voting keys",
)
def all_registers(request: HttpRequest) -> list[dict[str, Any]]:
    """Every register of voting keys, with what its trustees sent and what was claimed."""
    return registers.registers(request.state)


@router.get(
    "/registers/{number}",
    response={200: registers.RegisterOut} | ONE,
    summary="A register of voting keys",
)
def register(request: HttpRequest, number: Path[Number]) -> Any:
    """A register of voting keys."""
    return _one(registers.register(request.state, number), "register", number)


@router.get(
    "/registers/{number}/file",
    response=ONE,
    summary="A register's file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file that `quorate ballots verify` takes, a line for each "
                "part, as far as the register has come.",
                "content": {"application/jsonl": {"schema": {"type": "string"}}},
            }
        }
    },
)
def register_file(request: HttpRequest, number: Path[Number]) -> Any:
    """All of a register, for anyone to verify: trustees, claims, shuffles, decryptions, roll."""
    found = registers.file(request.state, number)
    if found is None:
        return 404, {"error": f"There is no whole register {number} on this server."}
    return HttpResponse(found, content_type="application/jsonl")


@router.get("/tasks", response={200: list[shapes.TaskOut]} | ERRORS, summary="Decisions to do")
def tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """What was adopted or referred, with its owner, its date and the reports."""
    return shown_year.tasks(request.state)


@router.get("/votes", response={200: list[shapes.VoteLine]} | ERRORS, summary="Votes of the floor")
def votes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every vote of the floor, open or closed."""
    return shown.votes(request.state)


@router.get("/votes/{number}", response={200: shapes.VoteOut} | ONE, summary="A vote of the floor")
def vote(request: HttpRequest, number: Path[Number]) -> Any:
    """A vote of the floor; its tally and roll call once it has closed, nothing of it before."""
    return _one(shown.vote(request.state, number), "vote", number)


@router.get(
    "/elections", response={200: list[shapes.ElectionLine]} | ERRORS, summary="The elections"
)
def elections(request: HttpRequest) -> list[dict[str, Any]]:
    """Every election, of branches and of the convention."""
    return shown.elections(request.state)


@router.get("/elections/{number}", response={200: shapes.ElectionOut} | ONE, summary="An election")
def election(request: HttpRequest, number: Path[Number]) -> Any:
    """An election; its ballots and result once counted, nothing of them before."""
    return _one(shown.election(request.state, number), "election", number)


def _one(found: dict[str, Any] | None, what: str, number: int) -> Any:
    return found if found is not None else (404, {"error": f"There is no {what} {number}."})
