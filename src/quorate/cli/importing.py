"""`quorate import`: regions, branches, members and officers from CSV; motions; ballots."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.opening import open_organisation
from quorate.cli.saying import as_json, err, out, refused, wrong_call


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
    from quorate.store.handing_in import HandedIn
    from quorate.store.lane import Recorded
    from quorate.store.people import find_member

    actor = find_member(lane, member)
    if actor is None:
        wrong_call(f"There is no member {member}.", as_object=json)
    try:
        data = file.read_bytes()
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}", as_object=json)
    state = lane.now().state
    acts: list[HandedIn]
    faults: list[str] = []
    try:
        if kind == "bulletin":
            acts = texts_in.acts(file.name, data, actor)
        elif kind == "ballots":
            acts = papers.acts(state, election, data, actor)
        else:
            found = rows.preview(lane.place, state, kind, data)
            faults = [f"line {row.line}: {'; '.join(row.faults)}" for row in found.bad]
            acts = [] if found.bad else rows.acts(lane.place, state, found, actor)
    except (rows.NotATable, texts_in.NoTexts, papers.NoPapers) as error:
        wrong_call(f"{file}: {error}", as_object=json)
    if faults or preview:
        if json:
            as_json({"lines": len(acts) + len(faults), "bad": faults, "imported": 0})
        for fault in faults:
            err.print(fault, markup=False)
        if faults:
            refused(f"{len(faults)} lines cannot be imported, so nothing was. Mend them first.")
        if not json:
            out.print(f"{len(acts)} can be imported. Run it again without --preview.")
        return
    answers = lane.submit_all(acts)
    failed = [answer for answer in answers if not isinstance(answer, Recorded)]
    made = [
        {"entry": answer.sequence, **rows.told(handed_in)}
        for handed_in, answer in zip(acts, answers, strict=True)
        if isinstance(answer, Recorded)
    ]
    if json:
        as_json({"imported": len(made), "made": made, "refused": [f.because for f in failed]})
    else:
        for one in made:
            out.print("  ".join(str(value) for value in one.values()), markup=False)
        out.print(f"{len(made)} imported. The first column is the entry in the record.")
        if kind == "ballots" and made:
            out.print("Another teller counts the papers by hand, then: elections.end_papers.")
    if failed:
        refused(f"{len(failed)} were refused; the first: {failed[0].because} [{failed[0].rule}]")
