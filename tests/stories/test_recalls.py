"""A branch recalls its secretary, by clicks: its members demand it, find the vote, vote, read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quorate.demo.people import people
from support.browser_steps import sign_in_as
from support.serving import served
from support.story import PHONE, nothing_wrong

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def half(half_year: Path, tmp_path: Path) -> Iterator[str]:
    """A copy of the demo in the middle of its year, served."""
    folder = tmp_path / "demo"
    shutil.copytree(half_year, folder)
    with served(folder) as address:
        yield address


def be(page: Page, address: str, member: str) -> None:
    """Plays this member of the demo, whether or not the list of people has them."""
    sign_in_as(page, address, member)


def say_as(page: Page, address: str, member: str, act: str, fields: dict[str, object]) -> int:
    """The act by the API in this member's session; the status of the answer."""
    be(page, address, member)
    return page.evaluate(
        """async ([act, fields]) => (await fetch("/api/acts", {
            method: "POST",
            headers: {
                "Content-Type": "application/json",
                "X-CSRFToken": document.cookie.match(/csrftoken=(\\w+)/)[1],
            },
            body: JSON.stringify({act, fields}),
        })).status""",
        [act, fields],
    )


def test_a_branch_recalls_its_secretary(browser: Browser, half: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{half}/play")
    page.locator("li", has_text="chair of the convention").first.get_by_role("button").click()
    held = page.request.get(f"{half}/api/offices").json()
    secretary = next(h for h in held if h["office"] == "branch-secretary" and h["place"] == "LI")
    first, *others = [
        person
        for person in people()
        if person.branch == "LI" and person.member != secretary["member"]
    ]
    about = {key: secretary[key] for key in ("office", "place", "member")}

    # Whoever is of another branch is offered to demand it of their own secretary only.
    page.goto(f"{half}/offices")
    expect(page.locator(f"a[href*='demand_recall'][href*='{secretary['member']}']")).to_have_count(
        0
    )

    be(page, half, first.member)
    page.get_by_role("link", name="More").click()
    page.get_by_role("link", name="Who answers to whom").click()
    page.get_by_role("link", name="Demand a vote on the recall").first.click()
    nothing_wrong(page)
    page.get_by_label("Reason").fill("Our branch has not met since February.")
    page.get_by_role("button", name="Demand it").click()
    expect(page.get_by_text("you among them").first).to_be_visible()
    nothing_wrong(page)

    reason = {"text": "Nor in March."}
    while others:
        person = others.pop()
        status = say_as(
            page, half, person.member, "offices.demand_recall", about | {"reason": reason}
        )
        assert status in (201, 409)  # 409: who has left or moved in the meantime
        page.goto(f"{half}/offices")
        if page.get_by_text("Recalls that are voted on now").count():
            break

    # It waits for those who may vote, on their own page.
    be(page, half, first.member)
    page.get_by_role("link", name="recalled?").or_(
        page.get_by_role("link", name="Vote")
    ).first.click()
    expect(page.get_by_text("Our branch has not met since February.")).to_be_visible()
    nothing_wrong(page)
    page.get_by_text("For the recall").click()
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_text("Your vote is in.")).to_be_visible()
    nothing_wrong(page)
    page.get_by_text("Against it").click()
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_text("Your vote is in.")).to_be_visible()
    number = page.url.rstrip("/").rsplit("/", 1)[1]

    # Whoever looks while it is open learns how many have voted, and nothing of how.
    status = say_as(
        page,
        half,
        others[0].member,
        "offices.vote_recall",
        {"recall": int(number), "choice": "for"},
    )
    assert status == 201
    page.goto(f"{half}/offices/recall/{number}")
    shown = page.locator("main").inner_text()
    assert re.search(r"\b2 of \d+ have voted", shown)
    assert not re.search(r"\d+ (for|against|abstained)\b", shown)
    assert page.locator("input:checked").count() == 0

    # Who has no voice in the branch may read it all the same.
    page.goto(f"{half}/play")
    page.locator("li", has_text="chair of the convention").first.get_by_role("button").click()
    page.goto(f"{half}/offices/recall/{number}")
    expect(page.get_by_text("nobody can see how it stands")).to_be_visible()
    expect(page.get_by_role("button", name="Cast my vote")).to_have_count(0)


def test_a_recall_that_is_over_shows_its_arithmetic(browser: Browser, half: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{half}/play")
    page.locator("li", has_text="chair of the convention").first.get_by_role("button").click()
    page.goto(f"{half}/offices")
    page.locator("#past-recalls").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recalled")
    votes = page.locator("h2:has-text('Who voted how') + ul li span:last-child").all_inner_texts()
    said = [vote.split()[0] for vote in votes]
    expect(page.locator(".arithmetic")).to_contain_text(
        f"{said.count('for')} for, {said.count('against')} against, "
        f"{said.count('abstain')} abstained."
    )
    cast = said.count("for") + said.count("against")
    expect(page.locator(".arithmetic")).to_contain_text(
        f"more than half, {cast // 2 + 1}, were needed."
    )
    nothing_wrong(page)
