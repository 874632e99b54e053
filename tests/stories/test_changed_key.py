"""The record's key is changed, and a member's browser follows it, or says that it cannot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser_steps import receipts_say, sign_in, sign_in_as, written
from support.command import quorate
from support.serving import served

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def half(half_year: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    shutil.copytree(half_year, folder)
    return folder


def committee(folder: Path, tmp_path: Path) -> str:
    """A member of the office that the rulebook names for it."""
    from quorate import organisation
    from quorate.record import entry, log_files

    out = tmp_path / "to-read"
    quorate("export", folder, out)
    reads = [entry.read(data) for data in log_files.entries(out)]
    state = organisation.replay((one.occasion, one.act) for one in reads)
    return state.offices.now[state.rules.keys.rotated_by, ""][0].member


def test_a_rotation_is_followed(browser: Browser, half: Path, tmp_path: Path) -> None:
    by = committee(half, tmp_path)
    page = browser.new_page()
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "Before")
        receipts_say(page, address, "Checked on this device")
        quorate("key", "new", half)
        new = json.loads(quorate("key", "rotate", half, "--as", by, "--json").stdout)["keys"]
        written(page, address, "After")
        receipts_say(page, address, "Checked on this device")
        expect(page.get_by_text("checked: it stands in today’s record")).to_have_count(2)
        expect(page.get_by_text("has signed that, so it goes on with the new one")).to_have_count(1)
        known = page.evaluate(
            "Object.entries(localStorage).find(([k]) => k.startsWith('quorate/key/'))[1]"
        )
        assert known == new[0]
        receipts_say(page, address, "Checked on this device")
        expect(page.get_by_text("has signed that, so it goes on")).to_have_count(0)
        expect(page.get_by_text("checked: it stands in today’s record")).to_have_count(2)
        page.goto(f"{address}/record/witnesses")
        expect(page.get_by_text("quorate witness follow witness")).to_be_visible()
    page.close()


def test_a_replacement_is_not(browser: Browser, half: Path, tmp_path: Path) -> None:
    by = committee(half, tmp_path)
    page = browser.new_page()
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "Before")
        receipts_say(page, address, "Checked on this device")
        quorate("key", "new", half)
        quorate("key", "replace", half, "--as", by)
        written(page, address, "After")
        expect(page.locator("p.wrong")).to_have_count(0)
        receipts_say(page, address, "without the old one’s signature. Compare the new key")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="I have compared it").click()
        expect(page.locator("[data-said]")).to_contain_text("Checked on this device")
        expect(page.get_by_text("checked: it stands in today’s record")).to_have_count(2)
    page.close()


def test_an_officer_changes_it_on_a_page(browser: Browser, half: Path, tmp_path: Path) -> None:
    by = committee(half, tmp_path)
    page = browser.new_page()
    with served(half) as address:
        sign_in_as(page, address, by)
        page.goto(f"{address}/act/keys.rotate")
        expect(page.get_by_label("The keys that follow")).to_have_value("")
        quorate("key", "new", half)
        page.goto(f"{address}/act/keys.rotate")
        page.get_by_role("button", name="Change them").click()
        expect(page.get_by_text("It stands in the record")).to_be_visible()
    quorate("key", "new", half)
    quorate("export", half, tmp_path / "out")
    assert quorate("verify", tmp_path / "out").stdout.count("the old one has signed") == 1
    page.close()
