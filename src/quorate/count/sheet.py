"""The count sheet: everything that happened in a count, from the papers to the elected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Transfer:
    """Votes that went from one candidate to others at a stage.

    ``value``: what each paper is worth after it, in units. ``to``: candidate → votes in units;
    ``nontransferable``: votes that went to nobody.
    """

    source: str
    why: str
    value: int
    to: tuple[tuple[str, int], ...]
    nontransferable: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. ``votes``: every candidate's votes after it, in units, in the contest's order."""

    number: int
    action: str
    votes: tuple[tuple[str, int], ...]
    nontransferable: int
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    transfer: Transfer | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie and how it was broken."""

    stage: int
    candidates: tuple[str, ...]
    chosen: str
    how: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole count. Votes are whole numbers of units; ``places`` decimal places make a vote.

    ``elected``: in the order of election. ``not_elected``: whoever stayed longest first.
    """

    rule: str
    seats: int
    places: int
    quota: int | None
    valid: int
    invalid: tuple[tuple[str, int], ...]
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]
    elected: tuple[str, ...]
    not_elected: tuple[str, ...]


def figure(units: int, places: int) -> str:
    """Units as a decimal: 85800000 in 5 places is "858.00000"."""
    if not places:
        return str(units)
    whole, part = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{places}d}"


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON values; every figure a decimal text."""

    def votes(units: int) -> str:
        return figure(units, sheet.places)

    return {
        "rule": sheet.rule,
        "seats": sheet.seats,
        "quota": None if sheet.quota is None else votes(sheet.quota),
        "valid": sheet.valid,
        "invalid": dict(sheet.invalid),
        "elected": list(sheet.elected),
        "not_elected": list(sheet.not_elected),
        "stages": [
            {
                "action": stage.action,
                "votes": {name: votes(units) for name, units in stage.votes},
                "nontransferable": votes(stage.nontransferable),
                "elected": list(stage.elected),
                "excluded": list(stage.excluded),
                "transfer": None
                if stage.transfer is None
                else {
                    "from": stage.transfer.source,
                    "why": stage.transfer.why,
                    "value": votes(stage.transfer.value),
                    "to": {name: votes(units) for name, units in stage.transfer.to},
                    "nontransferable": votes(stage.transfer.nontransferable),
                },
            }
            for stage in sheet.stages
        ],
        "ties": [
            {
                "stage": tie.stage,
                "candidates": list(tie.candidates),
                "chosen": tie.chosen,
                "how": tie.how,
            }
            for tie in sheet.ties
        ],
    }


def why_not(sheet: Sheet, name: str) -> list[str]:
    """Why the candidate was not elected, in plain sentences from the sheet."""
    if name in sheet.elected:
        return [f"{name} was elected."]
    if not sheet.stages or name not in dict(sheet.stages[0].votes):
        return [f"{name} did not stand."]
    first = dict(sheet.stages[0].votes)[name]
    sentences = [f"{name} began with {figure(first, sheet.places)} votes."]
    if sheet.quota is not None:
        sentences.append(f"A seat needed {figure(sheet.quota, sheet.places)}.")
    for stage in sheet.stages:
        if name in stage.excluded:
            before = sheet.stages[stage.number - 2] if stage.number > 1 else stage
            had = dict(before.votes)[name]
            sentences.append(
                f"At stage {stage.number} nobody had fewer votes: with "
                f"{figure(had, sheet.places)} {name} was excluded, and the papers went on."
            )
            return sentences
    last = dict(sheet.stages[-1].votes)[name]
    sentences.append(
        f"When all {sheet.seats} seats were filled, {name} had {figure(last, sheet.places)} votes."
    )
    return sentences
