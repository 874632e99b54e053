"""Voting keys for the secret ballots of a convention: three trustees, one of another organisation,
make a key in their browsers; delegates claim keys, two of them in real browsers; the keys are mixed
and come out as the roll, on which everybody finds their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from quorate.ballots import claims, credentials, register
from quorate.ballots.elgamal import elgamal
from quorate.ballots.register import GROUP
from support.command import quorate
from support.convention_year.calling import call_the_convention
from support.convention_year.delegates import elect_delegates
from support.convention_year.founding import founded
from support.convention_year.lots import draw
from support.convention_year.registers import (
    gather_at_once,
    name_a_silent_witness,
    register_now,
)
from support.convention_year.trustees import (
    choose,
    claim_on,
    come_to_their_key,
    name_the_trustees,
    save_a_key,
)
from support.small import rules_text
from support.story import SOON, Story, looked_at


@pytest.mark.xdist_group("voting keys")
def test_from_the_trustees_keys_to_the_roll(browser: Browser, tmp_path: Path) -> None:
    rules = rules_text("open-convention", secret="true", agenda='"as-numbered"')
    with founded(tmp_path, rules, browser) as story:
        call_the_convention(story)
        elect_delegates(story)
        draw(story, "trustee", 1)
        rooms = name_the_trustees(story, tmp_path, make_a_key, looked_at)
        come_to_their_key(story, rooms, tmp_path, make_a_key)
        own = claim_in_browsers(story, tmp_path)
        claim_by_programs(story, set(own))
        open_and_close(story)
        mix_and_decrypt(story, rooms, tmp_path)
        find_them_on_the_roll(story, own)
        check_with_the_command(story, tmp_path)
        rooms["outside"].context.close()


def make_a_key(page: Page, file: Path) -> None:
    """Other files are refused in plain words before the right one is chosen."""
    looked_at(page)
    save_a_key(page, file)
    looked_at(page)
    wrong = json.loads(file.read_text()) | {"for": "register 7 of elsewhere.example"}
    choose_text(page, "other.json", json.dumps(wrong, separators=(",", ":")))
    expect(page.locator("[data-said]")).to_contain_text("for another register")
    choose_text(page, "photo.png", "\x89PNG")
    expect(page.locator("[data-said]")).to_contain_text("not a trustee’s key file")
    choose(page, file)
    expect(page.locator("[data-file-name]")).to_have_text(file.name)


def choose_text(page: Page, name: str, text: str) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.get_by_label("Choose your key file").set_input_files(file)


def claim_in_browsers(story: Story, folder: Path) -> dict[str, str]:
    """Two delegates claim in their browsers; one of them again, in another. Member → the code that
    is theirs."""
    first, second = story.delegates()[:2]
    phone = story.phone(first)
    phone.get_by_role("link", name="Claim it").or_(
        phone.get_by_role("link", name="Claim your voting key")
    ).first.click()
    looked_at(phone)
    codes = {first: claim_on(phone)}
    looked_at(phone)
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Save it as a file").click()
    saved.value.save_as(folder / "key.json")
    phone.reload()
    expect(phone.locator("[data-said]")).to_contain_text("This browser holds your voting key")
    looked_at(phone)
    phone.goto(f"{story.address}/account/receipts")
    expect(phone.get_by_text("checked: it stands in today’s record").first).to_be_visible()

    phone = story.phone(second)
    phone.goto(f"{story.address}/registers/1/my-key")
    claim_on(phone)
    other = story.another_screen(second)
    other.goto(f"{story.address}/registers/1/my-key")
    expect(other.locator("[data-said]")).to_contain_text("does not hold your voting key")
    looked_at(other)
    other.get_by_text("I have lost my key").click()
    codes[second] = claim_on(other, "Claim another key")
    phone.reload()
    expect(phone.locator("[data-said]")).to_contain_text("claimed again since")
    phone.get_by_label("Or the file that you saved").set_input_files(folder / "key.json")
    phone.get_by_role("button", name="Use this key here").click()
    expect(phone.locator("[data-said]")).to_contain_text("somebody else’s voting key")
    phone.reload()
    phone.get_by_label("Its code").fill("XXXX")
    phone.get_by_role("button", name="Use this key here").click()
    expect(phone.locator("[data-said]")).to_contain_text("not the code of a voting key")
    looked_at(phone)
    phone.get_by_label("Its code").fill(codes[second])
    phone.get_by_role("button", name="Use this key here").click()
    expect(phone.locator("[data-said]")).to_contain_text("the key that you brought")
    looked_at(phone)
    return codes


def claim_by_programs(story: Story, done: set[str]) -> None:
    """All other delegates but one, with a program of their own."""
    found = register_now(story)
    key = elgamal(GROUP, register.read_description(found.description.encode()).public_key)
    for member in [one for one in story.delegates() if one not in done][:-1]:
        x = credentials.secret(GROUP, found.phi, credentials.new_credential())
        claim = claims.claim(key, found.phi, member, x)
        text = claims.write_claim(GROUP, claim).decode()
        story.act(member, "secret.claim", register=1, claim=text)
    assert len(register_now(story).claims) == 11


def open_and_close(story: Story) -> None:
    """The convention opens, and an hour later no key can be claimed."""
    gather_at_once(story)
    late = story.delegates()[-1]
    page = story.phone(late)
    page.goto(f"{story.address}/convention")
    expect(page.get_by_role("heading", name="Claim your voting key")).to_be_visible()
    closes = register_now(story).closes
    assert closes is not None
    story.go_to(closes)
    assert len(register_now(story).counted) == 11
    page.goto(f"{story.address}/registers/1/my-key")
    expect(page.get_by_text("You have claimed no key")).to_be_visible()
    looked_at(page)


def mix_and_decrypt(story: Story, rooms: dict[str, Page], folder: Path) -> None:
    """One page is closed, the two others go on without it: they mix and decrypt. The third comes
    back with another's file, then with the right one, and the roll stands."""
    away = rooms["leadership"]
    away.goto(f"{story.address}/convention")
    for side in ("outside", "drawn"):
        expect(rooms[side].locator("[data-said]")).to_contain_text(
            "waits for the trustee of the side leadership", timeout=SOON
        )
    looked_at(rooms["outside"])
    assert [len(register_now(story).mixes), len(register_now(story).decryptions)] == [2, 2]
    name_a_silent_witness(story, folder)
    away.goto(story.address)
    away.get_by_role("link", name="Decrypt it").click()
    expect(away.locator("[data-said]")).to_contain_text("Choose your key file")
    looked_at(away)
    choose(away, folder / "drawn.json")
    expect(away.locator("[data-said]")).to_contain_text("key file of another trustee")
    looked_at(away)
    away.wait_for_timeout(3000)  # it stays there, however often the page looks what is next
    expect(away.locator("[data-said]")).to_contain_text("key file of another trustee")
    choose(away, folder / "leadership.json")
    expect(away.get_by_role("heading", name="No witness has seen the mix yet")).to_be_visible()
    looked_at(away)
    assert len(register_now(story).decryptions) == 2
    away.get_by_role("button", name="Decrypt without a witness").click()
    for page in rooms.values():
        expect(page.locator("[data-said]")).to_contain_text("The roll stands", timeout=SOON)
    looked_at(away)
    assert register_now(story).size == 11


def find_them_on_the_roll(story: Story, own: dict[str, str]) -> None:
    """Everybody's own browser says so as soon as the page is opened; a code that was typed, too."""
    for member in own:
        page = story.phone(member)
        page.goto(f"{story.address}/registers/1/my-key")
        expect(page.locator("[data-on-roll]")).to_contain_text("Your key stands on the roll")
        looked_at(page)
    page.goto(f"{story.address}/registers/1")
    expect(page.get_by_text("11 keys can vote")).to_be_visible()
    looked_at(page)


def check_with_the_command(story: Story, folder: Path) -> None:
    """What a stranger downloads is verified by the command."""
    page = story.desk(story.delegates()[2])
    page.goto(f"{story.address}/registers/1")
    with page.expect_download() as saved:
        page.get_by_role("link", name="The register’s file").click()
    saved.value.save_as(folder / "register-1.jsonl")
    told = quorate("ballots", "verify", folder / "register-1.jsonl").stdout
    assert "11" in told
    with page.expect_download() as saved:
        page.get_by_role("link", name="The roll of keys").click()
    saved.value.save_as(folder / "roll.json")
    assert len(json.loads((folder / "roll.json").read_text())) == 11
