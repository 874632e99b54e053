"""Opening the box: shuffles, partial decryptions, the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quorate.ballots import decryption, result, shuffles
from quorate.ballots.archive import Archive, EventType
from quorate.ballots.decryption import BadDecryption, PartialDecryption
from quorate.ballots.owned import read_owned
from quorate.ballots.result import BadResult
from quorate.ballots.tally import EncryptedTally
from quorate.ballots.trustees import Trustees
from quorate.ballots.verify.report import Report, found, named, read_as
from quorate.ballots.verify.setup import Setup

Partials = dict[int, PartialDecryption[Any]]
"""By the trustee, from 1."""


def verify_shuffles(
    archive: Archive, setup: Setup, tallied: EncryptedTally[Any], report: Report
) -> EncryptedTally[Any] | None:
    """The tally as it is to be decrypted; None while shuffles are still to come. Raises Found."""
    election = setup.election
    types = {event.type for event in archive.events}
    if not election.ranked:
        if "Shuffle" in types:
            raise found("shuffle", "The shuffles: there is one, and no ranked question.")
        return tallied
    if "PartialDecryption" in types and "Shuffle" not in types:
        raise found(
            "shuffle", "The shuffles: ranked ballots were decrypted without having been shuffled."
        )
    before = shuffles.nh_ciphertexts(election, tallied)
    owners: list[int] = []
    for owner, data in _owned(archive, setup, "Shuffle", "shuffle"):
        name = f"The shuffle of trustee {owner}"
        if owner in owners:
            raise found("shuffle", f"{name}: it is not their first.")
        after = read_as("shuffle", name, shuffles.read_shuffle, election.group, data)
        if not shuffles.verify(setup.key, setup.phi, before, after):
            raise found(
                "shuffle", f"{name}: its proof does not hold; it may change or replace ballots."
            )
        before = after.ciphertexts
        owners.append(owner)
    if "EndShuffles" not in types:
        return None
    _enough("shuffle", "The shuffles", setup.trustees, owners)
    report.checked.append(
        f"The shuffles: by {named(owners)}, one after the other; each has proved to have changed "
        "the order only."
    )
    return shuffles.merged(election, tallied, before)


def verify_decryptions(
    archive: Archive, setup: Setup, tallied: EncryptedTally[Any], report: Report
) -> Partials:
    """``tallied``: after the shuffles. Raises Found."""
    group, keys = setup.election.group, setup.trustees.keys
    partials: Partials = {}
    for owner, data in _owned(archive, setup, "PartialDecryption", "decryption"):
        name = f"The decryption by trustee {owner}"
        if owner in partials:
            raise found("decryption", f"{name}: it is not their first.")
        partial = read_as("decryption", name, decryption.read_partial_decryption, group, data)
        try:
            decryption.verify(group, setup.phi, keys[owner - 1].public_key, tallied, partial)
        except BadDecryption as error:
            raise found("decryption", f"{name}: {error}.") from None
        partials[owner] = partial
    if partials:
        report.checked.append(
            f"The decryption: by {named(partials)}; each has proved to have used their key on "
            "this tally."
        )
    return partials


def verify_result(
    archive: Archive,
    setup: Setup,
    total_weight: int,
    tallied: EncryptedTally[Any],
    partials: Partials,
    report: Report,
) -> None:
    """``tallied``: after the shuffles. Raises Found."""
    election = setup.election
    for _event, payload in archive.payloads("Result"):
        _enough("decryption", "The decryption", setup.trustees, partials)
        stated = read_as("result", "The result", result.read_result, election, payload)
        factors = decryption.combined(election.group, setup.trustees, partials)
        try:
            result.verify(election, tallied, factors, total_weight, stated)
        except BadResult as error:
            raise found("result", f"The result: {error}.") from None
        report.result = stated
        report.checked.append("The result: what these decryptions give.")


def _owned(
    archive: Archive, setup: Setup, type: EventType, kind: str
) -> Iterator[tuple[int, bytes]]:
    """For each event of the type the trustee and what they made."""
    for event, payload in archive.payloads(type):
        owned = read_owned(payload)
        if not 1 <= owned.owner <= len(setup.trustees.keys):
            raise found(
                kind,
                f"Event {event.height} ({type}) is said to be of trustee {owned.owner}: there is "
                "none.",
            )
        yield owned.owner, archive.data[owned.payload]


def _enough(kind: str, name: str, trustees: Trustees[Any], owners: Iterable[int]) -> None:
    """Every trustee who is alone, and of each group as many as its threshold."""
    done = set(owners)
    for part, needed in trustees.parts:
        if len(done.intersection(part)) < needed:
            of = f"trustee {part.start}" if len(part) == 1 else f"trustees {part[0]} to {part[-1]}"
            raise found(
                kind, f"{name}: {len(done.intersection(part))} of {of}, and {needed} is needed."
            )
