"""Steps in a real browser that several stories take."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def sign_in(page: Page, address: str, part: str) -> None:
    """As whoever plays this part in the demo."""
    page.goto(f"{address}/play")
    page.locator("li", has_text=part).first.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good day")
