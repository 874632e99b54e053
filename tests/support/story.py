"""A convention year that is told through the product: by clicks, by commands and over the API.

Who acts by clicks signs in as members do, with a code from a letter. The many others act through
``POST /api/acts``. What stands is read as any witness reads it: entry by entry over the API, and
replayed here by the rules, without a database.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from quorate import organisation
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import EMPTY, State
from quorate.record import entry
from support.axe import violations

TESTS = Path(__file__).parents[1]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
"""Members and delegates hold a phone; officers sit at a desk."""

HIDDEN_AND_SEEN = """[...document.querySelectorAll("[hidden]")]
    .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100))"""
"""What a page hides, and a style shows."""

SOON = 60_000
"""Milliseconds in which a page goes on by itself, on a machine that does other things too."""

PAGE = 500
"""So many entries the API gives at a time."""


@dataclass(frozen=True, slots=True)
class Named:
    """A member of the story, as the CSV has them."""

    member: str
    name: str
    email: str
    branch: str


@dataclass
class Story:
    """``people``: by pseudonym. ``tokens``: of each, for the API."""

    folder: Path
    address: str
    time_folder: Path
    browser: Browser
    people: dict[str, Named]
    tokens: dict[str, str]
    screens: dict[str, Page] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    _state: State = EMPTY

    # Time

    @property
    def now(self) -> int:
        return int((self.time_folder / "now").read_text("ascii"))

    def go_to(self, at: int) -> None:
        """Time passes; what falls due on the way falls due at its own time."""
        unfinished = self.time_folder / "wanted.new"
        unfinished.write_text(str(at), "ascii")
        unfinished.replace(self.time_folder / "wanted")
        until = time.monotonic() + 60
        while self.now < at:
            assert time.monotonic() < until, "time does not pass in the server"
            time.sleep(0.02)

    def wait(self, ms: int) -> None:
        self.go_to(self.now + ms)

    # What stands

    @property
    def state(self) -> State:
        """The record, followed over the API and replayed by the rules."""
        while True:
            found = self.read(f"/api/record/entries?start={self._state.size}")["entries"]
            for text in found:
                read = entry.read(text.encode())
                self._state = organisation.apply(self._state, read.act, read.occasion)
            if len(found) < PAGE:
                return self._state

    @property
    def convention(self) -> Convention:
        """The last convention that was called."""
        conventions = self.state.floor.conventions
        return conventions[max(conventions)]

    def holders(self, office: str, place: str = "") -> list[str]:
        return [holding.member for holding in self.state.offices.now[office, place]]

    def holder(self, office: str, place: str = "") -> str:
        return self.holders(office, place)[0]

    def without_office_first(self, members: Iterable[str]) -> list[str]:
        """Whoever holds no office first, by name: pseudonyms are drawn, and a story takes the same
        way whatever they are."""
        held = {one.member for every in self.state.offices.now.values() for one in every}
        return sorted(members, key=lambda member: (member in held, self.people[member].name))

    def delegates(self) -> list[str]:
        """Those who sit in seats, in the order of the seats."""
        seats = self.state.delegates.assemblies[self.convention.number].seats
        return [holder for _, seat in sorted(seats.items()) if (holder := seat.holder)]

    # The API

    def read(self, path: str) -> Any:
        return json.loads(self.taken(path))

    def taken(self, path: str) -> bytes:
        """What is there, as it comes."""
        call = urllib.request.Request(
            f"{self.address}{path}",
            headers={"Authorization": f"Bearer {next(iter(self.tokens.values()))}"},
        )
        with urllib.request.urlopen(call, timeout=60) as answer:
            return bytes(answer.read())

    def act(self, by: str, act: str, /, **fields: Any) -> None:
        """The act over the API; it must be recorded, and answered with a receipt."""
        status, answer = self._call(by, act, fields)
        assert status == 201, (act, fields, answer)
        assert answer["recorded"]["receipt"]

    def refused(self, by: str, act: str, rule: str, /, **fields: Any) -> str:
        """The act over the API is refused under this rule; the rule's sentence."""
        status, answer = self._call(by, act, fields)
        assert status == 409, (act, fields, answer)
        assert answer["refused"]["rule"] == rule, answer
        assert answer["refused"]["instead"], answer
        return answer["refused"]["sentence"]

    def _call(self, member: str, act: str, fields: dict[str, Any]) -> tuple[int, Any]:
        call = urllib.request.Request(
            f"{self.address}/api/acts",
            data=json.dumps({"act": act, "fields": fields}).encode(),
            headers={
                "Authorization": f"Bearer {self.tokens[member]}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(call, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    # Screens

    def phone(self, member: str) -> Page:
        """The member's phone, signed in, at their home page."""
        return self._screen(member, PHONE)

    def desk(self, member: str) -> Page:
        """The officer's desk, signed in, at their home page."""
        return self._screen(member, DESK)

    def another_screen(self, member: str) -> Page:
        """One more device of a member, signed in."""
        page = self.browser.new_context(viewport=PHONE).new_page()
        page.on("response", self._note_fault)
        self._sign_in(page, self.people[member])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Good day")
        self.screens[f"{member}, {len(self.screens)}"] = page
        return page

    def _screen(self, member: str, size: dict[str, int]) -> Page:
        if member not in self.screens:
            page = self.browser.new_context(viewport=size).new_page()
            page.on("response", self._note_fault)
            self._sign_in(page, self.people[member])
            self.screens[member] = page
        page = self.screens[member]
        page.set_viewport_size(size)
        page.goto(self.address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Good day")
        fits(page)
        return page

    def _note_fault(self, answer: Any) -> None:
        if answer.status >= 500 or answer.status == 404:
            self.problems.append(f"{answer.status} {answer.url}")

    def _sign_in(self, page: Page, person: Named) -> None:
        page.goto(f"{self.address}/account/login/")
        before = set(self._letters())
        page.get_by_label("Your e-mail address").fill(person.email)
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("The code from the letter").fill(self._code(person.email, before))
        page.get_by_role("button", name="Sign in").click()

    def _letters(self) -> Iterable[Path]:
        return (self.folder / "mail").glob("*.eml")

    def _code(self, address: str, before: set[Path]) -> str:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            for file in set(self._letters()) - before:
                letter = message_from_bytes(file.read_bytes(), policy=policy.default)
                found = re.search(r"^ {4}(\S+)\s*$", letter.get_content(), re.M)
                if address in str(letter["To"]) and found:
                    return found[1]
            time.sleep(0.05)
        raise AssertionError(f"no letter with a code came to {address}")


def receipt_shown(page: Page) -> None:
    """What was just done stands in the record, and the page says so."""
    expect(page.get_by_text("It stands in the record").first).to_be_visible()


def refusal_shown(page: Page, rule: str) -> str:
    """The rulebook refused, citing the rule; what the page says."""
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(rule)
    return alert.inner_text()


def nothing_wrong(page: Page) -> None:
    """Axe finds nothing on the page, and nothing is wider than the screen."""
    found = violations(page)
    assert not found, found
    assert not page.evaluate(HIDDEN_AND_SEEN)
    fits(page)


def looked_at(page: Page) -> None:
    """Nothing is wrong on a phone, nor on a desk in the dark."""
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        nothing_wrong(page)


def fits(page: Page) -> None:
    """Nothing on the page, once it is there, is wider than the screen."""
    page.wait_for_load_state()
    size = page.viewport_size
    assert size is not None
    assert page.locator("html").evaluate("html => html.scrollWidth") <= size["width"]


def table(rows: list[dict[str, str]]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@contextmanager
def told(
    folder: Path, people: dict[str, Named], browser: Browser, began: int = 0
) -> Iterator[Story]:
    """The organisation in this folder, served in the story's time from its last entry on.
    ``began``: ms, where its entries are not of today."""
    began = began or time.time_ns() // 1_000_000
    time_folder = folder.parent / "time"
    time_folder.mkdir()
    for name in ("now", "wanted"):
        (time_folder / name).write_text(str(began), "ascii")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PYTHONPATH": str(TESTS),
        "QUORATE_DIR": str(folder.resolve()),
        "QUORATE_STORY": str(time_folder),
        "QUORATE_PORT": str(port),
    }
    tokens = subprocess.run(
        [sys.executable, "-m", "support.tokens_for_all", str(folder), str(began)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = f"--interface wsgi --host 127.0.0.1 --port {port} --blocking-threads 16"
    quiet = "--no-access-log --log-level error"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", *words.split(), *quiet.split()),
            "support.story_server:application",
        ],
        env=environment,
    )
    story = Story(
        folder=folder,
        address=f"http://127.0.0.1:{port}",
        time_folder=time_folder,
        browser=browser,
        people=people,
        tokens=dict(line.split() for line in tokens.splitlines()),
    )
    try:
        _await_server(story.address)
        yield story
        assert not story.problems, story.problems
    finally:
        for page in story.screens.values():
            page.context.close()
        server.terminate()
        server.wait(timeout=20)


def _await_server(address: str) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"{address}/more", timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
