"""Makes what ``support/older.py`` asks for. Arguments: the folder."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    from quorate.cli.opening import set_up
    from quorate.rulebook.reading import preset
    from quorate.store.place import make_place

    folder = Path(sys.argv[1])
    place = make_place(folder, "older.example")
    key = folder / "keys" / "record.key"
    key.write_text(key.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    (folder / "record-ml-dsa.vkey").unlink()
    set_up(folder)
    from django.core.management import call_command

    from quorate.store.handing_in import hand_in
    from quorate.store.lane import Lane
    from quorate.store.recorded import Recorded

    call_command("migrate", verbosity=0)
    fields = {"origin": place.origin, "rules_text": preset("open-convention")}
    assert isinstance(Lane(place).submit(hand_in("founding.adopt", fields, "founder")), Recorded)


main()
