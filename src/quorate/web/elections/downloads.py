"""The count sheet of an election and its published ballots, as files to take away and check."""

from __future__ import annotations

import json
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from quorate.chapters.elections.counting import contest, count_sheet, seed_of
from quorate.chapters.elections.remembers import Election
from quorate.chapters.state import State
from quorate.count.csv_sheet import as_csv
from quorate.count.files.nobodys import as_counted
from quorate.count.files.writing import CannotWrite, write
from quorate.count.papers import Election as Counted
from quorate.count.papers import NotCountable
from quorate.count.report import Report, report
from quorate.count.sheet import Sheet, to_json
from quorate.texts.count_print import count_pdf
from quorate.web import names
from quorate.web.elections.naming import named_sheet
from quorate.web.press import printed


def sheet_csv(request: HttpRequest, number: int) -> HttpResponse:
    """A row a candidate, a column a stage."""
    _, sheet = _declared(request.state, number)
    return _file(as_csv(sheet), "text/csv; charset=utf-8", f"election-{number}.csv")


def sheet_json(request: HttpRequest, number: int) -> HttpResponse:
    """The whole sheet, as `quorate count --json` prints it, with the lot's seed."""
    found, sheet = _declared(request.state, number)
    seed = seed_of(request.state, found)
    told = to_json(sheet) | {"election": found.number, "seed": seed.hex() if seed else None}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    return _file(text, "application/json", f"election-{number}.json")


def sheet_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The same as the page says, for printing."""
    name = f"election-{number}.pdf"
    return printed(request, partial(_in_print, request.state, number), count_pdf, name)


def _in_print(state: State, number: int) -> Report:
    _, sheet = _declared(state, number)
    return report(sheet)


def ballots_blt(request: HttpRequest, number: int) -> HttpResponse:
    """The published ballots, for this and other software to count again. Where places are reserved
    for a group, it stands beside the names of who is of it, as a party would."""
    found, sheet = _declared(request.state, number)
    counted = contest(found)
    if counted.sums is not None:
        raise Http404("Only sums came out of this box: nobody has its ballots decrypted.")
    papers = tuple(as_counted(found.count, len(sheet.candidates), counted.papers))
    election = Counted(sheet.title, counted.seats, sheet.candidates, counted.withdrawn, papers)
    try:
        text = write(election, "blt", _groups(found))
    except (CannotWrite, NotCountable) as error:
        raise Http404(f"There is no file of these ballots: {error}.") from None
    return _file(text, "text/plain; charset=utf-8", f"election-{number}.blt")


def _groups(found: Election) -> tuple[str, ...]:
    """Parallel to the candidates: the group for which places are reserved, "" for others."""
    if found.terms.reserved is None:
        return ()
    return tuple(found.terms.group if one.of_group else "" for one in found.standing)


def _declared(state: State, number: int) -> tuple[Election, Sheet]:
    """A declared election and its sheet, with names."""
    found = state.elections.elections.get(number)
    if found is None or found.result is None:
        raise Http404(f"There is no result of election {number}.")
    names.remember(state, [candidate.member for candidate in found.candidates])
    return found, named_sheet(state, found, count_sheet(state, found))


def _file(content: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
