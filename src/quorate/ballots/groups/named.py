"""The groups by the names that elections give them."""

from __future__ import annotations

from typing import Any

from quorate.ballots.groups.ed25519 import Ed25519
from quorate.ballots.groups.finite_field import Belenios2048
from quorate.ballots.groups.group import Group

ED25519 = Ed25519()
BELENIOS_2048 = Belenios2048()

NAMED: dict[str, Group[Any]] = {ED25519.name: ED25519, BELENIOS_2048.name: BELENIOS_2048}
