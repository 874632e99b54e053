"""`quorate restore`: a backup becomes a server's folder again; it is said before what is lost."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from quorate.cli import own_witness
from quorate.cli.checking import read_key
from quorate.cli.opening import set_up
from quorate.cli.saying import as_json, err, out, refused, wrong_call
from quorate.cli.telling_losses import losses_as_json, losses_in_words
from quorate.record import folder as exports
from quorate.store.aside import name_for

if TYPE_CHECKING:
    from quorate.store.backup_folder import Backup
    from quorate.store.losses import Losses
    from quorate.store.place import Place
    from quorate.store.restorable import Restorable
    from quorate.store.restoring import Restored


def restore(
    backup_folder: Annotated[Path, typer.Argument(metavar="OUT", help="A backup.")],
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The organisation's folder, or one to be made.")
    ],
    check: Annotated[
        bool,
        typer.Option("--check", help="Rehearse it, and say what would be lost; change nothing."),
    ] = False,
    lose: Annotated[
        int | None,
        typer.Option(help="So many entries may be lost: the number that --check says.", min=0),
    ] = None,
    newer: Annotated[
        Path | None,
        typer.Option(help="An export of the record that is newer than the backup: it is kept."),
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="The folder of the keys, if they are not in DIR/keys.")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(help='The address of an empty PostgreSQL; "" for SQLite in the folder.'),
    ] = None,
    key: Annotated[
        str, typer.Option(help="The record's public key, or its file, if it is not in DIR.")
    ] = "",
    seen: Annotated[
        list[Path] | None,
        typer.Option("--seen", help="A checkpoint that somebody kept, such as a witness."),
    ] = None,
    ask: Annotated[bool, typer.Option(help="Ask the witnesses what they have seen.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Restores a backup. What would be lost is said first, and has to be agreed to by its number.

    What is in DIR now is put aside, beside it, and nothing of it is deleted. DIR/witness stays.
    """
    from quorate.store.backup_folder import NoBackup, open_backup
    from quorate.store.following import BrokenRecord
    from quorate.store.place import NoPlace, hold, open_place
    from quorate.store.restorable import CannotRestore
    from quorate.store.there import Unreadable

    try:
        backup = open_backup(backup_folder)
        place = open_place(folder) if folder.exists() and any(folder.iterdir()) else None
        held = None if check or place is None else hold(folder, alone=True)
        record, would_be = _checked(backup, newer, place, read_key(key))
        settings = _settings(backup, place, database)
        _check_keys(keys or folder / "keys", would_be)
        losses = _losses(would_be, place, _texts(seen or []), ask=ask)
    except (NoBackup, NoPlace, exports.NoExport, Unreadable) as error:
        wrong_call(str(error), as_object=json)
    except CannotRestore as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    if not json:
        for sentence in losses_in_words(losses):
            out.print(sentence, markup=False)
    if not check and not losses.certain and lose != losses.entries:
        refused(
            "Nothing was restored. If that is to be lost, say so by its number: "
            f"--lose {losses.entries}",
            as_object={"restored": False, **losses_as_json(losses)} if json else None,
        )
    work = _Work(folder, backup, record, would_be, losses)
    try:
        done = work.rehearse(settings, keys) if check else work.restore(settings, keys)
    except (CannotRestore, BrokenRecord, Unreadable) as error:
        refused(f"Nothing was restored: {error}", as_object={"error": str(error)} if json else None)
    except OSError as error:
        wrong_call(f"Nothing was restored: {error}", as_object=json)
    del held
    _tell(done, losses, folder, check=check, json=json)


def _checked(
    backup: Backup, newer: Path | None, place: Place | None, key: str
) -> tuple[exports.Export, Restorable]:
    """The record that would be there, and what checking it came to. Raises CannotRestore."""
    from quorate.store.restorable import check_newer, check_record

    key = key or (
        "\n".join(place.verifier_keys) if place is not None else backup.record.verifier_key
    )
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True
    ) as bar:
        task = bar.add_task("Checking the record …")

        def show(done: int) -> None:
            bar.update(task, description=f"Checking the record: {done:,} entries")

        would_be = check_record(backup.record, key, show)
        if newer is None:
            return backup.record, would_be
        export = exports.open_export(newer)
        continued = check_record(export, key, show)
        check_newer(continued, would_be)
        return export, continued


def _settings(backup: Backup, place: Place | None, database: str | None) -> dict[str, str]:
    """The settings of the place, or else of the backup. Raises NoPlace, Unreadable.

    A database that holds a record is never written into.
    """
    from quorate.store.place import SETTINGS, read_settings

    settings = read_settings((backup.folder if place is None else place.folder) / SETTINGS)
    if database is not None:
        settings.pop("database", None)
        settings |= {"database": database} if database else {}
    return settings


def _check_keys(keys: Path, would_be: Restorable) -> None:
    from quorate.store.restorable import check_keys

    check_keys(keys, would_be)


def _texts(files: list[Path]) -> list[str]:
    try:
        return [file.read_text("utf-8") for file in files]
    except (OSError, UnicodeDecodeError) as error:
        wrong_call(str(error))


def _losses(would_be: Restorable, place: Place | None, seen: list[str], *, ask: bool) -> Losses:
    from quorate.store.losses import (
        Losses,
        ask_witnesses,
        hold_against_kept,
        hold_against_place,
    )
    from quorate.store.there import Unreadable, stands

    losses = Losses(would_be.levels.size)
    if place is not None:
        try:
            hold_against_place(stands(place, losses.kept), would_be, losses)
        except Unreadable as error:
            losses.unreadable = str(error)
    hold_against_kept(seen, would_be, losses)
    if ask:
        ask_witnesses(would_be.state.witnesses.now.values(), would_be, losses)
    return losses


@dataclass(frozen=True, slots=True)
class _Work:
    """A backup on its way into ``folder``. It is laid out beside it and put there when whole."""

    folder: Path
    backup: Backup
    record: exports.Export
    would_be: Restorable
    losses: Losses

    def rehearse(self, settings: Mapping[str, str], keys: Path | None) -> Restored:
        """Does all of it, in SQLite, and throws it away."""
        from quorate.store.backup_folder import remove

        part = self.folder.with_name(self.folder.name + ".rehearsed")
        inside = {name: value for name, value in settings.items() if name != "database"}
        try:
            return self._lay_out(part, inside, keys)
        finally:
            remove(part)

    def restore(self, settings: Mapping[str, str], keys: Path | None) -> Restored:
        """Does it. What stood in the folder is put aside."""
        from quorate.store.backup_folder import remove

        part = self.folder.with_name(self.folder.name + ".part")
        try:
            restored = self._lay_out(part, settings, keys)
            self._put_in_place(part)
        except BaseException:
            remove(part)
            raise
        return restored

    def _lay_out(self, part: Path, settings: Mapping[str, str], keys: Path | None) -> Restored:
        from quorate.store.place import open_place
        from quorate.store.restorable import CannotRestore, lay_out
        from quorate.store.there import is_empty

        lay_out(part, keys or self.folder / "keys", settings, self.would_be.keys)
        place = open_place(part)
        if not is_empty(place):
            raise CannotRestore(
                "the database holds a record already, and is never written over. Make an empty one "
                "and give its address with --database."
            )
        set_up(part)
        from django.core.management import call_command
        from django.db import connection

        from quorate.store.restoring import fill

        call_command("migrate", verbosity=0)
        beyond = self.losses.beyond
        try:
            return fill(place, self.backup, self.record, beyond.erased if beyond else {})
        finally:
            connection.close()

    def _put_in_place(self, part: Path) -> None:
        if not self.folder.exists():
            part.rename(self.folder)
            return
        aside = name_for(self.folder)
        self.folder.rename(aside)
        try:
            part.rename(self.folder)
        except OSError:
            with suppress(OSError):
                aside.rename(self.folder)
            raise
        err.print(f"What stood in {self.folder} is in {aside}.", markup=False)
        if said := own_witness.carry_over(aside, self.folder):
            err.print(said, markup=False)


def _tell(done: Restored, losses: Losses, folder: Path, *, check: bool, json: bool) -> None:
    if json:
        as_json(
            {
                "restored": not check,
                "entries": done.entries,
                "rows": done.rows,
                "erased": done.erased,
                "sheets": done.sheets,
                "sheets_opened": done.unsealed,
                **losses_as_json(losses),
            }
        )
        return
    did = "It can be restored" if check else f"It is restored in {folder}"
    out.print(
        f"{did}: {done.entries:,} entries, the last is entry {done.entries - 1:,}; {done.rows:,} "
        f"rows beside them; the key opens {done.unsealed:,} of {done.sheets:,} personal sheets.",
        markup=False,
    )
    if done.erased:
        out.print(
            f"{done.erased:,} rows of people who were erased since are not brought back.",
            markup=False,
        )
    if not check and losses.entries:
        out.print(
            "Tell the members, before the server starts, to which entry the record was restored: "
            "whoever has a receipt, and every witness, will see that its end is missing.",
            markup=False,
        )
