"""Markdown on a page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from quorate.texts.markdown import to_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML, sanitised."""
    return mark_safe(to_html(text))
