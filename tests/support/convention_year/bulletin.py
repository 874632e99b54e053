"""A document, its refusal, the appeal, the issue."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from quorate.chapters.calendar import DAY
from support.command import quorate
from support.convention_year.calling import individuals
from support.prints import printed
from support.story import Story, receipt_shown, refusal_shown
from texts.archives import docx, p

DELETED = "and the treasurer is a fool"
WORD = docx(
    p("Minutes of the steering committee come out within a week.")
    + p(f"<w:del><w:r><w:delText>{DELETED}</w:delText></w:r></w:del>", "They name who said what.")
)


def hand_in_a_document(story: Story) -> str:
    """A member uploads a document on the phone, keeps the receipt and hands in a new version.

    Under the closed slate a member is told that only delegates propose; a perspective they may
    write.
    """
    author = story.without_office_first(story.state.membership.branches["C1"].members)[0]
    story.go_to(story.convention.dates.bulletin_opens + DAY)
    phone = story.phone(author)
    phone.get_by_role("link", name="Bulletin", exact=True).click()
    if not individuals(story):
        write(phone, "Proposal", "Minutes within a week")
        refusal_shown(phone, "proposals.may_propose")
        phone.goto(f"{story.address}/bulletin")
    kind = "Proposal" if individuals(story) else "Perspective"
    write(phone, kind, "Minutes within a week")
    receipt_shown(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Keep the receipt").click()
    receipt = story.folder.parent / "receipt.txt"
    download.value.save_as(receipt)
    said = quorate("receipt", "verify", receipt, "--key", story.folder / "record.vkey").stdout
    assert "bulletin.hand_in stands in the record" in said
    number = max(story.state.bulletin.contributions)
    phone.goto(f"{story.address}/bulletin/{number}")
    expect(phone.locator("article.text").first).to_contain_text("They name who said what.")
    assert DELETED not in phone.content()

    phone.get_by_role("link", name="Hand in a new version").click()
    phone.get_by_label("Title").fill("Minutes within a week")
    phone.get_by_label("Text", exact=True).fill("Minutes come out within *five days*.")
    phone.get_by_role("button", name="Hand it in").click()
    receipt_shown(phone)
    expect(phone.locator("article.text").first).to_contain_text("within five days")
    expect(phone.get_by_role("link", name="Version 1")).to_be_visible()
    return author


def write(phone: Page, kind: str, title: str) -> None:
    phone.get_by_role("link", name="Write").click()
    phone.get_by_label(kind, exact=True).check()
    phone.get_by_label("Title").fill(title)
    phone.get_by_label("Or a file").set_input_files(
        {
            "name": "minutes.docx",
            "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "buffer": WORD,
        }
    )
    phone.get_by_role("button", name="Hand it in").click()


def refuse(story: Story, number: int, reason: str) -> None:
    """The editor refuses; there is no way to do it without a reason of the rulebook."""
    desk = story.desk(story.holder("bulletin-editor"))
    desk.goto(f"{story.address}/bulletin/{number}")
    desk.get_by_role("link", name="Refuse it").click()
    offered = desk.get_by_label("Reason").locator("option").all_inner_texts()
    assert [text for text in offered if text != "choose one"] == list(
        story.convention.rules.bulletin.refusal_reasons.values()
    )
    desk.get_by_label("Reason").select_option(reason)
    desk.get_by_label("What else there is to say").fill("Not now.")
    desk.get_by_role("button", name="Refuse it").click()
    receipt_shown(desk)


def appeal(story: Story, author: str, number: int) -> None:
    """The author reads who refused and why, and appeals."""
    phone = story.phone(author)
    phone.goto(f"{story.address}/bulletin/{number}")
    editor = story.people[story.holder("bulletin-editor")].name
    expect(phone.get_by_text(f"by {editor}").first).to_be_visible()
    phone.get_by_role("link", name="Appeal").click()
    phone.get_by_label("Why the refusal is wrong").fill("It is about our own minutes.")
    phone.get_by_role("button", name="Appeal").click()
    receipt_shown(phone)


def judge(story: Story, number: int, decision: str) -> None:
    """One judge is led to it from their home page; others say the same over the API."""
    first, *others = story.holders(story.convention.rules.bulletin.appeal_to)
    desk = story.desk(first)
    desk.get_by_role("link", name=re.compile("Read it|An appeal waits")).first.click()
    desk.get_by_role("link", name="Judge this appeal").click()
    desk.get_by_label("Decision").select_option(decision)
    desk.get_by_label("Reason").fill("We have read both.")
    desk.get_by_role("button", name="Judge it so").click()
    receipt_shown(desk)
    for other in others:
        found = story.state.bulletin.contributions[number].refusal
        assert found is not None
        assert found.appeal is not None
        if found.appeal.decision is not None:
            break
        story.act(
            other,
            "bulletin.judge_appeal",
            contribution=number,
            decision=decision,
            reason={"text": "Likewise."},
        )


def refuse_and_overturn(story: Story, author: str) -> None:
    refuse(story, 1, "not-a-contribution")
    appeal(story, author, 1)
    judge(story, 1, "upheld")
    phone = story.phone(author)
    phone.goto(f"{story.address}/bulletin/1")
    expect(phone.get_by_text("the refusal was overturned")).to_be_visible()


def refuse_and_stand_by_it(story: Story, author: str) -> None:
    """Those who appointed the editor judge the appeal. It stays listed, with all of it."""
    refuse(story, 1, "disruptive")
    appeal(story, author, 1)
    judge(story, 1, "dismissed")
    phone = story.phone(author)
    phone.goto(f"{story.address}/bulletin")
    row = phone.locator("ul.rows li", has_text="Minutes within a week")
    expect(row).to_contain_text("version 2 was refused")
    row.get_by_role("link").first.click()
    expect(phone.get_by_text("It disrupts the unity of the organisation.")).to_be_visible()
    expect(phone.get_by_text("The refusal stands").first).to_be_visible()


def read_the_issue(story: Story, reader: str) -> None:
    """The issue is out on its date, and in print; the version that was refused for good is not in
    it, the one before it is."""
    story.act(
        story.without_office_first(story.state.membership.branches["B2"].members)[0],
        "bulletin.hand_in",
        kind="report",
        text={"title": "A year in B2", "text": "We met eleven times."},
    )
    dates = story.convention.dates
    story.go_to(next(issue for issue in dates.issues if issue > story.now))
    number = story.state.bulletin.issues[-1].number
    phone = story.phone(reader)
    phone.get_by_role("link", name=f"Issue {number} of the bulletin is out").click()
    expect(phone.get_by_role("link", name="A year in B2")).to_be_visible()
    pdf = phone.get_by_role("link", name="To print").get_attribute("href")
    assert pdf is not None
    text = in_print(story, phone, pdf)
    assert "A year in B2" in text
    first = in_print(story, phone, "/bulletin/issue/1/1.pdf")
    assert "Minutes within a week" in first
    assert ("five days" in first) == individuals(story)


def in_print(story: Story, page: Page, address: str) -> str:
    """The text of a PDF that a page links to."""
    answer = printed(page.request.get, f"{story.address}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    sheets = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
