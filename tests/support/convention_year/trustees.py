"""The trustees of a register in a story, each in a browser of their own: named, and come to their
keys; and what voters do on the page of their key."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from support.convention_year.registers import register_now
from support.story import DESK, SOON, Story, fits, receipt_shown

Makes = Callable[[Page, Path], None]
"""Makes a key on a trustee's page, and saves its file."""

Looks = Callable[[Page], None]


def said(page: Page, words: str, soon: int = SOON) -> None:
    """A trustee's or a voter's page says so."""
    expect(page.locator("[data-said]")).to_contain_text(words, timeout=soon)


def save_a_key(page: Page, file: Path) -> None:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Make my key").click()
    saved.value.save_as(file)
    said(page, "choose that file")


def choose(page: Page, file: Path) -> None:
    """Once the page asks for it: before, nobody listens."""
    field = page.get_by_label("Choose your key file")
    expect(field).to_be_visible(timeout=SOON)
    field.set_input_files(file)


def make_a_key(page: Page, file: Path) -> None:
    """A key is made, its file saved, and chosen again: nothing is handed in before."""
    save_a_key(page, file)
    choose(page, file)
    expect(page.locator("[data-file-name]")).to_have_text(file.name)


def name_the_trustees(
    story: Story, folder: Path, make: Makes = make_a_key, look: Looks = fits
) -> dict[str, Page]:
    """A member is named, one was drawn, and the third, of another organisation, makes their key
    before they are named. The page of each, by their side."""
    leader = story.holder("steering-committee")
    desk = story.desk(leader)
    desk.get_by_role("link", name="Name the trustee of the side leadership").or_(
        desk.get_by_role("link", name="Name them")
    ).first.click()
    drawn = next(one.who for one in register_now(story).trustees if one.way == "lot")
    able = story.without_office_first(story.state.membership.branches["A1"].members)
    trustee = story.people[next(who for who in able if who not in (drawn, *story.delegates()))]
    desk.get_by_label("Who").fill(trustee.name)
    look(desk)
    desk.get_by_role("button", name="Name them").click()
    receipt_shown(desk)
    look(desk)
    naming = story.desk(story.holder("credentials-committee"))
    naming.goto(f"{story.address}/registers/1/name/outside")
    look(naming)
    address = naming.locator("[data-address]").inner_text()
    stranger = story.browser.new_context(viewport=DESK).new_page()
    stranger.goto(address)
    make(stranger, folder / "outside.json")
    key = stranger.locator("[data-key].code").inner_text()
    look(stranger)
    assert re.fullmatch("[0-9a-f]{64}", key)
    naming.get_by_label("Their organisation").fill("The neighbours' union")
    naming.get_by_label("The key text that they gave you").fill(key)
    naming.get_by_role("button", name="Name them").click()
    receipt_shown(naming)
    expect(naming.get_by_text("the trustee of The neighbours' union")).to_be_visible()
    return {
        "outside": stranger,
        "leadership": story.another_screen(trustee.member),
        "drawn": story.another_screen(drawn),
    }


def come_to_their_key(
    story: Story, rooms: dict[str, Page], folder: Path, make: Makes = make_a_key
) -> None:
    """The two members make theirs; then all three pages go on by themselves."""
    for side in ("leadership", "drawn"):
        page = rooms[side]
        page.goto(story.address)
        page.get_by_role("link", name="Make it").click()
        make(page, folder / f"{side}.json")
    said(rooms["drawn"], "voters claim theirs")
    for page in rooms.values():
        said(page, "voters claim theirs")
    assert register_now(story).description


def claim_on(page: Page, button: str = "Claim my voting key") -> str:
    """Claims by one button; the code that is shown."""
    page.get_by_role("button", name=button).click()
    said(page, "It stands in the record")
    return page.locator("[data-code]").inner_text()
