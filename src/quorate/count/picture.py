"""Pictures of a count sheet, as SVG: the votes at every stage as bars, the transfers as a flow.

Everything is drawn in currentColor with classes (``count-bar``, ``count-flow``, … and the state
``elected``, ``excluded``, ``standing``), so that a page's own style and dark mode apply. There is
no script and no style element. States are written out, never told by colour alone. Each picture
has a title and a description for screen readers; the table of the same figures belongs beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from quorate.count.sheet import Sheet, Stage, figure, listed

_LABELS = 250
_COLUMN = 104
_ROW = 36
_HEAD = 56
_FLOW_HEIGHT = 520
_FLOW_COLUMN = 150
_GAP = 10
_NODE = 10
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WITHOUT = ""
"""Whose the non-transferable votes are: no candidate has an empty name."""


def bars(sheet: Sheet) -> str:
    """Every candidate's votes at every stage, a row a candidate, a column a stage."""
    rows = _in_order(sheet)
    most = max((votes for stage in sheet.stages for _, votes in stage.votes), default=Decimal(1))
    most = max(most, sheet.quota or Decimal(1), Decimal(1))
    parts = [_heading(place, stage) for place, stage in enumerate(sheet.stages)]
    for row, name in enumerate(rows):
        top = _HEAD + row * _ROW
        state = _state(sheet, name)
        parts.append(_text(_LABELS - 12, top + 15, name, f"count-name {state}", "end"))
        parts.append(_text(_LABELS - 12, top + 29, _fate(sheet, name), "count-fate", "end", 10))
        for place, stage in enumerate(sheet.stages):
            votes = stage.votes_of(name)
            wide = float(votes / most) * (_COLUMN - 16)
            left = _LABELS + place * _COLUMN
            parts.append(
                f'<rect class="count-bar {state}" x="{left}" y="{top + 4}" width="{wide:.2f}" '
                f'height="12" fill="currentColor" fill-opacity="{_OPACITY[state]}"/>'
            )
            parts.append(_text(left, top + 29, figure(votes), "count-figure", "start", 10))
    height = _HEAD + len(rows) * _ROW + 8
    if sheet.quota is not None:
        share = float(sheet.quota / most) * (_COLUMN - 16)
        for place in range(len(sheet.stages)):
            x = _LABELS + place * _COLUMN + share
            parts.append(
                f'<line class="count-quota" x1="{x:.2f}" x2="{x:.2f}" y1="{_HEAD}" '
                f'y2="{height - 8}" stroke="currentColor" stroke-dasharray="2 3"/>'
            )
    width = _LABELS + len(sheet.stages) * _COLUMN + 8
    return _svg(
        "count-bars", width, height, f"{_titled(sheet)}: votes by stage", _told(sheet), parts
    )


def flow(sheet: Sheet) -> str:
    """The transfers between candidates from stage to stage, as a Sankey diagram.

    A count of one stage has no transfers: only its votes are drawn.
    """
    drawing = _Flow(sheet)
    parts: list[str] = []
    for place, stage in enumerate(sheet.stages):
        x = _LABELS + place * _FLOW_COLUMN
        parts.append(_text(x, 16, f"Stage {stage.number}", "count-stage", "start"))
        parts.append(_text(x, 31, _short(stage), "count-action", "start", 10, _FLOW_COLUMN - 14))
        for name, votes in _streams(stage):
            parts.append(drawing.node(place, name, votes))
        if place:
            parts += drawing.links(place, sheet.stages[place - 1], stage)
    parts += drawing.names()
    width = 2 * _LABELS + (len(sheet.stages) - 1) * _FLOW_COLUMN + _NODE
    title = f"{_titled(sheet)}: transfers of votes"
    return _svg("count-flows", width, drawing.height, title, _told(sheet), parts)


_OPACITY = {"elected": "0.85", "standing": "0.5", "excluded": "0.3"}


@dataclass(frozen=True, slots=True)
class _Box:
    top: float
    tall: float


class _Flow:
    """Where each stage's votes stand: columns of boxes, as tall as their votes."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.order = [*_in_order(sheet), _WITHOUT]
        self.unit = _FLOW_HEIGHT / float(max(sum(v for _, v in _streams(sheet.stages[0])), 1))
        self.boxes = [self._column(stage) for stage in sheet.stages]
        bottom = max(
            (box.top + box.tall for column in self.boxes for box in column.values()), default=0.0
        )
        self.height = int(max(bottom, _HEAD + _FLOW_HEIGHT)) + 24

    def _column(self, stage: Stage) -> dict[str, _Box]:
        votes = dict(_streams(stage))
        boxes: dict[str, _Box] = {}
        top = float(_HEAD)
        for name in self.order:
            if votes.get(name):
                boxes[name] = _Box(top, float(votes[name]) * self.unit)
                top += boxes[name].tall + _GAP
        return boxes

    def node(self, place: int, name: str, votes: Decimal) -> str:
        """The box of somebody's votes at the end of a stage."""
        box = self.boxes[place].get(name)
        if box is None:
            return ""
        x = _LABELS + place * _FLOW_COLUMN
        state = "nontransferable" if name == _WITHOUT else _state(self.sheet, name)
        said = f"{_label(name)}, stage {self.sheet.stages[place].number}: {figure(votes)} votes"
        return (
            f'<rect class="count-node {state}" x="{x}" y="{box.top:.2f}" width="{_NODE}" '
            f'height="{max(box.tall, 0.5):.2f}" fill="currentColor"><title>{_clean(said)}</title>'
            "</rect>"
        )

    def links(self, place: int, before: Stage, stage: Stage) -> list[str]:
        """The bands from one stage's boxes to the next: what stays, and what is transferred."""
        given = dict.fromkeys(self.boxes[place - 1], 0.0)
        taken = dict.fromkeys(self.boxes[place], 0.0)
        bands: list[tuple[str, str, Decimal]] = []
        given_up: dict[str, Decimal] = {}
        gains: dict[tuple[str, str], Decimal] = {}
        for one in stage.transfers:
            source, to = one.of or stage.action.of or "", one.to or _WITHOUT
            given_up[source] = given_up.get(source, Decimal(0)) + one.votes
            gains[source, to] = gains.get((source, to), Decimal(0)) + one.votes
        for name, votes in _streams(before):
            bands.append((name, name, votes - given_up.get(name, Decimal(0))))
        bands += [(source, to, votes) for (source, to), votes in gains.items()]
        bands.sort(key=lambda band: (self.order.index(band[0]), self.order.index(band[1])))
        drawn = []
        for source, to, votes in bands:
            tall = float(votes) * self.unit
            if not votes or source not in given or to not in taken:
                continue
            start = self.boxes[place - 1][source].top + given[source]
            end = self.boxes[place][to].top + taken[to]
            given[source] += tall
            taken[to] += tall
            drawn.append(self._band(place, (source, to, votes), start, end, tall))
        return drawn

    def _band(
        self, place: int, band: tuple[str, str, Decimal], start: float, end: float, tall: float
    ) -> str:
        source, to, votes = band
        left = _LABELS + (place - 1) * _FLOW_COLUMN + _NODE
        right = _LABELS + place * _FLOW_COLUMN
        middle = (left + right) / 2
        kind, opacity = ("stays", "0.12") if source == to else ("moves", "0.4")
        said = (
            f"{_label(source)} keeps {figure(votes)} votes"
            if source == to
            else f"{figure(votes)} votes of {source}: {_label(to)}"
        )
        return (
            f'<path class="count-flow {kind}" fill="currentColor" fill-opacity="{opacity}" '
            f'd="M{left} {start:.2f}C{middle} {start:.2f} {middle} {end:.2f} {right} {end:.2f}'
            f"V{end + tall:.2f}C{middle} {end + tall:.2f} {middle} {start + tall:.2f} "
            f'{left} {start + tall:.2f}Z"><title>{_clean(said)}</title></path>'
        )

    def names(self) -> list[str]:
        """The names beside the first and the last stage."""
        last = len(self.boxes) - 1
        right = _LABELS + last * _FLOW_COLUMN + _NODE + 8
        ends = [(0, _LABELS - 8, "end")]
        ends += [(last, right, "start")] if last else []
        written = []
        for place, x, anchor in ends:
            lowest = 0.0
            for name, box in self.boxes[place].items():
                y = max(box.top + box.tall / 2 + 4, lowest + 12)
                lowest = y
                fate = "" if name == _WITHOUT else _fate(self.sheet, name)
                label = f"{name} ({fate})" if place and fate else _label(name)
                written.append(_text(x, y, label, "count-name", anchor, 11, _LABELS - 16))
        return written


def _label(name: str) -> str:
    return name or "non-transferable"


def _streams(stage: Stage) -> list[tuple[str, Decimal]]:
    return [*stage.votes, (_WITHOUT, stage.nontransferable)]


def _in_order(sheet: Sheet) -> list[str]:
    """The elected in their order, the others best first, then the withdrawn."""
    return [*sheet.elected, *sheet.not_elected, *sheet.withdrawn]


def _state(sheet: Sheet, name: str) -> str:
    if name in sheet.elected:
        return "elected"
    return "excluded" if _excluded_at(sheet, name) else "standing"


def _excluded_at(sheet: Sheet, name: str) -> int | None:
    for stage in sheet.stages:
        if name in stage.excluded:
            return stage.number
    return None


def _fate(sheet: Sheet, name: str) -> str:
    for one in sheet.elections:
        if one.candidate == name:
            return "elected" if len(sheet.stages) == 1 else f"elected at stage {one.stage}"
    if name in sheet.withdrawn:
        return "withdrawn"
    stage = _excluded_at(sheet, name)
    return f"excluded at stage {stage}" if stage else "not elected"


def _short(stage: Stage) -> str:
    of = stage.action.of or ""
    return {
        "first preferences": "first preferences",
        "surplus": f"surplus of {of}",
        "exclusion": f"without {of}",
        "count": "votes",
    }[stage.action.kind]


def _titled(sheet: Sheet) -> str:
    return sheet.title or "Count"


def _told(sheet: Sheet) -> str:
    quota = "" if sheet.quota is None else f", quota {figure(sheet.quota)}"
    elected = listed(sheet.elected) if sheet.elected else "nobody"
    return (
        f"Rule {sheet.rule}; {sheet.papers.valid} valid papers{quota}; "
        f"{len(sheet.stages)} stages. Elected: {elected}."
    )


def _heading(place: int, stage: Stage) -> str:
    left = _LABELS + place * _COLUMN
    return _text(left, 18, f"Stage {stage.number}", "count-stage", "start") + _text(
        left, 34, _short(stage), "count-action", "start", 10, _COLUMN - 12
    )


def _text(
    x: float, y: float, text: str, kind: str, anchor: str, size: int = 12, room: int = _LABELS - 16
) -> str:
    """A line of text, cut to ``room`` pixels with the whole in a tooltip."""
    most = max(int(room / (size * 0.5)), 4)
    shown = text if len(text) <= most else f"{text[: most - 1]}…"
    whole = f"<title>{_clean(text)}</title>" if shown != text else ""
    return (
        f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" font-size="{size}" '
        f'text-anchor="{anchor}" fill="currentColor">{whole}{_clean(shown)}</text>'
    )


def _svg(kind: str, width: int, height: int, title: str, description: str, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="inherit" color="inherit"><title>{_clean(title)}</title>'
        f"<desc>{_clean(description)}</desc>{''.join(parts)}</svg>"
    )


def _clean(text: str) -> str:
    """Text for XML: escaped, and characters that XML cannot hold replaced."""
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})
