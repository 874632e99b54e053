"""Members sign what they do with a key in their browser; the server can then do it in nobody's
name; a recovery code and two of the branch replace a lost browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from quorate.rulebook.reading import preset
from support.command import quorate, verified
from support.letters import PostOffice, post_office
from support.serving import served
from support.union import Union, founded
from support.written_to import code_in, letters_to

pytestmark = pytest.mark.xdist_group("browser")
PHONE = {"width": 390, "height": 844}
_RULES = (
    preset("open-convention")
    .replace("wait_hours = 48", "wait_hours = 0")
    .replace("voice_after = 30", "voice_after = 0")
)
"""Without waiting times."""


class House:
    """A union without waiting times, served; who is in it signs in on browsers of their own."""

    def __init__(self, union: Union, office: PostOffice, address: str, browser: Browser) -> None:
        self.union, self.office, self.address, self.browser = union, office, address, browser
        self.letters: dict[str, int] = {}

    def opened(self, name: str) -> Page:
        """A new browser, in which the member has signed in."""
        page = self.browser.new_context(viewport=PHONE).new_page()
        email = f"{name}@example.org"
        page.goto(f"{self.address}/account/login/?next=/account/devices")
        page.get_by_label("Your e-mail address").fill(email)
        page.get_by_role("button", name="Send me a code").click()
        self.letters[name] = self.letters.get(name, 0) + 1
        letter = letters_to(self.office, email, self.letters[name], about="code")[-1]
        page.get_by_label("The code from the letter").fill(code_in(letter))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="My devices")).to_be_visible()
        return page

    def acted(self, name: str, act: str, *fields: str) -> int:
        """What the one who runs the server does in the member's name; the exit status."""
        member = self.union.members[name]
        return quorate(
            "act", self.union.folder, act, *fields, "--as", member, check=False
        ).returncode


@pytest.fixture
def house(browser: Browser, tmp_path: Path) -> Iterator[House]:
    rules = tmp_path / "rules.toml"
    rules.write_text(_RULES, "utf-8")
    made = founded(tmp_path / "org", rules=str(rules))
    with post_office() as office:
        made.set(smtp=office.address, sender="post@union.example")
        with served(made.folder) as address:
            yield House(made, office, address.replace("127.0.0.1", "localhost"), browser)


def let_sign(page: Page) -> None:
    page.get_by_role("button", name="Let this browser sign for me").click()
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()
    expect(page.get_by_text("; signs for you")).to_have_count(1)


def recalled(page: Page, house: House) -> None:
    """Demands the recall of the branch's secretary: a weighty act, by its form."""
    page.goto(f"{house.address}/act/offices.demand_recall")
    page.get_by_label("Office").select_option("branch-secretary")
    page.get_by_label("For which part").select_option("SG")
    page.get_by_label("Member", exact=True).fill("grace@example.org")
    page.locator("textarea").fill("She has not called the branch for a year.\n\nTwice we asked.")
    page.get_by_role("button").last.click()


def test_what_a_browser_signs_nobody_else_does(house: House, tmp_path: Path) -> None:
    page = house.opened("tomas")
    let_sign(page)
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    fields = ["office=branch-secretary", "place=SG", f"member={house.union.members['grace']}"]
    text = json.dumps({"title": "", "text": "Forged by whoever runs the server."})
    assert house.acted("tomas", "offices.demand_recall", *fields, f"reason={text}") == 1
    recalled(page, house)
    expect(page.get_by_text("It stands in the record")).to_be_visible()
    page.get_by_role("link", name=re.compile("entry")).first.click()
    expect(page.get_by_text("Signed by a device of their own.")).to_be_visible()
    quorate("export", house.union.folder, tmp_path / "out")
    key = house.union.folder / "record.vkey"
    report = verified(tmp_path / "out", "--key", key)
    assert report["sound"], report["findings"]
    assert report["signed_acts"] == 1


def test_a_server_that_wants_something_else_signed_gets_nothing(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)

    def other(route: object) -> None:
        answer = route.fetch()
        told = answer.json()
        told["text"] = told["text"].replace("branch-secretary", "regional-organiser")
        route.fulfill(response=answer, json=told)

    page.route("**/prepare", other)
    recalled(page, house)
    expect(page.get_by_text("The server wanted something else signed")).to_be_visible()
    page.unroute("**/prepare")


def test_a_lost_browser_is_replaced_with_the_code_that_was_written_down(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)
    page.get_by_role("button", name="Make a recovery code").click()
    code = page.locator("[data-code]").inner_text()
    assert re.fullmatch(r"[A-Z2-7-]{31}", code)
    page.get_by_role("button", name="I have written it down").click()
    expect(page.get_by_text("Recovery code").first).to_be_visible()
    other = house.opened("tomas")
    other.get_by_text("I have lost the browser that signed for me").click()
    other.get_by_label("Recovery code").fill("AAAAA-BBBBB")
    other.get_by_role("button", name="Use it").click()
    expect(other.get_by_text("has 26 letters and digits")).to_be_visible()
    other.get_by_label("Recovery code").fill(code.lower())
    other.get_by_role("button", name="Use it").click()
    expect(other.get_by_text("This browser", exact=True)).to_be_visible()
    first = other.locator("li", has_text="A browser").first
    first.get_by_role("button").click()
    expect(other.get_by_text("A browser", exact=True)).to_have_count(0)
    page.goto(f"{house.address}/account/devices")
    expect(page.get_by_role("button", name="Let this browser sign for me")).to_be_visible()


def test_without_one_the_branch_vouches(house: House) -> None:
    """Two are asked for; in this branch there is one other, so it goes on waiting."""
    page = house.opened("tomas")
    let_sign(page)
    other = house.opened("tomas")
    other.get_by_role("button", name="Let this browser sign for me").click()
    expect(other.get_by_text("waits for 2 of your branch to vouch for it")).to_be_visible()
    sign = other.locator("li", has_text="This browser").locator(".hash").inner_text()
    colleague = house.opened("grace")
    expect(colleague.get_by_text(sign)).to_be_visible()
    colleague.get_by_role("button", name="Vouch for Tomas Lind").click()
    expect(colleague.get_by_text("needs the signature of a device of yours")).to_be_visible()
    colleague.goto(f"{house.address}/account/devices")
    let_sign(colleague)
    colleague.get_by_role("button", name="Vouch for Tomas Lind").click()
    expect(colleague.get_by_text(sign)).to_have_count(0)
    other.reload()
    expect(other.get_by_text("waits for 1 of your branch to vouch for it")).to_be_visible()
