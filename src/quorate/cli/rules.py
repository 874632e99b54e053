"""`quorate rules`: a rulebook read, checked and explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quorate.cli.saying import REFUSED, as_json, err, out, refused, wrong_call
from quorate.cli.zones import unknown_zone
from quorate.rulebook.doubts import doubts
from quorate.rulebook.explain import standing_orders
from quorate.rulebook.reading import PRESETS, FaultyRulebook, preset, read_rulebook
from quorate.rulebook.schema import Rulebook

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


def checked(text: str) -> Rulebook:
    """The rulebook in a TOML text, its time zone looked up too. Raises FaultyRulebook."""
    rulebook = read_rulebook(text)
    if faults := unknown_zone(rulebook):
        raise FaultyRulebook(faults)
    return rulebook


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
    """Checks the rulebook: its shape, that it does not contradict itself, and what in it should be
    thought over."""
    try:
        rulebook = checked(rules_text(file))
    except FaultyRulebook as error:
        faults = [{"path": fault.path, "what": fault.what} for fault in error.faults]
        if json:
            as_json({"ok": False, "faults": faults, "doubts": []})
        for fault in error.faults:
            err.print(f"{fault.path}: {fault.what}", markup=False)
        raise typer.Exit(REFUSED) from None
    found = doubts(rulebook)
    if json:
        said = [{"path": doubt.path, "what": doubt.what} for doubt in found]
        as_json({"ok": True, "faults": [], "doubts": said})
    else:
        for doubt in found:
            out.print(f"To be thought over: {doubt.path}: {doubt.what}", markup=False)
        out.print(f"The rulebook of {rulebook.organisation.name} can stand.", markup=False)
