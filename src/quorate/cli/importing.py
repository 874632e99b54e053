"""`quorate import`: regions, branches, members and officers from CSV; motions; ballots."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quorate.chapters.clause import FOUNDER, Refusal
from quorate.cli.opening import open_organisation
from quorate.cli.saying import as_json, err, out, refused, wrong_call
from quorate.organisation import BadAct

if TYPE_CHECKING:
    from quorate.store.handing_in import HandedIn
    from quorate.store.lane import Lane
    from quorate.store.recorded import Failure


def import_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    kind: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="regions, branches, members, officers, bulletin or ballots."
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV; Markdown; .blt.")],
    member: Annotated[str, typer.Option("--as", help="Who imports.")] = "founder",
    election: Annotated[int, typer.Option(help="For ballots: the election's number.")] = 0,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would happen.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Imports a file, all of it or nothing; with --preview it only says what is wrong with it."""
    lane = open_organisation(folder)
    from quorate.store import papers, rows, texts_in
    from quorate.store.called import NotOne, member_called
    from quorate.store.clock import ClockJumped
    from quorate.store.recorded import Recorded, Stopped

    try:
        state = lane.now().state
        actor = FOUNDER if member == FOUNDER else member_called(lane.place, state, member)
    except NotOne as error:
        wrong_call(f"--as: {error}", as_object=json)
    try:
        data = file.read_bytes()
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}", as_object=json)
    try:
        lines, faults = _read(lane, kind, file.name, data, actor, election)
    except (rows.NotATable, texts_in.NoTexts, papers.NoPapers) as error:
        wrong_call(f"{file}: {error}", as_object=json)
    except BadAct as error:
        wrong_call(f"{file}: {_why(error)}", as_object=json)
    answer: list[Recorded] | Stopped = []
    try:
        if not faults:
            acts = [line.handed_in for line in lines]
            answer = lane.try_together(acts) if preview else lane.submit_together(acts)
    except ClockJumped as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    if isinstance(answer, Stopped):
        faults = [f"{lines[answer.place].where}: {_why(answer.because)}"]
    if faults:
        for fault in faults:
            err.print(fault, markup=False)
        refused(
            "Nothing was imported. Mend what is wrong, then import the whole file again.",
            as_object={"lines": len(lines), "bad": faults, "imported": 0} if json else None,
        )
    assert isinstance(answer, list)
    if preview:
        if json:
            as_json({"lines": len(lines), "bad": [], "imported": 0})
        else:
            out.print(f"{len(lines)} can be imported. Run it again without --preview.")
        return
    made = [
        {"entry": recorded.sequence, **rows.told(line.handed_in)}
        for line, recorded in zip(lines, answer, strict=True)
    ]
    if json:
        as_json({"imported": len(made), "made": made, "refused": []})
    else:
        for one in made:
            out.print("  ".join(str(value) for value in one.values()), markup=False)
        out.print(f"{len(made)} imported. The first column is the entry in the record.")
        if kind == "ballots" and made:
            out.print("Another teller counts the papers by hand, then: elections.end_papers.")


@dataclass(frozen=True, slots=True)
class _Line:
    """One act of the import. ``where``: where in the file it stands, for a person."""

    where: str
    handed_in: HandedIn


def _read(
    lane: Lane, kind: str, name: str, data: bytes, by: str, election: int
) -> tuple[list[_Line], list[str]]:
    """The acts that import the file; or none, and what is wrong with which line of it."""
    from quorate.store import papers, rows, texts_in

    state = lane.now().state
    if kind == "bulletin":
        acts = texts_in.acts(name, data, by)
        return [_Line(f"text {number}", act) for number, act in enumerate(acts, 1)], []
    if kind == "ballots":
        acts = papers.acts(state, election, data, by)
        return [
            _Line(f"part {number} of the papers", act) for number, act in enumerate(acts, 1)
        ], []
    found = rows.preview(lane.place, state, kind, data)
    if found.bad:
        return [], [f"line {row.line}: {'; '.join(row.faults)}" for row in found.bad]
    acts = rows.acts(lane.place, state, found, by)
    where = [f"line {row.line}" for row in found.good]
    return [_Line(*line) for line in zip(where, acts, strict=True)], []


def _why(because: Refusal | Failure) -> str:
    """Why an act of the import was not taken; for a refusal, by which rule."""
    if isinstance(because, Refusal):
        return f"{because.because} [{because.rule}] {because.instead}"
    if isinstance(because, BadAct):
        return "; ".join(f"{fault.field}: {fault.what}" for fault in because.faults)
    return str(because)
