"""A witness's folder: its keys, the records it watches, the last checkpoint it cosigned of each.

witness.keys        its signing keys, a line each; nobody else's to read
witness.vkeys       its public keys, for whoever trusts it
records             the public keys of the records that it watches, a line each
seen/HASH           the last checkpoint that it cosigned of a record, whose name has this SHA-256:
                    with the keeper's signature and its own
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quorate.record import checkpoint, cosignature, keeper, key_chain, note, receipt, witness
from quorate.record.checkpoint import Checkpoint
from quorate.record.witness import Refused

KINDS = (cosignature.ED25519, cosignature.ML_DSA_44)
"""A witness cosigns with both: programs of today check the first, the second outlives them."""


class NoWitness(Exception):
    """The folder is no witness's, or cannot be used; says why."""


def make(path: Path, name: str, seeds: Sequence[bytes]) -> list[str]:
    """Makes the folder of a new witness, with a key of each of KINDS from 32 random bytes each;
    gives its public keys. Raises NoWitness."""
    if path.exists():
        raise NoWitness(f"{path} is there already. Name a folder that does not exist yet.")
    try:
        made = zip(KINDS, seeds, strict=True)
        pairs = [cosignature.generate_key(name, seed, kind) for kind, seed in made]
    except note.BadNote as error:
        raise NoWitness(str(error)) from None
    (path / "seen").mkdir(parents=True)
    secret = os.open(path / "witness.keys", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(secret, "w", encoding="utf-8") as file:
        file.writelines(f"{signing}\n" for signing, _ in pairs)
        file.flush()
        os.fsync(file.fileno())
    public = [verifier for _, verifier in pairs]
    _put(path / "witness.vkeys", "".join(f"{key}\n" for key in public))
    _put(path / "records", "")
    return public


def watch(path: Path, key: str) -> str:
    """Adds a record by its public key; gives its name. Raises NoWitness."""
    try:
        known = keeper.read_key(key)
    except note.BadNote as error:
        raise NoWitness(f"The record's key cannot be used: {error}.") from None
    every = _records(path)
    if known in every:
        raise NoWitness(f"It watches {known.name} already.")
    _put_records(path, [*every, known])
    return known.name


def drop(path: Path, key: str) -> str:
    """Watches no more for what this key of a record signs; gives the record's name. Raises
    NoWitness."""
    kept = [one for one in _records(path) if one.text() != key.strip()]
    if len(kept) == len(_records(path)):
        raise NoWitness(f"It does not know this key. Those that it knows: {path / 'records'}.")
    _put_records(path, kept)
    return key.partition("+")[0]


def follow(path: Path, shown: str) -> tuple[note.Key, ...]:
    """Exchanges a record's keys for those that follow them, by a receipt of that record from after
    the change; gives the new ones. Raises NoWitness, and changes nothing, where the keys that it
    knows have not signed that."""
    try:
        origin, changes = receipt.changes_of(shown)
        every = _records(path)
        known = tuple(one for one in every if one.name == origin)
        followed = key_chain.follow(known, changes)
    except (receipt.ReceiptRefused, key_chain.NotFollowed) as error:
        raise NoWitness(str(error)) from None
    if not known:
        raise NoWitness(f"It does not watch {origin}.")
    if not followed.at:
        raise NoWitness(
            f"In this receipt no key that it knows of {origin} has signed that another follows it."
        )
    others = [one for one in every if one.name != origin]
    _put_records(path, [*others, *followed.keys])
    return followed.keys


def _put_records(path: Path, keys: Sequence[note.Key]) -> None:
    _put(path / "records", "".join(f"{key.text()}\n" for key in keys))


def _put(path: Path, text: str) -> None:
    """Puts the text in the place of what is in the file, whole or not at all, and on the disk.
    Raises NoWitness; then what was there before is there still."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        _to_disk(path.parent)
    except OSError as error:
        raise NoWitness(f"{path} cannot be written: {error.strerror}") from None


def _to_disk(path: Path) -> None:
    """Waits until a file, or which files a folder has, is on the disk. Raises OSError."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _read(path: Path) -> str:
    """What is in one of the folder's files. Raises NoWitness."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise NoWitness(f"{error.filename}: {error.strerror}. Is this a witness's?") from None
    except UnicodeDecodeError:
        raise NoWitness(f"{path} is damaged. Put it right.") from None


def hashed(origin: str) -> str:
    """A record's name as it stands in addresses and file names."""
    return hashlib.sha256(origin.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Watching:
    """A witness at work. Several processes may be it: one request is decided at a time."""

    path: Path
    signing_keys: tuple[str, ...]

    def answer(self, body: bytes, now: int) -> str | Refused:
        """The lines that cosign the checkpoint in this request, at ``now`` (seconds), or why not.

        What it answers is kept before it is answered, and one request is decided at a time, so it
        never cosigns two histories, whatever happens to it. Raises NoWitness where somebody broke
        its folder.
        """
        asked = witness.read(body)
        if isinstance(asked, Refused):
            return asked
        origin = witness.origin_of(asked)
        if isinstance(origin, Refused):
            return origin
        keys = [key for key in self.records() if key.name == origin]
        with _alone(self.path):
            new = witness.decide(asked, keys, self._last(origin))
            if isinstance(new, Refused):
                return new
            text = new.text()
            lines = "".join(cosignature.cosign(text, key, now) for key in self.signing_keys)
            self._keep(origin, f"{text}\n{_of_the_keeper(asked.signed, keys)}{lines}")
        return lines

    def records(self) -> tuple[note.Key, ...]:
        """The keys of the records that it watches now. Raises NoWitness."""
        return _records(self.path)

    def public_keys(self) -> list[str]:
        """Its own, for whoever trusts it."""
        return (self.path / "witness.vkeys").read_text("utf-8").split()

    def seen(self, hash_of_origin: str) -> str | None:
        """The last checkpoint it cosigned of this record, if any."""
        known = {hashed(key.name) for key in self.records()}
        path = self.path / "seen" / hash_of_origin
        return _read(path) if hash_of_origin in known and path.exists() else None

    def _last(self, origin: str) -> Checkpoint | None:
        kept = self.seen(hashed(origin))
        try:
            return None if kept is None else checkpoint.read(kept)
        except checkpoint.BadCheckpoint as error:
            raise NoWitness(
                f"{self.path / 'seen' / hashed(origin)} is damaged: {error}. Nothing of {origin} "
                "is cosigned until what was cosigned last can be read."
            ) from None

    def _keep(self, origin: str, signed: str) -> None:
        """Puts the checkpoint in the place of the last."""
        _put(self.path / "seen" / hashed(origin), signed)


def open_folder(path: Path) -> Watching:
    """The witness in this folder. Raises NoWitness."""
    watching = Watching(path, tuple(_read(path / "witness.keys").split()))
    watching.records()
    return watching


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Waits until no other thread and no other process decides for this witness."""
    held = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _records(path: Path) -> tuple[note.Key, ...]:
    found = []
    for number, line in enumerate(_read(path / "records").splitlines(), 1):
        try:
            found.append(keeper.read_key(line))
        except note.BadNote as error:
            raise NoWitness(f"{path / 'records'}, line {number}: {error}") from None
    return tuple(found)


def _of_the_keeper(signed: str, keys: list[note.Key]) -> str:
    """The lines of a note that these keys signed; others are not this witness's to pass on."""
    known = {(key.name, key.key_id) for key in keys}
    _, signatures = note.parts(signed)
    return "".join(note.line(*one) for one in signatures if one[:2] in known)
