"""An organisation as a version before the second key made it: one key of Ed25519, and a first entry
that names none."""

from __future__ import annotations

from pathlib import Path

from support.command import scripted

SCRIPT = Path(__file__).with_name("older_place.py")


def older_organisation(folder: Path) -> Path:
    scripted(SCRIPT, folder)
    return folder
