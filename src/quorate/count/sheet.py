"""The count sheet: everything that a count did, to check it and to explain it.

Figures are decimals with the places that the rule counts in, never floats. At every stage of a
transferable vote, all candidates' votes and the non-transferable ones are the valid papers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["first preferences", "surplus", "exclusion", "count"]


@dataclass(frozen=True, slots=True)
class Invalid:
    """Papers that the rule does not count, and why."""

    reason: str
    papers: int


@dataclass(frozen=True, slots=True)
class Papers:
    """Every paper read: ``read`` is ``valid`` plus all in ``invalid``."""

    read: int
    valid: int
    invalid: tuple[Invalid, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Votes that a stage moved: ``papers`` papers at ``value`` each, together ``votes``.

    ``to``: a candidate's name, or None for votes that became non-transferable. ``papers`` and
    ``value`` are 0 for fractions that the rule ignores.
    """

    to: str | None
    papers: int
    value: Decimal
    votes: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a stage did. ``of``: whose surplus, or who was excluded. ``before``: their votes."""

    kind: Kind
    of: str | None
    before: Decimal | None
    says: str


@dataclass(frozen=True, slots=True)
class Stage:
    """``votes``: at the end of the stage, each candidate in the order of the paper.

    ``elected``: those deemed elected at the end of this stage, most votes first. ``quota``: of
    this stage, where it changes from stage to stage. ``keep``: by Meek's method, the share that
    each elected candidate keeps of a vote, to which ``votes`` belong; it states no transfers.
    """

    number: int
    action: Action
    votes: tuple[tuple[str, Decimal], ...]
    nontransferable: Decimal
    transfers: tuple[Transfer, ...]
    elected: tuple[str, ...]
    quota: Decimal | None = None
    keep: tuple[tuple[str, Decimal], ...] = ()

    def votes_of(self, candidate: str) -> Decimal:
        """The candidate's votes at the end of the stage. Raises KeyError."""
        return dict(self.votes)[candidate]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between ``candidates`` and how it was broken, at the beginning of ``stage``.

    ``chosen``: whom the rule's action then fell on. ``label``: of the lot, None if none was drawn.
    """

    stage: int
    candidates: tuple[str, ...]
    chosen: tuple[str, ...]
    says: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Elected:
    """``how``: the reason in plain words."""

    candidate: str
    stage: int
    votes: Decimal
    how: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole count. ``rule``: name and version. ``quota``: None where the rule has none, the
    first where it changes.

    ``not_elected``: best first: those with votes at the end, then the last excluded first.
    ``remarks``: what a reader should know besides, in plain sentences.
    """

    rule: str
    title: str
    seats: int
    quota: Decimal | None
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    papers: Papers
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]
    elections: tuple[Elected, ...]
    not_elected: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def elected(self) -> tuple[str, ...]:
        """Names in the order of election."""
        return tuple(one.candidate for one in self.elections)


def accounted(read: int, invalid: dict[str, int]) -> Papers:
    """The account of ``read`` papers, some of them invalid (reason → papers)."""
    rejected = tuple(Invalid(reason, invalid[reason]) for reason in sorted(invalid))
    return Papers(read, read - sum(invalid.values()), rejected)


def figure(number: Decimal) -> str:
    """The decimal in plain digits, never with an exponent."""
    return format(number, "f")


def listed(names: Iterable[str]) -> str:
    """Names as one says them: "A", "A and B", "A, B and C"."""
    *most, last = list(names)
    return f"{', '.join(most)} and {last}" if most else last


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values; every figure a string in plain digits, every number of papers,
    seats and stages an integer."""
    return {
        "rule": sheet.rule,
        "title": sheet.title,
        "seats": sheet.seats,
        "quota": None if sheet.quota is None else figure(sheet.quota),
        "candidates": list(sheet.candidates),
        "withdrawn": list(sheet.withdrawn),
        "papers": {
            "read": sheet.papers.read,
            "valid": sheet.papers.valid,
            "invalid": [
                {"reason": one.reason, "papers": one.papers} for one in sheet.papers.invalid
            ],
        },
        "elected": list(sheet.elected),
        "elections": [
            {
                "candidate": one.candidate,
                "stage": one.stage,
                "votes": figure(one.votes),
                "how": one.how,
            }
            for one in sheet.elections
        ],
        "not_elected": list(sheet.not_elected),
        "stages": [_stage(stage) for stage in sheet.stages],
        "ties": [
            {
                "stage": tie.stage,
                "candidates": list(tie.candidates),
                "chosen": list(tie.chosen),
                "says": tie.says,
                "label": tie.label,
            }
            for tie in sheet.ties
        ],
        "remarks": list(sheet.remarks),
    }


def _stage(stage: Stage) -> dict[str, Any]:
    """What a rule does not have is left out, so that the digest of a recorded sheet stays."""
    known: dict[str, Any] = {}
    if stage.quota is not None:
        known["quota"] = figure(stage.quota)
    if stage.keep:
        known["keep"] = {name: figure(value) for name, value in stage.keep}
    return known | {
        "stage": stage.number,
        "kind": stage.action.kind,
        "of": stage.action.of,
        "action": stage.action.says,
        "votes": {name: figure(votes) for name, votes in stage.votes},
        "nontransferable": figure(stage.nontransferable),
        "transfers": [
            {
                "to": one.to,
                "papers": one.papers,
                "value": figure(one.value),
                "votes": figure(one.votes),
                "why": one.why,
            }
            for one in stage.transfers
        ],
        "elected": list(stage.elected),
    }
