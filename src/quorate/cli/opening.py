"""Opening an organisation's folder from the command: Django set up, the write lane ready."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from quorate.cli.saying import wrong_call

if TYPE_CHECKING:
    from quorate.store.lane import Lane


def open_organisation(folder: Path) -> Lane:
    """The write lane of the organisation in this folder. Ends the command if it is none."""
    from quorate.store.place import NoPlace, hold, open_place

    try:
        place = open_place(folder)
        hold(folder)
    except NoPlace as error:
        wrong_call(str(error))
    set_up(folder)
    from quorate.store.lane import Lane

    return Lane(place)


def set_up(folder: Path) -> None:
    """Django, with this organisation's settings."""
    os.environ["QUORATE_DIR"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "quorate.web.settings"  # whatever the environment says
    import django

    django.setup()
