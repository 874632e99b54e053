"""Verifies an archive, stage by stage.

Each stage builds on the ones before, so after a finding the later ones are not checked. An election
that is still open, or not yet decrypted, is verified as far as it has come.
"""

from __future__ import annotations

from collections.abc import Sequence

from quorate.ballots.verify.box import verify_ballots, verify_tally
from quorate.ballots.verify.opening import verify_decryptions, verify_result, verify_shuffles
from quorate.ballots.verify.report import Found, Report
from quorate.ballots.verify.setup import verify_archive, verify_seen, verify_setup


def verify(content: bytes, processes: int = 1, seen: Sequence[str] = ()) -> Report:
    """Verifies an archive's bytes. ``processes``: how many verify ballots. ``seen``: hashes of
    events that somebody has seen as the archive's last, earlier or elsewhere."""
    report = Report()
    try:
        _verify(content, processes, seen, report)
    except Found as found:
        report.findings = found.findings
    return report


def _verify(content: bytes, processes: int, seen: Sequence[str], report: Report) -> None:
    archive = verify_archive(content, report)
    verify_seen(archive, seen, report)
    setup = verify_setup(archive, report)
    last = verify_ballots(archive, setup, processes, report)
    tallied = verify_tally(archive, setup, last, report)
    if tallied is None:
        return
    shuffled = verify_shuffles(archive, setup, tallied.tally, report)
    if shuffled is None:
        return
    partials = verify_decryptions(archive, setup, shuffled, report)
    verify_result(archive, setup, tallied.sized.total_weight, shuffled, partials, report)
