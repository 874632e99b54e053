"""Which program made a snapshot: only the very same takes it.

A state that another version of the rules' code came to may differ from what this one would come to,
so a version's number is not enough: the source of everything that a state depends on is hashed.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import quorate
from quorate import organisation

_APART = {"cli", "demo", "store", "texts", "web"}
"""Nothing of a state is made there."""


@cache
def made_by() -> str:
    """The program's version, that of the rules' code, and a digest of the source of both."""
    source = Path(quorate.__file__).parent
    hashed = hashlib.sha256()
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source)
        if place.parts[0] not in _APART:
            data = path.read_bytes()
            hashed.update(f"{place.as_posix()} {len(data)}\n".encode() + data)
    digest = hashed.hexdigest()[:32]
    return f"{quorate.__version__}, rules {organisation.RULES_CODE}, {digest}"
