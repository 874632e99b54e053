"""What the demo lends to whoever plays in it: voting keys of delegates, and trustees' files. In any
other organisation only their owners have them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.web.lane import lane
from quorate.web.who import is_demo

KEYS = "voting-keys.json"
TRUSTEES = "trustees"
"""In the demo's folder: each delegate's code by their pseudonym; a file for each side."""

REGISTER = 1
"""Of the demo's convention: what is lent is of it."""


def lend(folder: Path, codes: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    """Puts them there. ``codes``: by member. ``files``: by side."""
    (folder / KEYS).write_text(json.dumps(codes, indent=1), "utf-8")
    (folder / TRUSTEES).mkdir()
    for side, data in files.items():
        (folder / TRUSTEES / f"{side}.json").write_bytes(data)


def voters(state: State) -> list[str]:
    """The members whose voting keys are lent, in the order of seats."""
    return [member for member in _codes() if member in state.membership.members]


def code_of(state: State, register: Register, member: str) -> str:
    """The code that is lent to whoever plays this member; "" if none is."""
    lends = is_demo(state) and register.number == REGISTER
    return _codes().get(member, "") if lends else ""


def file_of(state: State, side: str) -> bytes | None:
    """The key file of the trustee of this side, if it is lent."""
    register = state.secret.registers.get(REGISTER)
    if register is None or side not in {one.side for one in register.trustees}:
        return None
    path = lane().place.folder / TRUSTEES / f"{side}.json"
    return path.read_bytes() if path.exists() else None


def address_of_file(state: State, register: Register, side: str) -> str:
    """Where whoever plays this trustee takes the file from; "" if none is lent."""
    lends = is_demo(state) and register.number == REGISTER and file_of(state, side) is not None
    return f"/play/{side}.json" if lends else ""


def name_of_file(side: str) -> str:
    """What the browser calls it: files of three sides may come to lie in one folder."""
    return f"trustee-key-register-{REGISTER}-{side}.json"


def _codes() -> dict[str, str]:
    path = lane().place.folder / KEYS
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}
