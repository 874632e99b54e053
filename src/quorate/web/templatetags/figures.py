"""How templates write numbers: grouped thousands, a share in per cent."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def grouped(number: int | None) -> str:
    """1234 → "1,234"; nothing for None, or for what a page does not know."""
    return f"{number:,}" if isinstance(number, int) else ""


@register.filter
def per_cent_of(part: int, whole: int) -> str:
    """A share to one decimal, halves up: (131, 180) → "72.8 %". For reading only: what is decided,
    is decided in exact fractions. A share of nothing is "0 %"."""
    if not whole:
        return "0 %"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} %"
