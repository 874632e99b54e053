"""What a vote asked for, in words, for its arithmetic on the page."""

from __future__ import annotations

from django import template

from quorate.chapters.floor.open_votes import majority_for
from quorate.chapters.floor.remembers import Vote
from quorate.rulebook.words import asked_in_words
from quorate.web.lane import lane

register = template.Library()

_OF = {
    "cast": "cast",
    "voting": "cast with abstentions",
    "present": "present",
    "seats": "seats",
}


@register.filter
def majority_asked(vote: Vote) -> str:
    """Such as "more than half" or "two thirds"."""
    return asked_in_words(majority_for(lane().standing.state, vote))


@register.filter
def majority_of(vote: Vote) -> str:
    """Of what the majority is a share: such as "present", after its number."""
    return _OF[majority_for(lane().standing.state, vote).of]
