"""How templates say things: names, times, titles, members' texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.plain import MONTHS
from quorate.chapters.rights import title_of as office_of
from quorate.rulebook.words import count_in_words
from quorate.store import keeping
from quorate.texts.markdown import to_html
from quorate.web import names
from quorate.web.acting.titles import FALLS_DUE, TITLES
from quorate.web.lane import erased, lane
from quorate.web.times import local

register = template.Library()


@register.filter
def when(time: int | None) -> str:
    """ms → "24 May 2026, 15:20" in the organisation's time."""
    if time is None:
        return ""
    at = local(time)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at.hour:02}:{at.minute:02}"


@register.filter
def day(time: int | None) -> str:
    """ms → "24 May" or, in another year, "24 May 2027"."""
    if time is None:
        return ""
    at = local(time)
    this = local(lane().standing.state.time)
    year = "" if at.year == this.year else f" {at.year}"
    return f"{at.day} {MONTHS[at.month - 1]}{year}"


@register.filter
def counted_how(rule: str) -> str:
    """A counting rule in words, its name behind them."""
    return count_in_words(rule)


@register.filter
def ended(words: str) -> str:
    """With a full stop, where what is said is a title or a name and more follows it."""
    return f"{words}." if words and words[-1] not in ".!?" else words


@register.filter
def iso(time: int | None) -> str:
    """ms → an ISO 8601 time for <time datetime>."""
    return "" if time is None else local(time).isoformat(timespec="minutes")


@register.filter
def name(member: str | None) -> str:
    """A member's name."""
    return names.name_of(lane().standing.state, member)


@register.filter
def guest_name(guest: Guest) -> str:
    """A guest's name and who sends them, by their personal sheet."""
    return names.guest_name(guest)


@register.filter
def title(text: str) -> str:
    """A text's title."""
    return names.title_of(text)


@register.filter
def proposal_title(number: int) -> str:
    """A contribution's title, by its number."""
    return names.contribution_title(lane().standing.state, number)


@register.filter
def office(name_: str) -> str:
    """A body's or post's title."""
    titled = office_of(lane().standing.state, name_)
    return titled.removeprefix("the ").capitalize()


@register.filter
def place(code: str) -> str:
    """The name of a branch or region."""
    return names.place_of(lane().standing.state, code)


@register.filter
def side(name_: str) -> str:
    """A side that has a trustee of secret ballots, as people say it."""
    return name_.replace("-", " ")


@register.filter
def branch_of(member: str) -> str:
    """The name of a member's branch."""
    found = lane().standing.state.membership.members.get(member)
    return "" if found is None else place(found.branch)


@register.filter
def of(listed: Mapping[Any, Any], key: Any) -> Any:
    """What is listed under this key; nothing where nothing is."""
    return listed.get(key, ())


class _NotAsHandedIn(Exception):
    """There is no such text, or another: says so."""


@lru_cache(maxsize=512)
def _rendered(text: str) -> str:
    document = keeping.texts([text], erased)[text]
    if document.trouble:
        raise _NotAsHandedIn(document.markdown)  # an answer that is not kept
    return to_html(document.markdown)


@register.filter
def act_heading(name_: str) -> str:
    """What an act is called on pages."""
    return TITLES[name_].heading if name_ in TITLES else FALLS_DUE[name_]


@register.filter
def text(commitment: str) -> SafeString:
    """A member's text as HTML, sanitised; or what is wrong with what lies on the server."""
    if commitment in lane().standing.state.erasing.texts:
        return format_html(
            '<p class="said">{} <a href="/record/erasing">Who decided it</a></p>',
            keeping.ERASED_TEXT.markdown,
        )
    try:
        return mark_safe(_rendered(commitment))
    except _NotAsHandedIn as trouble:
        return format_html('<p class="said refusal"><strong>{}</strong></p>', str(trouble))


@register.simple_tag
def once() -> SafeString:
    """A key that a form carries, so that pressing its button twice is one act."""
    return format_html('<input type="hidden" name="idempotency-key" value="{}">', token_hex(16))
