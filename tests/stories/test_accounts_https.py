"""A member signs in and acts where the server stands behind a proxy that speaks HTTPS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.command import quorate
from support.https import behind, proxied
from support.letters import post_office
from support.serving import served
from support.union import union

pytestmark = pytest.mark.xdist_group("browser")


def test_signing_in_and_acting_over_https(browser: Browser, tmp_path: Path) -> None:
    made = union(tmp_path / "org")
    with post_office() as office, proxied(tmp_path) as proxy:
        https = f"https://localhost:{proxy.server_port}"
        made.set(smtp=office.address, address=https)
        with served(made.folder) as address:
            assert behind(proxy, address) == https
            context = browser.new_context(ignore_https_errors=True)
            page = context.new_page()
            page.goto(f"{https}/account/login/?next=/account/")
            page.get_by_label("Your e-mail address").fill("ruth@example.org")
            page.get_by_role("button", name="Send me a code").click()
            letter = office.letter_to("ruth@example.org").get_content()
            code = re.search(r"^ {4}(\S+)\s*$", letter, re.M)
            assert code
            page.get_by_label("The code from the letter").fill(code[1])
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Ruth Adeyemi")
            page.get_by_role("link", name="Whether others may write to me").click()
            page.get_by_role("checkbox").check()
            page.get_by_role("button", name="Keep it so").click()
            expect(page.get_by_text("now: yes")).to_be_visible()
            cookies = {cookie["name"]: cookie for cookie in context.cookies()}
            assert cookies["sessionid"]["secure"]
            assert cookies["sessionid"]["httpOnly"]
            assert cookies["csrftoken"]["secure"]

            # A form that another site sends in the member's name is refused.
            answer = context.request.post(
                f"{https}/act/membership.resign",
                headers={
                    "Origin": "https://elsewhere.example",
                    "Referer": "https://elsewhere.example/",
                },
                form={"csrfmiddlewaretoken": cookies["csrftoken"]["value"]},
            )
            assert answer.status == 403
            assert "This form was not taken" in answer.text()
    done = quorate(
        "act",
        made.folder,
        "membership.be_reachable",
        "yes=true",
        "--as",
        "ruth@example.org",
        check=False,
    )
    assert "It is so already" in done.stderr
