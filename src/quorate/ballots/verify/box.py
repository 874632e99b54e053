"""The ballot box: every ballot, and the encrypted tally of those that count."""

from __future__ import annotations

from typing import Any, NamedTuple

from quorate.ballots import tally
from quorate.ballots.archive import Archive
from quorate.ballots.ballot import Ballot, read_ballot
from quorate.ballots.elections import fingerprint
from quorate.ballots.json_form import Malformed
from quorate.ballots.tally import EncryptedTally, SizedEncryptedTally, Weighted
from quorate.ballots.verify.ballot_checks import faults
from quorate.ballots.verify.report import Finding, Found, Report, found, malformed, read_as
from quorate.ballots.verify.setup import Setup

LastBallots = dict[Any, Ballot[Any]]
"""The last ballot of each credential, in the order in which they were cast: those that count."""


class Tallied(NamedTuple):
    sized: SizedEncryptedTally
    tally: EncryptedTally[Any]


def verify_ballots(archive: Archive, setup: Setup, processes: int, report: Report) -> LastBallots:
    """Raises Found with every ballot that does not hold."""
    last: LastBallots = {}
    raw: list[tuple[str, bytes]] = []
    findings: list[Finding] = []
    for number, (event, data) in enumerate(archive.payloads("Ballot"), 1):
        name = f"Ballot {number} (event {event.height}, tracker {fingerprint(data)})"
        try:
            read = read_ballot(setup.election, data)
        except Malformed as error:
            findings.append(malformed("ballot", name, error))
            continue
        if read.credential not in setup.weights:
            findings.append(Finding("roll", f"{name}: its credential is not on the roll."))
            continue
        last.pop(read.credential, None)
        last[read.credential] = read
        raw.append((name, data))
    said = faults(setup.raw, [data for _name, data in raw], processes)
    findings += [
        Finding("ballot", f"{name}: {fault}.")
        for (name, _data), fault in zip(raw, said, strict=True)
        if fault
    ]
    if findings:
        raise Found(*findings)
    report.ballots, report.counted = len(raw), len(last)
    report.checked.append(
        f"The ballots: {len(raw)}, each signed by a credential of the roll, each proved to be one "
        f"that the questions allow. {len(last)} count, the last of each credential."
    )
    return last


def verify_tally(
    archive: Archive, setup: Setup, last: LastBallots, report: Report
) -> Tallied | None:
    """None while there is none yet. Raises Found."""
    payload = next((payload for _event, payload in archive.payloads("EncryptedTally")), None)
    if payload is None:
        return None
    sized = tally.read_sized_tally(payload)
    data = archive.data[sized.encrypted_tally]
    stated = read_as("tally", "The tally", tally.read_tally, setup.election.group, data)
    cast = [
        Weighted(setup.weights[credential], ballot.answers) for credential, ballot in last.items()
    ]
    _verify_sizes(sized, cast)
    try:
        computed = tally.tally(setup.election, cast)
    except tally.WeightedRanking:
        raise found(
            "tally", "The tally: a ballot of a weight other than 1 answers a ranked question."
        ) from None
    if computed != stated:
        raise found("tally", f"The tally: it is not that of the ballots{_where(computed, stated)}.")
    report.checked.append(
        f"The tally: just these {sized.num_tallied} ballots, with a weight of {sized.total_weight}."
    )
    return Tallied(sized, stated)


def _verify_sizes(sized: SizedEncryptedTally, cast: list[Weighted[Any]]) -> None:
    if sized.num_tallied != len(cast):
        raise found(
            "tally",
            f"The tally: {sized.num_tallied} ballots are said to be in it; {len(cast)} were cast "
            "to count.",
        )
    total = sum(ballot.weight for ballot in cast)
    if sized.total_weight != total:
        raise found(
            "tally",
            f"The tally: a weight of {sized.total_weight} is said to be in it; that of the ballots "
            f"is {total}.",
        )


def _where(computed: EncryptedTally[Any], stated: EncryptedTally[Any]) -> str:
    for number, (ours, theirs) in enumerate(zip(computed, stated, strict=False), 1):
        if ours != theirs:
            return f" (question {number})"
    return ""
