"""Several people draw a lot."""

from __future__ import annotations

import secrets

from playwright.sync_api import expect

from quorate import commitments
from quorate.chapters.lots.call import standing
from quorate.chapters.lots.remembers import Purpose
from support.story import Story


def draw_the_agenda(story: Story) -> None:
    seed = draw(story, "agenda", story.convention.number)
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/convention")
    expect(phone.get_by_text(seed)).to_be_visible()


def draw(story: Story, purpose: Purpose, of: int) -> str:
    """Three members draw a lot, and no one of them can choose it; the seed."""
    if standing(story.state, purpose, of) is None:  # a tie calls its lot by itself
        story.act(story.holder("chair"), "lots.call", purpose=purpose, of=of)
    called = standing(story.state, purpose, of)
    assert called is not None
    number = called.number
    drawing = story.without_office_first(story.state.membership.branches["B1"].members)[:3]
    chosen = {
        member: {"choice": secrets.token_hex(8), "salt": secrets.token_hex(32)}
        for member in drawing
    }
    for member, own in chosen.items():
        committed = commitments.commit(
            own["choice"].encode(), bytes.fromhex(own["salt"]), commitments.CHOICE
        )
        story.act(member, "lots.commit", draw=number, number=committed)
    story.go_to(story.state.lots.draws[number].commit_until)
    for member, own in chosen.items():
        story.act(member, "lots.hand_in", draw=number, number=own)
    story.go_to(story.state.lots.draws[number].reveal_until)
    seed = story.state.lots.draws[number].seed
    assert seed
    return seed
