"""A vote's arithmetic, in words and as bars."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from quorate.chapters.floor.remembers import Tally
from quorate.web.convention.minutes import arithmetic as in_words

register = template.Library()


@register.filter
def arithmetic(tally: Tally) -> str:
    """Such as "131 of 180 is 72.8 %; 120 were needed (the rule asks for two thirds)"."""
    return in_words(tally)


@register.filter
def tally_bars(tally: Tally) -> SafeString:
    """For, against, abstained as bars, with their numbers."""
    most = max(tally.in_favour, tally.against, tally.abstained, 1)
    rows = (
        ("For", tally.in_favour, "bar-for"),
        ("Against", tally.against, "bar-against"),
        ("Abstained", tally.abstained, "bar-plain"),
    )
    parts = []
    for place, (label, number, kind) in enumerate(rows):
        y = place * 30
        parts.append(
            f'<text x="0" y="{y + 17}">{label}</text>'
            f'<rect class="bar-base" x="90" y="{y + 5}" width="300" height="14" rx="3"/>'
            f'<rect class="{kind}" x="90" y="{y + 5}" width="{300 * number / most:.0f}" '
            f'height="14" rx="3"/><text x="400" y="{y + 17}">{number}</text>'
        )
    return mark_safe(
        '<svg role="img" aria-label="For, against and abstained as bars" viewBox="0 0 450 92" '
        f'width="450" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
