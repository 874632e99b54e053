"""`quorate backup`: everything that a server needs to go on, as it stood at one moment."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from quorate.chapters.plain import on
from quorate.cli.opening import open_organisation
from quorate.cli.saying import REFUSED, as_json, out, refused


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The organisation's folder.")],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A folder that does not exist yet.")
    ],
    keys: Annotated[
        Path | None,
        typer.Option(help="Copy the keys too, into this new folder: never kept beside OUT."),
    ] = None,
    delete_old: Annotated[
        bool,
        typer.Option(
            "--delete-old",
            help="Delete the backups beside OUT that the rulebook lets nobody keep any more.",
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Backs up an organisation while its server runs: whole, or not at all.

    The keys are not in it, unless they are asked for, and then in a folder of their own: whoever
    has both can read every personal sheet and every vote that is still sealed.
    """
    lane = open_organisation(folder)
    from quorate.store import aside, old_backups
    from quorate.store.backing_up import CannotBackUp, back_up

    try:
        made = back_up(lane.place, target, keys)
    except CannotBackUp as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    days = lane.now().state.rules.erasing.backups_days
    now = time.time_ns() // 1_000_000
    old = old_backups.too_old(target.resolve().parent, lane.place.origin, days, now)
    left = old_backups.delete(old) if delete_old else {}
    put_aside = aside.too_old(folder, days, now)
    if json:
        deleted = [str(path) for path in old if delete_old and path not in left]
        told = {
            "entries": made.entries,
            "last_time": made.last,
            "folder": str(target),
            "too_old": [str(path) for path in old],
            "deleted": deleted,
            "not_deleted": {str(path): why for path, why in left.items()},
            "put_aside": [str(path) for path in put_aside],
        }
        as_json(told)
        raise typer.Exit(REFUSED if left else 0)
    out.print(
        f"{target} holds the record to entry {made.entries - 1:,}, of {on(made.last)}, and what "
        "stands beside it. Nobody but you can read that folder: it holds addresses.",
        markup=False,
    )
    if keys is None:
        out.print(
            f"The keys are not in it. Keep a copy of {folder}/keys elsewhere (--keys KEYS makes "
            "one): without sealing.key the personal sheets are lost, without record.key the record "
            "cannot be continued.",
            markup=False,
        )
    else:
        out.print(f"The keys are in {keys}. Take them elsewhere.", markup=False)
    _tell_old([path for path in old if path not in left], days, deleted=delete_old)
    if put_aside:
        out.print(
            f"A restore put these aside more than {days} days ago (erasing.backups_days), and what "
            "was erased since is in them. Nothing deletes them for you, for nothing else may hold "
            f"the entries that were lost then. Delete them: {_listed(put_aside)}",
            markup=False,
        )
    out.print(f"To rehearse it: quorate restore {target} {folder} --check", markup=False)
    if left:
        whys = "; ".join(f"{path}: {why}" for path, why in left.items())
        refused(
            f"The backup is made, but not everything old was deleted. Delete it yourself, for the "
            f"rulebook lets nobody keep it (erasing.backups_days): {whys}"
        )


def _tell_old(old: list[Path], days: int, *, deleted: bool) -> None:
    if not old:
        return
    what = "Deleted" if deleted else "Delete these (or let --delete-old do it)"
    out.print(
        f"{what}, for they are older than the {days} days for which the rulebook lets a backup "
        f"be kept (erasing.backups_days): {_listed(old)}",
        markup=False,
    )


def _listed(paths: list[Path]) -> str:
    return ", ".join(str(path) for path in paths)
