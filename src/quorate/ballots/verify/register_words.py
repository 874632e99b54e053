"""What verifying a register's file comes to, in plain words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quorate.ballots.register import GROUP, phi
from quorate.ballots.verify.register import RegisterReport
from quorate.ballots.verify.report import not_sound


def in_plain_words(report: RegisterReport) -> Iterator[str]:
    """Sentence by sentence: what was verified, and what is wrong."""
    if report.description is not None:
        yield (
            f"Register {report.description.register} of voting keys in the record "
            f"{report.description.record}, {phi(report.description)}."
        )
    yield from report.checked
    if not report.sound:
        yield from not_sound(report.findings)
        return
    yield "Sound. The register has its roll." if report.stated else "Sound so far."
    yield (
        "Whether these are the claims that members made, the record says: quorate verify EXPORT "
        "holds them against it."
    )


def as_json(report: RegisterReport) -> dict[str, Any]:
    """The same for programs."""
    description, roll = report.description, report.roll
    return {
        "sound": report.sound,
        "register": None
        if description is None
        else {"record": description.record, "number": description.register},
        "phi": None if description is None else phi(description),
        "claims": report.claims,
        "stated": report.stated,
        "roll": None if roll is None else [GROUP.write(key) for key in roll.keys],
        "repeated": [] if roll is None else [GROUP.write(key) for key in roll.repeated],
        "empty": 0 if roll is None else roll.empty,
        "checked": report.checked,
        "findings": [{"kind": finding.kind, "why": finding.why} for finding in report.findings],
    }
