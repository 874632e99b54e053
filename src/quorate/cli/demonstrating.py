"""`quorate demo`: the demo organisation, to the middle of its year or through the whole of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import Progress

from quorate.chapters.calendar import DAY
from quorate.cli.opening import open_organisation, set_up
from quorate.cli.saying import as_json, err, out, wrong_call
from quorate.cli.serving import MOST_PORT, serve, settle_port
from quorate.store.place import SETTINGS, NoPlace, Place, make_place, open_place

ORIGIN = "harbour.demo.invalid"
MARK = ".whole"
"""The file that is written when a demo is made: "yes" for the whole year, "no" for half of it."""


def demo(
    whole: Annotated[bool, typer.Option("--whole", help="The whole year, not half of it.")] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make it.")] = False,
    directory: Annotated[
        Path, typer.Option("--dir", help="Where; made if it is not there.")
    ] = Path("demo"),
    port: Annotated[int, typer.Option(help="Port.", min=0, max=MOST_PORT)] = 8000,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Makes a demo organisation of 1,200 members and serves it."""
    settle_port(port)
    there = found(directory)
    if there == "another":
        said = f"{directory} is another organisation's. Name another folder with --dir."
        wrong_call(said, as_object=json)
    if there == "half" and whole:
        wrong_call(
            f"{directory} holds the demo in the middle of its year. Remove the folder, or name "
            "another with --dir.",
            as_object=json,
        )
    if there == "a part":
        err.print(f"The demo in {directory} was never finished: it is made anew.", markup=False)
        shutil.rmtree(directory)
    if there in ("nothing", "a part"):
        try:
            place = make_place(directory, ORIGIN)
        except NoPlace as error:
            wrong_call(str(error), as_object=json)
        entries = _make(directory, place, whole)
        (directory / MARK).write_text("yes" if whole else "no", "utf-8")
        said = f"The demo stands in {directory}, with {entries:,} entries."
    else:
        state = open_organisation(directory).now().state
        entries = state.size
        if not no_serve:
            from quorate.cli.demo_witnesses import back_to_work

            back_to_work(directory, state)
        year = "after its whole year" if there == "whole" else "in the middle of its year"
        said = f"{directory} holds the demo already, {year}, with {entries:,} entries."
    if json:
        as_json({"folder": str(directory), "entries": entries, "origin": ORIGIN})
    else:
        out.print(said, markup=False)
    if not no_serve:
        out.print(f"Sign in as anybody at http://127.0.0.1:{port}/play", markup=False)
        serve(directory, port=port, host="127.0.0.1", workers=1)


def found(directory: Path) -> Literal["nothing", "a part", "half", "whole", "another"]:
    """What a folder holds: a demo is whole in itself only with the mark that is made last."""
    if not (directory / SETTINGS).exists():
        return "nothing"
    try:
        if open_place(directory).origin != ORIGIN:
            return "another"
    except NoPlace:
        return "another"
    mark = directory / MARK
    if not mark.exists():
        return "a part"
    return "whole" if mark.read_text("utf-8") == "yes" else "half"


def _make(directory: Path, place: Place, whole: bool) -> int:
    set_up(directory)
    from django.core.management import call_command

    from quorate.cli.demo_witnesses import set_to_work
    from quorate.demo import (
        convention,
        founding,
        gone,
        leaders,
        lives,
        trustees,
        voting_keys,
        witnesses,
        year,
    )
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store.lane import Lane

    call_command("migrate", verbosity=0)
    now = time.time_ns() // 1_000_000
    opens = now - 4 * DAY if whole else now + 42 * DAY
    clock = StoryClock(opens - 200 * DAY)
    telling = Telling(Lane(place, clock), clock)
    at_work = set_to_work(directory, place.verifier_keys)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("Founding", lambda: founding.found(telling, ORIGIN)),
        ("Witnesses are named", lambda: witnesses.name_them(telling, at_work)),
        ("The convention is called", lambda: year.call(telling, opens)),
        ("Trustees are named", lambda: trustees.name_them(telling)),
        ("They make their keys", lambda: trustees.make_keys(telling)),
        ("Members write", lambda: year.write(telling)),
        ("Some join in a hurry", lambda: lives.join_before_the_cut_off(telling)),
        ("Rolls are attested", lambda: year.attest(telling)),
        ("Members come and go", lambda: lives.come_and_go(telling)),
        ("Others write too", lambda: year.write_more(telling)),
        ("A text is erased", lambda: gone.erased(telling)),
        ("Delegates are elected", lambda: year.elect_delegates(telling)),
        ("Ties are settled by lot", lambda: year.settle_ties(telling)),
        ("Guests are invited", lambda: year.invite(telling)),
        ("Proposals are seconded", lambda: year.second(telling)),
        ("The committee answers", lambda: year.answer(telling, 1)),
        ("Some claim voting keys", lambda: voting_keys.claim(telling, 60)),
    ]
    if whole:
        steps += [
            ("More answers", lambda: year.answer(telling, 2)),
            ("The agenda is drawn", lambda: convention.draw(telling)),
            ("Alternates step in", lambda: convention.step_in(telling)),
            ("Others claim theirs", lambda: voting_keys.claim(telling)),
            ("Delegates gather", lambda: convention.gather(telling)),
            ("The roll of keys is made", lambda: trustees.make_the_roll(telling)),
            ("The convention decides", lambda: convention.decide(telling)),
            ("The convention elects", lambda: leaders.elect(telling)),
            ("Decisions are handed over", lambda: convention.hand_over(telling)),
            ("It closes", lambda: convention.close(telling)),
            ("The first is carried out", lambda: convention.report(telling)),
        ]
    steps.append(("Until today", lambda: lives.until_today(telling, now)))
    steps.append(("Witnesses sign", lambda: witnesses.cosign(telling)))
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("", total=len(steps))
        for title, step in steps:
            bar.update(task, description=title)
            step()
            bar.advance(task)
    return telling.state.size
