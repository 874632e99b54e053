"""An election by secret ballot, served to real browsers while it is open."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from quorate.ballots.archive import read
from quorate.ballots.elections import fingerprint
from quorate.chapters.secret.remembers import Box
from support.command import scripted
from support.story import DESK, PHONE, Named, Story, nothing_wrong, told

SCRIPT = Path(__file__).parent / "staged_vote.py"
SOON = 30_000
"""Milliseconds in which a ballot is encrypted, on a machine that does other things too."""


@dataclass
class Voting:
    """``codes``: member → the code of their key; ``sessions``: their cookies, once they have signed
    in."""

    story: Story
    number: int
    codes: dict[str, str]
    sessions: dict[str, Any] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        return self.story.state.secret.boxes[self.number]

    @property
    def address(self) -> str:
        return f"{self.story.address}/elections/{self.number}"

    @property
    def voters(self) -> list[str]:
        return list(self.codes)

    def at(self, member: str, page: str = "/vote", key: bool = True) -> Page:
        """A device of the member, signed in, at a page of the election. ``key``: whether its
        browser holds their key."""
        if member not in self.sessions:
            device = self.story.another_screen(member)
            self.sessions[member] = device.context.cookies()
        else:
            context = self.story.browser.new_context(viewport=PHONE)
            context.add_cookies(self.sessions[member])
            device = context.new_page()
            device.goto(f"{self.story.address}/more")
            self.story.screens[f"{member}, {len(self.story.screens)}"] = device
        device.clock.set_fixed_time(self.story.now / 1000)
        if key:
            self.hold(device, member)
        device.goto(f"{self.address}{page}")
        return device

    def hold(self, device: Page, member: str) -> None:
        box = self.box
        where = f"quorate/voting-key/register {box.register} of small.example/{member}"
        kept = json.dumps({"credential": self.codes[member], "claim": ""})
        device.evaluate("([where, kept]) => localStorage.setItem(where, kept)", [where, kept])

    def archive(self) -> bytes:
        address = f"{self.story.address}/api/ballots/{self.number}/archive"
        with urllib.request.urlopen(address, timeout=60) as answer:
            content: bytes = answer.read()
        return content

    def trackers(self) -> list[str]:
        """Of the ballots in the box, in their order."""
        return [fingerprint(data) for _, data in read(self.archive()).payloads("Ballot")]


@contextmanager
def open_vote(
    tmp_path: Path,
    browser: Browser,
    rule: str = "scottish-stv/1",
    candidates: int = 5,
    *held: str,
) -> Iterator[Voting]:
    """``held``: "held" where voting is over, and the result stated."""
    folder = tmp_path / "organisation"
    made: dict[str, Any] = json.loads(
        scripted(SCRIPT, folder, rule, str(candidates), *held).splitlines()[-1]
    )
    people = {who: Named(who, *told_of) for who, told_of in made["people"].items()}
    with told(folder, people, browser, began=made["now"]) as story:
        yield Voting(story, made["number"], made["codes"])


def looked_at(page: Page) -> None:
    """Axe finds nothing: on a phone, and on a desk in the dark."""
    for size, scheme in ((DESK, "dark"), (PHONE, "light")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        nothing_wrong(page)


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-said]")).to_contain_text(words, timeout=SOON)


def rank(page: Page, *names: int) -> None:
    """Taps these candidates, numbered from 0, one after the other."""
    for name in names:
        page.locator(f"[data-answer='{name}'] .in").click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Cast my ballot")).to_be_visible(timeout=SOON)


def cast(page: Page) -> str:
    """Casts what is encrypted; its tracker."""
    page.get_by_role("button", name="Cast my ballot").click()
    expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
    return page.locator("[data-tracker]").inner_text()


def order(page: Page) -> list[int]:
    return page.locator("[data-ranked] > li").evaluate_all(
        "rows => rows.map((row) => Number(row.dataset.answer))"
    )


def choosing(page: Page) -> Page:
    expect(page.get_by_role("button", name="Go on")).to_be_visible(timeout=SOON)
    return page


def tab_to(page: Page, wanted: Any, back: bool = False) -> None:
    """Goes there by the tab key alone."""
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError("the tab key does not come there")
