"""What people do in a browser: read, hand in, second, vote; on a phone and without a mouse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.axe import violations
from support.browser_steps import sign_in
from support.command import quorate
from support.serving import served

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def half(half_year: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A copy of the demo in the middle of its year, served."""
    folder = tmp_path / "demo"
    shutil.copytree(half_year, folder)
    with served(folder) as address:
        yield address, folder


@pytest.fixture
def whole(whole_year: Path) -> Iterator[str]:
    """The demo after its year, served; only looked at."""
    with served(whole_year) as address:
        yield address


def test_hand_in_second_and_take_the_record_away(
    browser: Browser, half: tuple[str, Path], tmp_path: Path
) -> None:
    address, folder = half
    page = browser.new_page(viewport={"width": 390, "height": 844})
    sign_in(page, address, "alternate")
    page.goto(f"{address}/bulletin/new")
    page.get_by_label("Proposal", exact=True).check()
    page.get_by_label("Title").fill("A lamp at the gate")
    page.get_by_label("Text", exact=True).fill("The gate is dark.\n\n<script>alert(1)</script>")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("It stands in the record")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep the receipt").click()
    receipt = tmp_path / "receipt.txt"
    download.value.save_as(receipt)
    said = quorate("receipt", "verify", receipt, "--key", folder / "record.vkey").stdout
    assert "bulletin.hand_in stands in the record" in said
    assert "the one that was handed in" in said

    sign_in(page, address, "steering committee")
    page.goto(f"{address}/bulletin?q=lamp+gate")
    page.get_by_role("link", name="A lamp at the gate").click()
    assert page.evaluate("document.querySelectorAll('article script').length") == 0
    page.get_by_role("button", name="Second this").click()
    expect(page.get_by_text("You have seconded it.")).to_be_visible()
    number = page.url.rstrip("/").rsplit("/", 1)[1]

    out = tmp_path / "out"
    quorate("export", folder, out)
    report = json.loads(
        quorate(
            "verify", out, "--key", folder / "record.vkey", "--receipt", receipt, "--json"
        ).stdout
    )
    assert report["sound"], report["findings"]
    assert report["receipts"] == 1
    entries = quorate("entries", out).stdout.splitlines()
    assert any(f'"proposal":{number},' in e and "proposals.second" in e for e in entries)


def test_a_refusal_cites_the_rule_and_loses_nothing(
    browser: Browser, half: tuple[str, Path]
) -> None:
    address, _ = half
    page = browser.new_page()
    sign_in(page, address, "author of a proposal")
    page.goto(f"{address}/act/bulletin.appeal?contribution=1")
    page.get_by_label("Why the refusal is wrong").fill("Nobody has told me a reason.")
    page.get_by_role("button", name="Appeal").click()
    expect(page.get_by_role("alert")).to_contain_text("It was not refused")
    expect(page.get_by_role("alert")).to_contain_text("bulletin.appeal_to")
    expect(page.get_by_label("Why the refusal is wrong")).to_have_value(
        "Nobody has told me a reason."
    )


def test_an_outsider_can_look_and_not_act(browser: Browser, half: tuple[str, Path]) -> None:
    address, _ = half
    page = browser.new_page()
    page.goto(f"{address}/bulletin/1")
    expect(page.get_by_role("button", name="Second this")).to_have_count(0)
    response = page.goto(f"{address}/act/membership.resign")
    assert response is not None
    assert response.status == 403


PAGES = (
    "/",
    "/bulletin",
    "/bulletin/1",
    "/bulletin/2",
    "/bulletin/17",
    "/bulletin/issue/1/1",
    "/bulletin/2/seconders",
    "/bulletin/new",
    "/convention",
    "/convention/vote/1",
    "/convention/1/minutes",
    "/elections/1",
    "/elections/41",
    "/offices",
    "/offices/recall/1",
    "/rulebook",
    "/branches",
    "/branches/NG",
    "/record",
    "/record/0",
    "/record/erasing",
    "/record/witnesses",
    "/act/erasing.judge",
    "/act/witnesses.name",
    "/acts",
    "/act/bulletin.appeal",
    "/more",
    "/account",
    "/play",
)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Browser, whole: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    problems: list[str] = []
    page.on(
        "response",
        lambda answer: (
            problems.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    sign_in(page, whole, "delegate")
    for address in PAGES:
        page.goto(f"{whole}{address}")
        problems += [f"{address}: {rule}: {nodes[:3]}" for rule, nodes in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            problems.append(f"{address}: {wide} wide on a screen of {width}")
    assert not problems, "\n".join(problems)
