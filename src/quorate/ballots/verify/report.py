"""What verifying an archive comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, ParamSpec, TypeVar

from quorate.ballots.elections import Election
from quorate.ballots.json_form import Malformed, NotCanonical
from quorate.ballots.result import Result

P = ParamSpec("P")
T = TypeVar("T")


class Finding(NamedTuple):
    """Something wrong. ``kind``: form, canonical, chain, order, payload, repeated, seen, election,
    trustees, roll, ballot, tally, shuffle, decryption or result; in a register, register or
    claim."""

    kind: str
    why: str


@dataclass(slots=True)
class Report:
    """What was checked, and what was found. ``stage``: the last event's type. ``ballots``: how many
    were cast; ``counted``: how many count, the last of each credential. ``last``: the last event's
    SHA-256, which stands for the whole archive."""

    election: Election[Any] | None = None
    stage: str = ""
    last: str = ""
    ballots: int = 0
    counted: int = 0
    result: Result | None = None
    checked: list[str] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.findings


def not_sound(findings: Sequence[Finding]) -> Iterator[str]:
    """What is wrong, sentence by sentence."""
    count = len(findings)
    yield f"NOT SOUND. {count} finding{'s' if count > 1 else ''}; nothing after was checked:"
    yield from (f"- {finding.why}" for finding in findings)


class Found(Exception):
    """Ends a stage that has found something; ``findings`` is all that it found."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def found(kind: str, why: str) -> Found:
    return Found(Finding(kind, why))


def read_as(kind: str, name: str, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``read`` makes of its arguments. Raises Found for what is not in form."""
    try:
        return read(*args, **kwargs)
    except Malformed as error:
        raise Found(malformed(kind, name, error)) from None


def malformed(kind: str, name: str, error: Malformed) -> Finding:
    """``kind``: of what has no readable form; what can be read but is written otherwise is always
    "canonical"."""
    canonical = isinstance(error, NotCanonical)
    return Finding("canonical" if canonical else kind, f"{name}: {error}.")


def named(owners: Iterable[int]) -> str:
    """ "trustee 1", "trustees 1, 3"."""
    names = [str(owner) for owner in owners]
    return f"trustee{'s' if len(names) > 1 else ''} {', '.join(names)}"
