"""`quorate rules`: a rulebook read, checked and explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.saying import REFUSED, as_json, err, out, refused, wrong_call
from quorate.rulebook.explain import standing_orders
from quorate.rulebook.reading import PRESETS, FaultyRulebook, preset, read_rulebook

app = typer.Typer(help="Reads a rulebook.", no_args_is_help=True)

File = Annotated[str, typer.Argument(help=f"A TOML file, or one of: {', '.join(PRESETS)}.")]


def rules_text(name: str) -> str:
    """The TOML text of a preset or a file. Ends the command if there is none."""
    if name in PRESETS:
        return preset(name)
    path = Path(name)
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        wrong_call(f"{name} is not a text in UTF-8.")
    except OSError as error:
        wrong_call(f"{name}: {error.strerror}. The presets are {', '.join(PRESETS)}.")


@app.command()
def explain(file: File) -> None:
    """Prints the rulebook as standing orders in plain words."""
    try:
        rulebook = read_rulebook(rules_text(file))
    except FaultyRulebook as error:
        refused("\n".join(f"{fault.path}: {fault.what}" for fault in error.faults))
    for chapter in standing_orders(rulebook):
        out.print(f"\n{chapter.title}", style="bold", markup=False)
        for number, clause in enumerate(chapter.clauses, 1):
            out.print(f"  {number}. {clause.sentence}", markup=False)
            out.print(f"     {clause.path}", style="dim", markup=False)


@app.command()
def check(
    file: File, json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Checks the rulebook: its shape, and that it does not contradict itself."""
    try:
        rulebook = read_rulebook(rules_text(file))
    except FaultyRulebook as error:
        faults = [{"path": fault.path, "what": fault.what} for fault in error.faults]
        if json:
            as_json({"ok": False, "faults": faults})
        for fault in error.faults:
            err.print(f"{fault.path}: {fault.what}", markup=False)
        raise typer.Exit(REFUSED) from None
    if json:
        as_json({"ok": True, "faults": []})
    else:
        out.print(f"The rulebook of {rulebook.organisation.name} can stand.", markup=False)
