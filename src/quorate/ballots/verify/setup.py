"""The first stages: the archive as such, the election, its trustees, its roll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from quorate.ballots import archive as archives
from quorate.ballots import trustees
from quorate.ballots.archive import Archive, BadArchive
from quorate.ballots.credentials import Roll, read_roll
from quorate.ballots.elections import Election, fingerprint, read_election, read_setup_data
from quorate.ballots.elgamal import ElGamal, elgamal
from quorate.ballots.json_form import Malformed
from quorate.ballots.threshold import BadTrustees
from quorate.ballots.trustees import Trustees
from quorate.ballots.verify.report import Finding, Found, Report, found, malformed, read_as


class Setup(NamedTuple):
    """What the election began with. ``raw``: the election's bytes. ``phi``: its fingerprint.
    ``weights``: of each credential on the roll."""

    raw: bytes
    election: Election[Any]
    phi: str
    key: ElGamal[Any]
    trustees: Trustees[Any]
    weights: dict[Any, int]


def verify_archive(content: bytes, report: Report) -> Archive:
    """Raises Found."""
    try:
        archive = archives.read(content)
    except BadArchive as error:
        raise found(error.kind, f"The archive: {error}.") from None
    report.stage, report.last = archive.events[-1].type, archive.last
    report.checked.append(
        f"The archive: {len(archive.events)} events in their order, each naming the one before; "
        "every record is what its name says, and none is left over."
    )
    return archive


def verify_seen(archive: Archive, seen: Sequence[str], report: Report) -> None:
    """Whether the archive is the one of which somebody has seen these hashes, gone on. Raises
    Found."""
    if not seen:
        return
    heads = set(archive.heads)
    strange = [hash for hash in dict.fromkeys(seen) if hash not in heads]
    if strange:
        raise Found(
            *(
                Finding(
                    "seen",
                    f"No event of this archive has the hash {hash}, which was seen: this is "
                    "another box than the one it was seen of, or it has not come so far.",
                )
                for hash in strange
            )
        )
    whole = " The last of them is its end." if seen[-1] == archive.last else ""
    report.checked.append(
        f"What was seen: each of the {len(set(seen))} hashes given is of one of its events.{whole}"
    )


def verify_setup(archive: Archive, report: Report) -> Setup:
    """Raises Found."""
    _event, payload = next(archive.payloads("Setup"))
    hashes = read_setup_data(payload)
    raw = archive.data[hashes.election]
    election = read_as("election", "The election", read_election, raw)
    report.election = election
    group = election.group
    data = archive.data[hashes.trustees]
    keys = read_as("trustees", "The trustees", trustees.read_trustees, group, data)
    _verify_trustees(election, keys)
    data = archive.data[hashes.credentials]
    weights = _weights(election, read_as("roll", "The roll", read_roll, group, data))
    report.checked += [
        f"The trustees: {len(keys.keys)}, of whom {_in_words(keys)} must decrypt; each has proved "
        "to know their key, and together these are the election's.",
        f"The roll: {len(weights)} credentials, all different, with a weight of "
        f"{sum(weights.values())}.",
    ]
    key = elgamal(group, election.public_key)
    return Setup(raw, election, fingerprint(raw), key, keys, weights)


def _verify_trustees(election: Election[Any], keys: Trustees[Any]) -> None:
    try:
        trustees.verify(election.group, keys)
    except BadTrustees as error:
        raise found("trustees", f"The trustees: {error}.") from None
    except Malformed as error:
        raise Found(malformed("trustees", "What a trustee has signed", error)) from None
    if election.public_key == election.group.one:
        raise found("trustees", "The trustees: the election's public key hides nothing.")
    if trustees.combined_key(election.group, keys) != election.public_key:
        raise found(
            "trustees",
            "The trustees: the election's public key is not theirs; somebody else could decrypt.",
        )


def _weights(election: Election[Any], roll: Roll[Any]) -> dict[Any, int]:
    group = election.group
    weights: dict[Any, int] = {}
    for place, credential in enumerate(roll, 1):
        if credential.key == group.one or not group.check(credential.key):
            raise found("roll", f"The roll: credential {place} is no key of {group.name}.")
        if credential.key in weights:
            raise found("roll", f"The roll: credential {place} stands on it twice.")
        weights[credential.key] = credential.counts
    return weights


def _in_words(keys: Trustees[Any]) -> str:
    if all(len(part) == needed for part, needed in keys.parts):
        return "all"
    return " and ".join(
        f"{needed} of trustees {part[0]} to {part[-1]}"
        if len(part) > 1
        else f"trustee {part.start}"
        for part, needed in keys.parts
    )
