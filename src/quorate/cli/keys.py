"""`quorate key`: the keys with which the record is signed, made and changed on the server."""

from __future__ import annotations

from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, Annotated

import typer

from quorate.chapters.clause import FOUNDER
from quorate.cli.opening import open_organisation
from quorate.cli.saying import as_json, out, refused, wrong_call

if TYPE_CHECKING:
    from quorate.store.lane import Lane

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")]
As = Annotated[
    str, typer.Option("--as", help="Who acts: a member's name, e-mail address or pseudonym.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _key() -> None:
    """The keys that sign the record, and how they are changed."""


@app.command("new")
def new(folder: Folder, json: Json = False) -> None:
    """Makes the keys that are to sign the record next. Nothing is signed with them yet.

    Done again it says which they are, and makes no others.
    """
    lane = open_organisation(folder)
    from quorate.record import keeper
    from quorate.store import record_keys

    seeds = [token_bytes(32) for _ in keeper.KINDS]
    try:
        _settled(lane)
        public = record_keys.make_next(lane.place, seeds)
    except (record_keys.NoNextKeys, OSError) as error:
        refused(f"No keys were made: {error}", as_object={"error": str(error)} if json else None)
    if json:
        as_json({"keys": list(public)})
        return
    out.print(
        f"The next keys are in {folder}/keys/next.key. Keep a copy elsewhere. Their public ones:",
        markup=False,
    )
    for key in public:
        typer.echo(key)
    out.print(f"Then: quorate key rotate {folder} --as MEMBER", markup=False)


@app.command("rotate")
def rotate(folder: Folder, member: As = FOUNDER, json: Json = False) -> None:
    """The record is signed with the next keys from now on, and the old ones sign that."""
    _change(folder, member, "keys.rotate", json=json)


@app.command("replace")
def replace(folder: Folder, member: As = FOUNDER, json: Json = False) -> None:
    """The keys are lost, or nobody believes them: the next keys take their place without them.

    It is shown for ever that the old ones did not sign. The witnesses that the rulebook asks for
    have to have cosigned the record as it is.
    """
    _change(folder, member, "keys.replace", json=json)


def _change(folder: Path, member: str, name: str, *, json: bool) -> None:
    lane = open_organisation(folder)
    from quorate.organisation import BadAct
    from quorate.store.called import NotOne, member_called
    from quorate.store.halted import Halted
    from quorate.store.handing_in import hand_in
    from quorate.store.key_changes import CannotChange, fields
    from quorate.store.record_keys import NoNextKeys
    from quorate.store.recorded import Recorded

    try:
        before = _settled(lane)
    except (NoNextKeys, OSError) as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    try:
        state = lane.now().state
        actor = FOUNDER if member == FOUNDER else member_called(lane.place, state, member)
        answer = lane.submit(hand_in(name, fields(lane.place, state, name), actor))
    except NotOne as error:
        wrong_call(f"--as: {error}", as_object=json)
    except (CannotChange, BadAct) as error:
        said = f"{before}{error}"
        refused(said, as_object={"error": said} if json else None)
    except Halted as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    if not isinstance(answer, Recorded):
        said = f"{answer.because} [{answer.rule}] {answer.instead}"
        refused(said, as_object={"error": said} if json else None)
    try:
        _settled(lane)
    except OSError as error:
        told = (
            f"The change is recorded as entry {answer.sequence}, and {folder}/keys is not in order"
        )
        said = f"{told} yet: {error}. The next quorate key finishes it."
        refused(said, as_object={"error": said} if json else None)
    public = lane.standing.state.keys.now
    if json:
        as_json({"recorded": {"entry": answer.sequence, "time": answer.time}, "keys": list(public)})
        return
    out.print(f"Recorded as entry {answer.sequence}. The record is signed with:", markup=False)
    for key in public:
        typer.echo(key)
    out.print(
        f"Give them to the branches and to whoever keeps a witness: the receipt of entry "
        f"{answer.sequence} shows it to them. Make a backup, and a copy of {folder}/keys.",
        markup=False,
    )


def _settled(lane: Lane) -> str:
    """Finishes a change that is recorded and was not tidied, as after a power cut; says so."""
    from quorate.store import record_keys

    state = lane.now().state
    if not record_keys.tidy(lane.place, state) or not state.keys.changes:
        return ""
    entry = state.keys.changes[-1].entry
    return f"A change of the keys was recorded as entry {entry:,} before, and is finished now. "
