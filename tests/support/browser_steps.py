"""Steps in a real browser that several stories take."""

from __future__ import annotations

from playwright.sync_api import Page, expect

RECEIPTS = """JSON.stringify(
    Object.entries(localStorage).filter(([name]) => name.startsWith("quorate/receipts/")))"""
"""What the browser keeps of them; the record's key is there before the first."""


def sign_in(page: Page, address: str, part: str) -> None:
    """As whoever plays this part in the demo."""
    page.goto(f"{address}/play")
    page.locator("[data-everybody] li", has_text=part).first.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good day")


def sign_in_as(page: Page, address: str, member: str) -> None:
    """As any member of the demo."""
    page.goto(f"{address}/play")
    form = page.locator("[data-everybody] form").first
    form.locator("[name=member]").evaluate("(field, who) => { field.value = who; }", member)
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good day")


def written(page: Page, address: str, title: str) -> None:
    """Hands something in, and waits until the browser has kept the receipt."""
    before = page.evaluate(RECEIPTS)
    hand_in(page, address, title)
    page.wait_for_function(f"(before) => {RECEIPTS} !== before", arg=before)


def hand_in(page: Page, address: str, title: str) -> None:
    """Hands something in."""
    page.goto(f"{address}/bulletin/new")
    page.get_by_label("Perspective", exact=True).check()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill("It was a long winter.")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("It stands in the record")).to_be_visible()


def receipts_say(page: Page, address: str, words: str) -> None:
    page.goto(f"{address}/account/receipts")
    expect(page.locator("[data-said]")).to_contain_text(words)
