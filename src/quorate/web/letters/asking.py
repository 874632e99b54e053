"""The letter that asks a member to second a proposal."""

from __future__ import annotations

from quorate.chapters.plain import on
from quorate.chapters.proposals.own_time import seconding_until
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link
from quorate.web.templatetags.saying import branch_of


def asking(state: State, taken: Taken) -> Words:
    """To whoever chose to be asked."""
    number = taken.act.proposal
    title = names.contribution_title(state, number)
    contribution = state.bulletin.contributions[number]
    until = seconding_until(state, contribution, state.proposals.proposals[number])
    return Words(
        f"Will you second “{title}”?",
        f"{names.name_of(state, taken.by)}, {branch_of(taken.by)}, asks you to second a proposal:\n"
        f"\n    {title}\n\n"
        f"Read it and, if you agree that it should be debated, put your name under it:\n"
        f"{link(f'bulletin/{number}')}\n\n"
        f"Seconding closes on {on(until)}. Nobody sees your address, and nobody is told whether\n"
        "you have read this. You need not answer.\n\n"
        f"You get such letters because you have said that others may write to you. To end that:\n"
        f"{link('act/membership.be_reachable')}",
    )
