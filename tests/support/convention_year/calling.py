"""The convention is called, branches attest their rolls, and what both need."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from quorate.chapters.calendar import DAY, HOUR
from support.small import BRANCHES
from support.story import Story, receipt_shown, refusal_shown

LONDON = ZoneInfo("Europe/London")


def individuals(story: Story) -> bool:
    """Whether it is the open convention: members propose, and the leadership is elected one by one.

    By the rulebook, as everything else.
    """
    return story.state.rules.bodies["steering-committee"].method == "individuals"


def local(ms: int) -> str:
    """As a form takes a time."""
    return datetime.fromtimestamp(ms / 1000, LONDON).strftime("%Y-%m-%dT%H:%M")


def call_the_convention(story: Story) -> None:
    """Too late for the notice it is refused; in time it is called."""
    desk = story.desk(story.holder("steering-committee"))
    opens = (story.now // DAY + 148) * DAY + 10 * HOUR
    for at, allowed in ((opens - 60 * DAY, False), (opens, True)):
        desk.goto(f"{story.address}/convention")
        desk.get_by_role("link", name="Call the convention").click()
        desk.get_by_label("It opens").fill(local(at))
        desk.get_by_label("Where it meets").fill("Seamen's Hall")
        desk.get_by_role("button", name="Call it").click()
        if allowed:
            receipt_shown(desk)
        else:
            assert "145 days" in refusal_shown(desk, "floor.notice")
    expect(desk.get_by_text("Seamen's Hall")).to_be_visible()


def attest_the_rolls(story: Story) -> None:
    story.go_to(story.convention.dates.roll_cut_off + HOUR)
    roll = story.state.membership.rolls[story.convention.number]
    office = story.convention.rules.membership.roll_attested_by
    for branch in BRANCHES:
        secretary = story.holder(office, branch)
        if branch != "A1":
            digest = roll.branches[branch].digest
            story.act(secretary, "membership.attest_roll", branch=branch, digest=digest)
            continue
        desk = story.desk(secretary)
        desk.get_by_role("link", name="Look at it").click()
        desk.get_by_role("button", name="Attest this roll").click()
        receipt_shown(desk)
        expect(desk.get_by_text(f"Attested by {story.people[secretary].name}")).to_be_visible()
