"""Names in place of pseudonyms, in what a count sheet says and draws."""

from __future__ import annotations

import re
from html import escape

from django.utils.safestring import SafeString, mark_safe

from quorate.chapters.state import State
from quorate.web.names import name_of

_PSEUDONYM = re.compile(r"m-[a-z2-7]{16}")


def told_by_name(state: State, sentence: str) -> str:
    """A sentence of a count sheet, with people's names in it."""
    return _PSEUDONYM.sub(lambda found: name_of(state, found[0]), sentence)


def named_in(state: State, svg: str) -> SafeString:
    """A picture of a count, with people's names in it."""
    return mark_safe(_PSEUDONYM.sub(lambda found: escape(name_of(state, found[0])), svg))
