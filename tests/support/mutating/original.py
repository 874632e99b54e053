"""The export that is mutated: a told year with texts, sheets, cosignatures and members' receipts,
and every key that anyone in it holds."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from quorate import commitments, organisation
from quorate.record import checkpoint, cosignature, entry, note, policy, receipt, tiles, tree
from quorate.record.receipt import Opening
from support.kept_records import write_export
from support.mutating.statements import Files, Keys, Stated, stated
from support.pure import person
from support.small import Small
from support.told_year import whole_year
from support.written import Written

ADMITTED = (*range(1, 61), 1001, 2000 + ord("a"), 2000 + ord("b"))
"""The numbers from which the told year makes personal sheets (``support.pure.person``)."""

WITNESSES = ("north.example", "dockers.example")
"""Whom the reader trusts, besides the one that the record names; two of the three suffice."""


@dataclass(frozen=True, slots=True)
class Original:
    """``signing``: the keeper's key; ``stranger``: one of the same name that somebody else made;
    ``cosigning``: the witnesses' keys. ``receipts``: of some entries, each given when the record
    ended with that entry."""

    files: Files
    signing: str
    stranger: str
    cosigning: tuple[str, ...]
    verifier: str
    keys: Keys
    policy: policy.Policy
    entries: tuple[bytes, ...]
    receipts: Mapping[int, str]
    stated: Stated

    @property
    def origin(self) -> str:
        return self.keys.keeper[0]


@cache
def original(preset: str) -> Original:
    """The year under this preset, exported for moving, cosigned by three."""
    small, record = whole_year(preset)
    with tempfile.TemporaryDirectory() as made:
        write_export(Path(made), small.state, record)
        files = {
            path.relative_to(made).as_posix(): path.read_bytes()
            for path in Path(made).rglob("*")
            if path.is_file()
        }
    origin = small.state.founding.origin
    signing, verifier = note.generate_key(origin, _seed(origin))
    cosigning = [cosignature.generate_key("witness.example", bytes(32), cosignature.ED25519)]
    cosigning += [
        cosignature.generate_key(name, _seed(name), cosignature.ED25519) for name in WITNESSES
    ]
    entries = tuple(entry.write(*written) for written in record.entries)
    keys = [key for key, _ in cosigning]
    files["people.jsonl"] = _sheets(small)
    for size in (len(entries) // 2, len(entries)):
        signed = sign(origin, entries[:size], signing)
        files[f"witnessed/{size}"] = cosign(signed, keys, size).encode()
    public = [cosignature.read_cosigner(key) for _, key in cosigning]
    known = Keys(
        (origin, note.read_verifier(verifier).public),
        tuple((one.name, one.public) for one in public),
    )
    names = tuple(f"w{number}" for number in range(len(public)))
    return Original(
        files=files,
        signing=signing,
        stranger=note.generate_key(origin, _seed("a stranger"))[0],
        cosigning=tuple(keys),
        verifier=verifier,
        keys=known,
        policy=policy.Policy(
            witnesses=tuple(map(policy.Witness, names, public)),
            groups=(policy.Group("two", 2, names),),
            quorum="two",
        ),
        entries=entries,
        receipts=_receipts(record, entries, origin, signing),
        stated=stated(files, known),
    )


def log_files(entries: Sequence[bytes]) -> dict[str, bytes]:
    """The bundles and tiles of these entries."""
    grown = _tree(tuple(entries))
    made = {
        f"tile/{tile.path}": tiles.bundle(entries[tile.start : tile.start + tile.width])
        for tile in tiles.bundles_of(len(entries))
    }
    return made | {
        f"tile/{tile.path}": tiles.hashes(grown, tile) for tile in tiles.tiles_of(len(entries))
    }


def sign(origin: str, entries: Sequence[bytes], signing_key: str) -> str:
    """The checkpoint over these entries."""
    grown = _tree(tuple(entries))
    root = grown.root_of(0, len(entries))
    return checkpoint.sign(checkpoint.Checkpoint(origin, len(entries), root), signing_key)


@lru_cache(maxsize=4)
def _tree(entries: tuple[bytes, ...]) -> tree.Levels:
    return tree.levels([tree.leaf_hash(data) for data in entries])


def cosign(signed: str, keys: Sequence[str], time: int) -> str:
    """The checkpoint with these witnesses' lines."""
    text = note.text_of(signed)
    return signed + "".join(cosignature.cosign(text, key, time) for key in keys)


def given(
    entries: Sequence[bytes],
    place: int,
    origin: str,
    signing_key: str,
    openings: Sequence[Opening] = (),
) -> str:
    """The receipt of an entry, given when the record ended with it."""
    then = entries[: place + 1]
    grown = tree.levels([tree.leaf_hash(data) for data in then])
    path = grown.inclusion(place, place + 1)
    proof = receipt.proof_text(place, path, sign(origin, then, signing_key))
    return receipt.write("A receipt.", entries[place], proof, openings)


def opening_of(payload: bytes, salt: bytes, domain: str) -> Opening:
    """What stands behind the commitment that is made of it."""
    return Opening(commitments.commit(payload, salt, domain), domain, salt, payload)


def _receipts(
    record: Written, entries: Sequence[bytes], origin: str, signing: str
) -> dict[int, str]:
    """Receipts of every 20th entry, of what members handed in and cast, and of the last."""
    behind = {text.commitment: text for text in record.texts}
    behind |= {
        sealed: Opening(sealed, commitments.CHOICE, bytes.fromhex(salt), choice.encode())
        for sealed, (choice, salt) in record.sealed.items()
    }
    found = {}
    for place, (_, act) in enumerate(record.entries):
        committed = (*organisation.documents_of(act), *organisation.choices_of(act))
        openings = [behind[one] for one in committed if one in behind]
        if openings or not place % 20 or place == len(entries) - 1:
            found[place] = given(entries, place, origin, signing, openings)
    return found


def _sheets(small: Small) -> bytes:
    """people.jsonl: the sheet of everyone who was not erased."""
    assemblies = small.state.delegates.assemblies.values()
    guests = (guest for assembly in assemblies for guest in assembly.guests.values())
    people = (*small.state.membership.members.values(), *guests)
    erased = {one.person for one in people if one.erased}
    sheets = (
        Opening(person(number), commitments.PERSON, bytes(32), str(number).encode())
        for number in ADMITTED
    )
    lines = [receipt.write_opening(one) + b"\n" for one in sheets if one.commitment not in erased]
    return b"".join(lines)


def _seed(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
