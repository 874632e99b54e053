"""Letters of a served organisation go out through SMTP when its settings name a server."""

from __future__ import annotations

import http.cookiejar
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from support.command import quorate
from support.letters import post_office
from support.serving import served

WORKER = Path(__file__).with_name("worker.py")


def _asked(browser: urllib.request.OpenerDirector, page: str, **fields: str) -> str:
    """Opens a page, fills in its form, sends it; the page that answers."""
    form = browser.open(page, timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token, form[:500]
    filled = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
    sent = urllib.request.Request(page, filled, headers={"Referer": page})
    with browser.open(sent, timeout=20) as answer:
        return str(answer.read().decode())


def test_a_member_gets_a_letter_and_a_stranger_none(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "open-convention")
    quorate("act", folder, "membership.open_region", "code=NO", "name=North")
    quorate("act", folder, "membership.open_branch", "code=NG", "name=Northgate", "region=NO")
    subprocess.run([sys.executable, WORKER, folder, "post", "1", "1"], check=True, timeout=60)
    with post_office() as office:
        with (folder / "quorate.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'smtp = "{office.address}"\nsender = "post@union.example"\n')
        with served(folder) as address:
            browser = urllib.request.build_opener(
                urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
            )
            page = f"{address}/account/login/"
            said = _asked(browser, page, email="nobody@example.org")
            assert "If nobody@example.org is a member’s address" in said
            _asked(browser, f"{address}/account/logout/")
            _asked(browser, page, email="post0@example.org")
            letter = office.letter_to("post0@example.org")
    assert letter["From"] == "post@union.example"
    assert [str(each["To"]) for each in office.letters] == ["post0@example.org"]
    assert not list((folder / "mail").iterdir())
