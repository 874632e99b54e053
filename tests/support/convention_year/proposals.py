"""Proposals are handed in, seconded, answered in writing, or lapse."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from quorate.chapters.calendar import HOUR, MINUTE
from support.convention_year.bulletin import write
from support.convention_year.calling import individuals
from support.story import Story, receipt_shown


def hand_in_proposals(story: Story, author: str) -> tuple[int, int, int]:
    """A change of the rulebook, one that will be referred, one that nobody wants.

    Under the closed slate the author is a delegate, and first hands in what the member could not.
    """
    phone = story.phone(author)
    if not individuals(story):
        phone.goto(f"{story.address}/bulletin")
        write(phone, "Proposal", "Minutes within a week")
        receipt_shown(phone)
    phone.goto(f"{story.address}/bulletin/new")
    phone.get_by_label("Amendment", exact=True).check()
    phone.get_by_label("An amendment to").select_option("rulebook")
    phone.get_by_label("Title").fill("More notice")
    phone.get_by_label("Text", exact=True).fill("Half a year is not too much.")
    phone.get_by_text("the rules that change").click()
    phone.get_by_label("Changes").fill("floor.notice = 160")
    phone.get_by_role("button", name="Hand it in").click()
    receipt_shown(phone)
    change = max(story.state.bulletin.contributions)
    for title in ("A four-day week", "A golden bell"):
        text = {"title": title, "text": f"We want it: {title.lower()}."}
        story.act(author, "bulletin.hand_in", kind="proposal", text=text)
    phone.goto(f"{story.address}/bulletin/{change}")
    expect(phone.locator("ins", has_text="160").first).to_be_visible()
    return change, change + 1, change + 2


def second_until_admitted(story: Story, numbers: list[int]) -> None:
    """A delegate seconds on the phone, others over the API, until it is admitted by itself."""
    for number in numbers:
        author = story.state.bulletin.contributions[number].author
        able = [member for member in story.delegates() if member != author]
        phone = story.phone(able[0])
        phone.goto(f"{story.address}/bulletin?q=")
        phone.goto(f"{story.address}/bulletin/{number}")
        phone.get_by_role("button", name="Second this").click()
        expect(phone.get_by_text("You have seconded it.")).to_be_visible()
        version = story.state.bulletin.contributions[number].latest.text
        for member in able[1:]:
            if story.state.proposals.proposals[number].admission is None:
                story.act(member, "proposals.second", proposal=number, version=version)
        phone.reload()
        expect(phone.get_by_label("The path of this proposal")).to_contain_text("Admitted (done)")
        expect(phone.get_by_role("button", name="Take my name back")).to_have_count(0)


def lapse(story: Story, number: int) -> None:
    """Nobody wants it, and when seconding closes that is shown."""
    story.go_to(story.convention.dates.seconding_closes + MINUTE)
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/bulletin/{number}")
    expect(phone.get_by_text("lapsed").first).to_be_visible()
    version = story.state.bulletin.contributions[number].latest.text
    story.refused(
        story.delegates()[1],
        "proposals.second",
        "proposals.seconding_closes",
        proposal=number,
        version=version,
    )


def answer_in_writing(story: Story) -> None:
    """What the leadership owes is on its home page; everyone sees whether it came."""
    office = story.convention.rules.proposals.answer_from
    member = story.delegates()[0]
    phone = story.phone(member)
    expect(phone.get_by_text("What others owe you")).to_be_visible()
    desk = story.desk(story.holder(office))
    desk.get_by_role("link", name=re.compile("Answer the first|await a written answer")).click()
    desk.get_by_role("link", name="Answer in writing").click()
    desk.get_by_label("The answer").fill("We agree with all of it.")
    desk.get_by_role("button", name="Hand in the answer").click()
    receipt_shown(desk)
    expect(desk.get_by_role("heading", name="The written answer")).to_be_visible()
    # Another is never given, and that stands there too.
    story.go_to(story.convention.dates.answers_due + HOUR)
    late = [n for n, q in story.state.proposals.proposals.items() if q.admission and not q.answer]
    phone = story.phone(member)
    phone.goto(f"{story.address}/bulletin/{late[0]}")
    expect(phone.locator("ol.path li.late")).to_have_count(1)
