"""The keys that sign the record, in the organisation's folder.

The record says which of them sign (``chapters/keys``); the folder holds them:

    keys/record.key    those that sign, a line each
    keys/next.key      those that follow, from `quorate key new` until they are in their place

So a change of the keys is in force with the commit of its entry, wherever the server is killed.
Moving next.key into the place of record.key comes afterwards, and can be done again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from quorate.chapters.state import State
from quorate.note_keys import BadNote, public_of_signing
from quorate.record import folder, keeper
from quorate.store.halted import Halted
from quorate.store.place import Place

RECORD_KEY = "record.key"
NEXT_KEY = "next.key"


class NoSigningKey(Halted):
    """The keys that the record names are not in the folder."""


class NoNextKeys(Exception):
    """What lies in the place of the next keys cannot be read as keys; says what to do."""


def in_force(place: Place, state: State) -> tuple[str, ...]:
    """The public keys that sign the record in this state: those that it names, or where it names
    none those that the folder has had from the beginning."""
    return state.keys.now or place.verifier_keys


def signing(place: Place, public: Sequence[str]) -> tuple[str, ...]:
    """The signing keys of these public ones. Raises NoSigningKey."""
    return _signing(place.folder / "keys", tuple(public))


@lru_cache(maxsize=8)
def _signing(keys: Path, public: tuple[str, ...]) -> tuple[str, ...]:
    there = held(keys)
    if missing := [key for key in public if key not in there]:
        raise NoSigningKey(
            f"The record is signed with {missing[0][:60]}, and {keys} does not hold that key. "
            "Nothing is recorded until it does. Put it there from where its copy is kept; if it is "
            "lost: quorate key replace DIR."
        )
    return tuple(there[key] for key in public)


def held(keys: Path) -> dict[str, str]:
    """Public key → signing key, of those that sign and those that follow. A file that cannot be
    read as keys holds none."""
    found: dict[str, str] = {}
    for name in (RECORD_KEY, NEXT_KEY):
        try:
            for line in (keys / name).read_text("utf-8").split():
                found[public_of_signing(line)] = line
        except (OSError, UnicodeDecodeError, BadNote):
            continue
    return found


@lru_cache(maxsize=8)
def check_known(place: Place, public: tuple[str, ...]) -> None:
    """Raises NoSigningKey unless somebody has put these keys into the folder, which whoever writes
    into the database alone cannot."""
    there = {*place.verifier_keys, *held(place.folder / "keys")}
    if strange := [key for key in public if key not in there]:
        raise NoSigningKey(
            f"the record names the key {strange[0][:60]}, and this server has no such"
        )


def make_next(place: Place, seeds: Sequence[bytes]) -> tuple[str, ...]:
    """Puts a new pair of keys beside those that sign, on the disk, and gives the public ones; those
    that are there already, if no change has used them. Raises NoNextKeys, OSError."""
    pairs = keeper.generate(place.origin, seeds)
    if not next_public(place):
        _put(place.folder / "keys" / NEXT_KEY, [signing for signing, _ in pairs])
    return next_public(place)


def next_public(place: Place) -> tuple[str, ...]:
    """The public keys of those that follow; () where there are none. Raises NoNextKeys."""
    path = place.folder / "keys" / NEXT_KEY
    try:
        return tuple(map(public_of_signing, path.read_text("utf-8").split()))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, BadNote) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NoNextKeys(
            f"{path} cannot be read as the next keys: {why}. Move it away, and put a copy of them "
            "in its place, or make others: quorate key new DIR"
        ) from None


def tidy(place: Place, state: State) -> bool:
    """Puts what signs now in its place, once the record names it, and forgets what signed before;
    says whether there was anything to do. Raises OSError, NoNextKeys."""
    keys = place.folder / "keys"
    now, coming = state.keys.now, next_public(place)
    if not now:
        return False
    told = place.verifier_keys != now
    if told:
        folder.write_verifier_keys(place.folder, now)
    if coming and coming == now:
        os.replace(keys / NEXT_KEY, keys / RECORD_KEY)
        _to_disk(keys)
        return True
    return told


def _put(path: Path, lines: Sequence[str]) -> None:
    """Writes a secret file whole or not at all, and to the disk."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    held_by = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held_by)
    finally:
        os.close(held_by)
