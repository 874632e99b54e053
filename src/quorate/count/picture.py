"""Pictures of a count sheet, as SVG: the votes at every stage as bars, the transfers as a flow.

Everything is drawn in currentColor with classes (``count-bar``, ``count-flow``, … and the state
``elected``, ``excluded``, ``standing``), so that a page's own style and dark mode apply. There is
no script and no style element. States are written out, never told by colour alone. Each picture
has a title and a description for screen readers; the table of the same figures belongs beside it.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from quorate.count.figures import figure, some
from quorate.count.sheet import Sheet, Stage, listed
from quorate.count.table import fate, head, rows

_LABELS = 210
_RIGHT = 270
_COLUMN = 112
_ROW = 40
_HEAD = 66
_FLOW_HEIGHT = 520
_FLOW_COLUMN = 140
_GAP = 16
_NODE = 10
_LINE = 15
"""From one label to the next below it, so that letters never touch."""
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WITHOUT = ""
"""Whose the non-transferable votes are: no candidate has an empty name."""


def bars(sheet: Sheet) -> str:
    """Every candidate's votes at every stage, a row a candidate, a column a stage."""
    names = _in_order(sheet)
    most = max((votes for stage in sheet.stages for _, votes in stage.votes), default=Decimal(1))
    most = max(most, sheet.quota or Decimal(1), Decimal(1))
    parts = [part for place in range(len(sheet.stages)) for part in _heading(sheet, place)]
    by_name = {row.name: row for row in rows(sheet)}
    for place, name in enumerate(names):
        top = _HEAD + place * _ROW
        state = _state(sheet, name)
        parts.append(_text(_LABELS - 14, top + 15, name, f"count-name {state}", "end", 13))
        parts.append(_text(_LABELS - 14, top + 30, fate(sheet, name), "count-fate", "end", 11))
        for column, stage in enumerate(sheet.stages):
            wide = float(stage.votes_of(name) / most) * (_COLUMN - 18)
            left = _LABELS + column * _COLUMN
            parts.append(
                f'<rect class="count-bar {state}" x="{left}" y="{top + 4}" width="{wide:.2f}" '
                f'height="12" fill="currentColor" fill-opacity="{_OPACITY[state]}"/>'
            )
            shown = by_name[name].cells[column].votes
            parts.append(_text(left, top + 30, shown, "count-figure", "start", 11))
    bottom = _HEAD + len(names) * _ROW
    drawn = _quotas(sheet, most, bottom)
    height = bottom + (24 if drawn else 4)
    width = _LABELS + max(len(sheet.stages) * _COLUMN, 200) + 8
    title = f"{_titled(sheet)}: {sheet.figures} by stage"
    return _svg("count-bars", width, height, title, _told(sheet), [*parts, *drawn])


def _quotas(sheet: Sheet, most: Decimal, bottom: float) -> list[str]:
    """A stroke at each stage's quota, and what it is; nothing where the rule has none."""
    parts = []
    for place, stage in enumerate(sheet.stages):
        quota = stage.quota or sheet.quota
        if quota is None:
            continue
        x = _LABELS + place * _COLUMN + float(quota / most) * (_COLUMN - 18)
        beside = "".join(
            f"M{x:.2f} {top}v18" for top in range(_HEAD + 1, int(bottom), _ROW)
        )  # beside the bars only, so that it crosses no figure
        parts.append(
            f'<path class="count-quota" d="{beside}" stroke="currentColor" stroke-width="1.5"/>'
        )
    if parts and sheet.quota is not None:
        said = f"Upright stroke: {_line(sheet)}, {figure(sheet.quota)}"
        parts.append(_text(_LABELS, bottom + 16, said, "count-figure", "start", 11))
    return parts


def flow(sheet: Sheet) -> str:
    """The transfers between candidates from stage to stage, as a Sankey diagram.

    A count of one stage has no transfers: only its votes are drawn.
    """
    drawing = _Flow(sheet)
    parts: list[str] = []
    for place, stage in enumerate(sheet.stages):
        x = _LABELS + place * _FLOW_COLUMN
        parts += _head_lines(x, head(stage), stage, _FLOW_COLUMN - 12)
        for name, votes in _streams(stage):
            parts.append(drawing.node(place, name, votes))
        if place:
            parts += drawing.links(place, sheet.stages[place - 1], stage)
    parts += drawing.names()
    width = _LABELS + (len(sheet.stages) - 1) * _FLOW_COLUMN + _NODE + _RIGHT
    title = f"{_titled(sheet)}: transfers of votes"
    return _svg("count-flows", width, drawing.height, title, _told(sheet), parts)


_OPACITY = {"elected": "0.9", "standing": "0.6", "excluded": "0.42"}


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
        ever = {name for stage in sheet.stages for name, votes in _streams(stage) if votes}
        first, *later = sheet.stages
        self.boxes = [self._column(first, ever), *(self._column(stage) for stage in later)]
        bottom = max(
            (box.top + box.tall for column in self.boxes for box in column.values()), default=0.0
        )
        self.labels = {place: self._labels(place) for place in {0, len(self.boxes) - 1}}
        lowest = max((y for lines in self.labels.values() for _, y in lines), default=0.0)
        self.height = int(max(bottom, lowest, _HEAD + 40)) + 12

    def _column(self, stage: Stage, named: Container[str] = ()) -> dict[str, _Box]:
        """The boxes of those with votes; of ``named`` also without, so that they get a label."""
        votes = dict(_streams(stage))
        boxes: dict[str, _Box] = {}
        top = float(_HEAD)
        for name in self.order:
            if votes.get(name) or name in named:
                boxes[name] = _Box(top, float(votes.get(name, 0)) * self.unit)
                top += boxes[name].tall + _GAP
        return boxes

    def node(self, place: int, name: str, votes: Decimal) -> str:
        """The box of somebody's votes at the end of a stage."""
        box = self.boxes[place].get(name)
        if box is None:
            return ""
        x = _LABELS + place * _FLOW_COLUMN
        state = "nontransferable" if name == _WITHOUT else _state(self.sheet, name)
        said = f"{_label(name)}, stage {self.sheet.stages[place].number}: {some(votes, 'votes')}"
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
        stays: list[str] = []
        moves: list[str] = []  # drawn over what stays
        for source, to, votes in bands:
            tall = float(votes) * self.unit
            if not votes or source not in given or to not in taken:
                continue
            start = self.boxes[place - 1][source].top + given[source]
            end = self.boxes[place][to].top + taken[to]
            given[source] += tall
            taken[to] += tall
            drawn = stays if source == to else moves
            drawn.append(self._band(place, (source, to, votes), start, end, tall))
        return stays + moves

    def _band(
        self, place: int, band: tuple[str, str, Decimal], start: float, end: float, tall: float
    ) -> str:
        source, to, votes = band
        left = _LABELS + (place - 1) * _FLOW_COLUMN + _NODE
        right = _LABELS + place * _FLOW_COLUMN
        middle = (left + right) / 2
        kind, opacity = ("stays", "0.12") if source == to else ("moves", "0.5")
        said = (
            f"{_label(source)} keeps {some(votes, 'votes')}"
            if source == to
            else f"{some(votes, 'votes')} of {source}: {_label(to)}"
        )
        return (
            f'<path class="count-flow {kind}" fill="currentColor" fill-opacity="{opacity}" '
            f'd="M{left} {start:.2f}C{middle} {start:.2f} {middle} {end:.2f} {right} {end:.2f}'
            f"V{end + tall:.2f}C{middle} {end + tall:.2f} {middle} {start + tall:.2f} "
            f'{left} {start + tall:.2f}Z"><title>{_clean(said)}</title></path>'
        )

    def _labels(self, place: int) -> list[tuple[str, float]]:
        """The names beside a column's boxes and their heights, none nearer than a line.

        Labels that would touch are pushed down.
        """
        boxes = self.boxes[place]
        wanted = [(name, box.top + box.tall / 2 + 4) for name, box in boxes.items()]
        heights: list[float] = []
        for _, y in wanted:
            heights.append(max(y, heights[-1] + _LINE) if heights else y)
        return [(name, y) for (name, _), y in zip(wanted, heights, strict=True)]

    def names(self) -> list[str]:
        """The names beside the first and the last stage."""
        last = len(self.boxes) - 1
        right = _LABELS + last * _FLOW_COLUMN + _NODE + 8
        written = []
        for place, x, anchor in [(0, _LABELS - 8, "end")] + (
            [(last, right, "start")] if last else []
        ):
            for name, y in self.labels[place]:
                state = "nontransferable" if name == _WITHOUT else _state(self.sheet, name)
                label = _cut(_label(name), _LABELS - 18, 12)
                if place and state == "elected":
                    label += ", elected"
                written.append(_text(x, y, label, f"count-name {state}", anchor, 12, _RIGHT))
        return written


def _label(name: str) -> str:
    return name or "non-transferable"


def _streams(stage: Stage) -> list[tuple[str, Decimal]]:
    return [*stage.votes, (_WITHOUT, stage.nontransferable)]


def _in_order(sheet: Sheet) -> list[str]:
    """The elected in their order, the others best first, then the withdrawn; a list once."""
    return list(dict.fromkeys([*sheet.elected, *sheet.not_elected, *sheet.withdrawn]))


def _state(sheet: Sheet, name: str) -> str:
    if name in sheet.elected:
        return "elected"
    return "excluded" if any(name in stage.excluded for stage in sheet.stages) else "standing"


def _titled(sheet: Sheet) -> str:
    return sheet.title or "Count"


def _told(sheet: Sheet) -> str:
    quota = "" if sheet.quota is None else f", {_line(sheet)} {figure(sheet.quota)}"
    elected = listed(sheet.elected) if sheet.elected else "nobody"
    if sheet.lists:
        elected = listed(f"{one.name} ({one.seats})" for one in sheet.lists)
    return (
        f"Rule {sheet.rule}; {some(sheet.papers.valid, 'valid papers')}{quota}; "
        f"{some(len(sheet.stages), 'stages')}. Elected: {elected}."
    )


def _line(sheet: Sheet) -> str:
    """What the stroke at the bars is: where a question is put, the votes that yes needs."""
    return "the quota" if sheet.by_order else "needed"


def _heading(sheet: Sheet, place: int) -> list[str]:
    stage = sheet.stages[place]
    return _head_lines(_LABELS + place * _COLUMN, head(stage, sheet.figures), stage, _COLUMN - 12)


def _head_lines(x: float, done: tuple[str, str], stage: Stage, room: int) -> list[str]:
    """Three lines above a column: its number, what was done, and whose votes were moved."""
    what, whose = done
    parts = [
        _text(x, 16, f"Stage {stage.number}", "count-stage", "start", 13),
        _text(x, 32, what, "count-action", "start", 11, room),
    ]
    if whose:
        parts.append(_text(x, 46, whose, "count-action", "start", 11, room))
    return parts


def _text(
    x: float, y: float, text: str, kind: str, anchor: str, size: int, room: int = _LABELS - 18
) -> str:
    """A line of text, cut to ``room`` pixels with the whole in a tooltip."""
    shown = _cut(text, room, size)
    whole = f"<title>{_clean(text)}</title>" if shown != text else ""
    return (
        f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" font-size="{size}" '
        f'text-anchor="{anchor}" fill="currentColor">{whole}{_clean(shown)}</text>'
    )


def _cut(text: str, room: float, size: int) -> str:
    """The text, with "…" where it would be wider than the room."""
    if _wide(text, size) <= room:
        return text
    while len(text) > 1 and _wide(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _wide(text: str, size: int) -> float:
    """About how wide a text is in a sans serif: rather too wide than too narrow."""
    return sum(_width(letter) for letter in text) * size


def _width(letter: str) -> float:
    if letter in "ijlItf.,:;'|!()[]r1 ":
        return 0.36 if letter != "1" else 0.6
    if letter in "mwMW@%":
        return 0.93
    if ord(letter) > 0x2E80:  # Chinese, Japanese and Korean letters are as wide as high
        return 1.05
    return 0.72 if letter.isupper() else 0.6


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
