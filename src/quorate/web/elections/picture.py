"""Pictures of a count: bars stage by stage, and the transfers between candidates."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from quorate.count.sheet import Sheet, figure

_WIDTH, _ROW, _LABEL = 860, 26, 220


def bars(sheet: Sheet, named: Callable[[str], str]) -> SafeString:
    """Votes at the last stage at which each candidate stood, with the quota as a line."""
    best: dict[str, int] = {}
    for stage in sheet.stages:
        for name, units in stage.votes:
            best[name] = max(units, best.get(name, 0))
    most = max([*best.values(), sheet.quota or 0, 1])
    scale = (_WIDTH - _LABEL - 110) / most
    rows = []
    for place, (name, units) in enumerate(sorted(best.items(), key=lambda item: -item[1])):
        y = place * _ROW
        kind = "bar-for" if name in sheet.elected else "bar-plain"
        rows.append(
            f'<text x="0" y="{y + 17}">{escape(named(name)[:30])}</text>'
            f'<rect class="{kind}" x="{_LABEL}" y="{y + 4}" width="{units * scale:.1f}" height="16"/>'
            f'<text x="{_LABEL + units * scale + 6:.1f}" y="{y + 17}">'
            f"{figure(units, sheet.places)}{' elected' if name in sheet.elected else ''}</text>"
        )
    height = len(best) * _ROW + 22
    line = ""
    if sheet.quota:
        x = _LABEL + sheet.quota * scale
        line = (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height - 20}" stroke="currentColor" '
            f'stroke-dasharray="4 3"/><text x="{x - 20:.1f}" y="{height - 4}">quota</text>'
        )
    return _svg(height, "The most votes that each candidate had", "".join(rows) + line)


def flows(sheet: Sheet, named: Callable[[str], str]) -> SafeString:
    """Who passed votes on to whom: a ribbon for each transfer, as wide as the votes."""
    candidates = [name for name, _ in sheet.stages[0].votes] if sheet.stages else []
    transfers = [stage.transfer for stage in sheet.stages if stage.transfer is not None]
    if not transfers:
        return mark_safe("")
    most = max([units for t in transfers for _, units in t.to] + [1])
    places = {name: number * _ROW + 18 for number, name in enumerate(candidates)}
    parts = [
        f'<text x="0" y="{y}">{escape(named(name)[:30])}</text>'
        f'<text x="{_WIDTH - 200}" y="{y}">{escape(named(name)[:30])}</text>'
        for name, y in places.items()
    ]
    left, right = _LABEL, _WIDTH - 210
    middle = (left + right) / 2
    for transfer in transfers:
        y1 = places[transfer.source] - 5
        for name, units in transfer.to:
            y2 = places[name] - 5
            width = max(1.0, 14 * units / most)
            said = f"{named(transfer.source)} to {named(name)}: {figure(units, sheet.places)}"
            parts.append(
                f'<path class="flow" d="M{left} {y1} C{middle} {y1} {middle} {y2} {right} {y2}" '
                f'stroke-width="{width:.1f}"><title>{escape(said)}</title></path>'
            )
    return _svg(len(candidates) * _ROW + 8, "How votes were passed on", "".join(parts))


def _svg(height: int, title: str, body: str) -> SafeString:
    return mark_safe(
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {_WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )
