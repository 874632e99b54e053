"""What a page or a print says of a count: the parts, in order, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quorate.count.figures import Figures, figure, some
from quorate.count.outcome import elected_in_words, quota_name
from quorate.count.picture import bars, flow
from quorate.count.sheet import ABSTENTION, Sheet, Stage, listed
from quorate.count.side_tables import SideTable, side_tables
from quorate.count.table import Row, fate, head, rows
from quorate.count.transfer_table import transfer_table
from quorate.count.why import why_not


@dataclass(frozen=True, slots=True)
class Told:
    """A stage in sentences: its head, what was done, who was elected. ``moved``: what went to whom,
    with the papers and their value, None where the stage states no transfer."""

    number: int
    head: str
    sentences: tuple[str, ...]
    moved: SideTable | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody was not elected. ``fate``: such as "excluded at stage 5"."""

    name: str
    fate: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a sheet says. ``facts``: pairs such as ("Quota", "1012"); ``elected``: names, a list
    once, and how; ``figures``: what is counted; ``tables``: of pairs compared or seats shared out;
    ``bars`` and ``flow``: SVG, ``bars`` "" for a count without stages, ``flow`` "" for one that
    states no transfers."""

    title: str
    figures: Figures
    facts: tuple[tuple[str, str], ...]
    elected: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    tables: tuple[SideTable, ...]
    bars: str
    flow: str
    stages: tuple[Told, ...]
    ties: tuple[str, ...]
    invalid: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    whys: tuple[Why, ...]


def report(sheet: Sheet) -> Report:
    """The parts of the page of a count."""
    others = (*sheet.not_elected, *sheet.withdrawn)
    return Report(
        title=sheet.title or "The count",
        figures=sheet.figures,
        facts=_facts(sheet),
        elected=elected_in_words(sheet),
        heads=tuple(_head(sheet, stage) for stage in sheet.stages),
        rows=rows(sheet),
        tables=side_tables(sheet),
        bars=bars(sheet) if sheet.stages else "",
        flow=flow(sheet) if any(stage.transfers for stage in sheet.stages) else "",
        stages=tuple(_told(sheet, stage) for stage in sheet.stages),
        ties=tuple(f"Stage {tie.stage}: {tie.says}" for tie in sheet.ties),
        invalid=tuple(
            (one.reason, f"{one.papers:,}")
            for one in sheet.papers.invalid
            if one.reason != ABSTENTION
        ),
        remarks=sheet.remarks,
        whys=tuple(Why(name, fate(sheet, name), tuple(why_not(sheet, name))) for name in others),
    )


def _facts(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    facts = [
        ("Counted by", sheet.rule),
        *sheet.terms,
        ("Seats", f"{sheet.seats:,}"),
        ("Candidates", f"{len(sheet.candidates) - len(sheet.withdrawn):,}"),
        ("Papers", f"{sheet.papers.read:,}"),
        ("Valid", f"{sheet.papers.valid:,}"),
    ]
    abstained = sum(one.papers for one in sheet.papers.invalid if one.reason == ABSTENTION)
    if abstained:
        facts.append(("Abstentions", f"{abstained:,}"))
    if invalid := sheet.papers.read - sheet.papers.valid - abstained:
        facts.append(("Invalid", f"{invalid:,}"))
    if sheet.quota is not None:
        facts.append((quota_name(sheet), figure(sheet.quota)))
    if sheet.withdrawn:
        facts.append(("Withdrawn", listed(sheet.withdrawn)))
    return tuple(facts)


def _head(sheet: Sheet, stage: Stage) -> str:
    return " ".join(head(stage, sheet.figures)).strip()


def _told(sheet: Sheet, stage: Stage) -> Told:
    sentences = [stage.action.says, *_moved(stage)]
    if sheet.lists is not None:
        sentences += [f"{name} has {seats}." for name, seats in elected_in_words(sheet)]
    else:
        sentences += [
            f"{one.candidate} is elected with {some(one.votes, sheet.figures)}."
            for one in sheet.elections
            if one.stage == stage.number
        ]
    return Told(stage.number, _head(sheet, stage), tuple(sentences), transfer_table(stage))


def _moved(stage: Stage) -> list[str]:
    """Where a stage's votes went, most first, in one sentence."""
    gains: dict[str | None, Decimal] = {}
    for one in stage.transfers:
        gains[one.to] = gains.get(one.to, Decimal(0)) + one.votes
    names = sorted((to for to in gains if to is not None), key=lambda to: -gains[to])
    said = [f"{figure(gains[name])} to {name}" for name in names]
    if gains.get(None):
        said.append(f"{figure(gains[None])} to nobody")
    return [f"Passed on: {listed(said)}."] if said else []
