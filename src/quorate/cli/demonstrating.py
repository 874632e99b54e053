"""`quorate demo`: the demo organisation, to the middle of its year, to a secret vote at its
convention, to the opening of the box, or through the whole of the year."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from rich.progress import Progress

from quorate.chapters.calendar import DAY
from quorate.cli.opening import open_organisation, set_up
from quorate.cli.saying import as_json, err, out, wrong_call
from quorate.cli.serving import MOST_PORT, serve, settle_port
from quorate.demo.until import Until, opening
from quorate.store.place import DEMO_ORIGIN, SETTINGS, NoPlace, Place, make_place, open_place

_ORIGIN = re.compile(rf"harbour(-[0-9a-f]{{8}})?{re.escape(DEMO_ORIGIN)}")
MARK = ".whole"
"""The file that is written when a demo is made: how far it goes."""

_MARKS: dict[Until, str] = {"middle": "no", "vote": "vote", "opening": "opening", "end": "yes"}
_STANDS: dict[Until, str] = {
    "middle": "in the middle of its year",
    "vote": "made for a secret vote at its convention",
    "opening": "made for the opening of a ballot box",
    "end": "after its whole year",
}
_TO_TRY: dict[Until, str] = {
    "middle": "The page says what there is to try, and lends you delegates' voting keys.",
    "vote": "Its convention elects the committee by secret ballot, for half an hour from when it "
    "was made.\nVote as a delegate: the page lends you their voting keys. Afterwards two trustees "
    "open the box.",
    "opening": "Its convention has voted by secret ballot. Now tellers enter the papers, and two "
    "trustees open the box: the page lends you their files.",
    "end": "The page says what there is to look at.",
}


def demo(
    whole: Annotated[bool, typer.Option("--whole", help="The whole year, not half of it.")] = False,
    until: Annotated[
        Until,
        typer.Option(
            help="How far: half of the year, a secret vote, the opening of its box, the whole year."
        ),
    ] = "middle",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make it.")] = False,
    directory: Annotated[
        Path, typer.Option("--dir", help="Where; made if it is not there.")
    ] = Path("demo"),
    port: Annotated[int, typer.Option(help="Port.", min=0, max=MOST_PORT)] = 8000,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Makes a demo organisation of 1,200 members and serves it."""
    settle_port(port)
    until = "end" if whole else until
    there = found(directory)
    if there == "another":
        said = f"{directory} is another organisation's. Name another folder with --dir."
        wrong_call(said, as_object=json)
    if there in _STANDS and until not in ("middle", there):
        wrong_call(
            f"{directory} holds the demo {_STANDS[there]}. Remove the folder, or name another "
            "with --dir.",
            as_object=json,
        )
    if there == "a part":
        err.print(f"The demo in {directory} was never finished: it is made anew.", markup=False)
        shutil.rmtree(directory)
    if there in ("nothing", "a part"):
        try:
            place = make_place(directory, _new_origin())
        except NoPlace as error:
            wrong_call(str(error), as_object=json)
        entries = _make(directory, place, until)
        (directory / MARK).write_text(_MARKS[until], "utf-8")
        said = f"The demo stands in {directory}, with {entries:,} entries."
    else:
        until = cast(Until, there)
        state = open_organisation(directory).now().state
        entries = state.size
        if not no_serve:
            from quorate.cli.demo_witnesses import back_to_work

            back_to_work(directory, state)
        said = f"{directory} holds the demo already, {_STANDS[until]}, with {entries:,} entries."
    if json:
        origin = open_place(directory).origin
        as_json({"folder": str(directory), "entries": entries, "origin": origin})
    else:
        out.print(said, markup=False)
    if not no_serve:
        out.print(f"Sign in as anybody at http://127.0.0.1:{port}/play", markup=False)
        out.print(_TO_TRY[until], markup=False)
        serve(directory, port=port, host="127.0.0.1", workers=1)


def _new_origin() -> str:
    """A record's name for each demo: a browser takes no second record of one name for the first."""
    return f"harbour-{secrets.token_hex(4)}{DEMO_ORIGIN}"


def found(directory: Path) -> Literal["nothing", "a part", "another"] | Until:
    """What a folder holds: a demo is whole in itself only with the mark that is made last."""
    if not (directory / SETTINGS).exists():
        return "nothing"
    try:
        if not _ORIGIN.fullmatch(open_place(directory).origin):
            return "another"
    except NoPlace:
        return "another"
    mark = directory / MARK
    if not mark.exists():
        return "a part"
    said = mark.read_text("utf-8")
    return next((until for until, mark in _MARKS.items() if mark == said), "middle")


def _make(directory: Path, place: Place, until: Until) -> int:
    set_up(directory)
    from django.core.management import call_command

    from quorate.cli.demo_witnesses import set_to_work
    from quorate.demo import lending, story
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store.lane import Lane

    call_command("migrate", verbosity=0)
    now = time.time_ns() // 1_000_000
    clock = StoryClock(opening(now, until) - 200 * DAY)
    telling = Telling(Lane(place, clock), clock)
    at_work = set_to_work(directory, place.verifier_keys)
    chapters = story.chapters(telling, place.origin, at_work, now, until)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("", total=len(chapters))
        for title, tell in chapters:
            bar.update(task, description=title)
            tell()
            bar.advance(task)
    if until != "end":
        lending.lend(telling, directory)
    return telling.state.size
