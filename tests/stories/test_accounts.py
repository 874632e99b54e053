"""Signing in as a member does: by a code, a passkey, an authenticator, a recovery code; changing
the address; in a real browser, with letters through a real SMTP server."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.letters import PostOffice, post_office
from support.serving import served
from support.story import fits
from support.union import Union, union
from support.written_to import code_in, letters_to

pytestmark = pytest.mark.xdist_group("browser")
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class House:
    """A union that is served by name, for passkeys, and writes letters."""

    union: Union
    office: PostOffice
    address: str


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = union(tmp_path / "org")
    with post_office() as office:
        made.set(smtp=office.address, sender="post@union.example")
        with served(made.folder) as address:
            yield House(made, office, address.replace("127.0.0.1", "localhost"))


def link_in(letter: EmailMessage, house: House) -> str:
    found = re.search(r"https?://[^/\s]+(/account/address/\S+)", letter.get_content())
    assert found, letter.get_content()
    return house.address + found[1]


def by_code(page: Page, house: House, email: str, letter: int = 1) -> None:
    """Asks for a code and enters it."""
    page.goto(f"{house.address}/account/login/")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    code = code_in(letters_to(house.office, email, letter)[letter - 1])
    page.get_by_label("The code from the letter").fill(code)
    page.get_by_role("button", name="Sign in").click()


def test_by_code(browser: Browser, house: House) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(house.address)
    page.get_by_role("link", name="Sign in").first.click()
    fits(page)
    page.get_by_label("Your e-mail address").fill("Ruth@example.org")
    page.get_by_role("button", name="Send me a code").click()
    fits(page)
    letter = letters_to(house.office, "ruth@example.org", 1)[0]
    assert letter["From"] == "post@union.example"
    page.get_by_label("The code from the letter").fill("WRONG1")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".fault")).to_be_visible()
    page.get_by_label("The code from the letter").fill(code_in(letter))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good day, Ruth")
    page.get_by_role("link", name="Ruth Adeyemi").click()
    expect(page.get_by_text(house.union.members["ruth"])).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{house.address}/account/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def totp(secret: str, at: float) -> str:
    """The six digits that an authenticator shows (RFC 6238, SHA-1, 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, start)[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_totp_gives_the_digits_of_the_rfc() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [totp(secret, at) for at in (59, 1111111109, 2000000000)] == [
        "287082",
        "081804",
        "279037",
    ]


def test_by_passkey(browser: Browser, house: House) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    by_code(page, house, "piotr@example.org")
    page.goto(f"{house.address}/account/")
    page.get_by_role("link", name="Passkeys, authenticator").click()
    page.get_by_role("link", name="Add a passkey").click()
    fits(page)
    page.get_by_label("What you call this device").fill("my phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    fits(page)
    assert "passkey was added" in letters_to(house.office, "piotr@example.org", 2)[1].get_content()
    page.goto(f"{house.address}/account/2fa/webauthn/")
    expect(page.get_by_text("my phone")).to_be_visible()
    fits(page)
    page.goto(f"{house.address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{house.address}/account/login/?next=/account/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Piotr Novak")

    # A code by e-mail alone signs in no more; the passkey is asked for as well.
    page.get_by_role("button", name="Sign out", exact=True).click()
    by_code(page, house, "piotr@example.org", letter=3)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.goto(f"{house.address}/account/2fa/")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good day, Piotr")


def test_a_browser_without_the_passkey_is_told(browser: Browser, house: House) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}},
    )
    page.goto(f"{house.address}/account/login/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    # By its number no browser keeps a passkey, so none is offered.
    page.goto(house.address.replace("localhost", "127.0.0.1") + "/account/login/")
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
    expect(page.get_by_role("button", name="Use my passkey")).to_have_count(0)


def test_by_authenticator_and_recovery_code(browser: Browser, house: House) -> None:
    page = browser.new_page(viewport=PHONE)
    by_code(page, house, "grace@example.org")
    page.goto(f"{house.address}/account/2fa/")
    fits(page)
    page.get_by_role("link", name="Set up an authenticator").click()
    fits(page)
    secret = page.locator("ol .hash").inner_text()
    page.get_by_label("The code from the app").fill("000000")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".fault")).to_be_visible()
    assert page.locator("ol .hash").inner_text() == secret
    now = time.time()
    page.get_by_label("The code from the app").fill(totp(secret, now))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    codes = (
        page.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()
    )
    assert len(codes) == len(set(codes)) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep them as a file").click()
    assert download.value.path().read_text().split() == codes

    page.goto(f"{house.address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    by_code(page, house, "grace@example.org", letter=3)
    fits(page)
    page.get_by_label("A code from your authenticator").fill(totp(secret, now + 30))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good day, Grace")

    for code, right in ((codes[0], True), (codes[0], False), (codes[1], True)):
        page.goto(f"{house.address}/account/logout/")
        page.get_by_role("button", name="Sign out").click()
        letter = 1 + sum(str(m["To"]) == "grace@example.org" for m in house.office.letters)
        by_code(page, house, "grace@example.org", letter=letter)
        page.get_by_label("A code from your authenticator").fill(code)
        page.get_by_role("button", name="Sign in").click()
        if right:
            expect(page.get_by_role("heading", level=1)).to_contain_text("Good day, Grace")
        else:
            expect(page.get_by_text("Incorrect code.")).to_be_visible()


def test_an_address_is_changed_after_three_days(browser: Browser, house: House) -> None:
    page = browser.new_page(viewport=PHONE)
    by_code(page, house, "tomas@example.org")
    page.goto(f"{house.address}/account/address/")
    fits(page)
    page.get_by_label("New e-mail address").fill("tomas@elsewhere.example")
    page.get_by_role("button", name="Change it").click()
    announcement = letters_to(house.office, "tomas@example.org", 2)[1]
    assert "tomas@elsewhere.example" in announcement.get_content()
    question = letters_to(house.office, "tomas@elsewhere.example", 1)[0]
    expect(page.get_by_text("It has not said yes yet")).to_be_visible()

    # Looking at a mailed link changes nothing; its button does.
    elsewhere = browser.new_page(viewport=PHONE)
    elsewhere.goto(link_in(question, house))
    page.reload()
    expect(page.get_by_text("It has not said yes yet")).to_be_visible()
    fits(elsewhere)
    elsewhere.get_by_role("button", name="Yes, it is mine").click()
    expect(elsewhere.get_by_text("Until then the old address does")).to_be_visible()
    page.reload()
    expect(page.get_by_text("It has said yes")).to_be_visible()

    # The new one waits, the old one signs in.
    elsewhere.goto(f"{house.address}/account/login/")
    elsewhere.get_by_label("Your e-mail address").fill("tomas@elsewhere.example")
    elsewhere.get_by_role("button", name="Send me a code").click()
    elsewhere.get_by_text("No letter came").click()
    elsewhere.get_by_role("button", name="Start again").click()
    by_code(elsewhere, house, "tomas@example.org", letter=3)
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text("Good day, Tomas")
    assert len(letters_to(house.office, "tomas@elsewhere.example", 1)) == 1

    # The old one stops it, and whoever was signed in is out.
    third = browser.new_page(viewport=PHONE)
    third.goto(link_in(announcement, house))
    fits(third)
    page.reload()
    expect(page.get_by_text("It has said yes")).to_be_visible()
    third.get_by_role("button", name="Stop it").click()
    expect(third.get_by_role("heading", name="The change is stopped")).to_be_visible()
    page.goto(f"{house.address}/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    third.goto(link_in(question, house))
    expect(third.get_by_role("heading", level=1)).to_have_text("This letter has had its time")


def test_somebody_who_has_left_has_their_data_erased(browser: Browser, house: House) -> None:
    page = browser.new_page(viewport=PHONE)
    by_code(page, house, "ruth@example.org")
    page.goto(f"{house.address}/account/")
    page.get_by_role("link", name="Leave the organisation").click()
    page.get_by_role("button", name="Leave").click()
    page.goto(f"{house.address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    by_code(page, house, "ruth@example.org", letter=2)
    page.get_by_role("link", name="My account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your membership has ended")
    fits(page)
    page.get_by_role("button", name="Erase my data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your data are erased")
    page.goto(f"{house.address}/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Your e-mail address").fill("ruth@example.org")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("The code from the letter")).to_be_visible()
    time.sleep(1)
    assert len(letters_to(house.office, "ruth@example.org", 2)) == 2
