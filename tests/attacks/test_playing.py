"""Nobody can be anybody in an organisation that is not the demo, whatever is set or posted."""

from __future__ import annotations

import http.cookiejar
import os
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from support.command import quorate
from support.serving import served
from support.union import Union, union

DEMO = "harbour-00112233.demo.invalid"


def play(address: str, member: str) -> int:
    """Asks to be the member, as the demo's page does; the status of the answer."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = browser.open(f"{address}/account/login/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    fields = {"csrfmiddlewaretoken": token[1], "member": member}
    asked = urllib.request.Request(
        f"{address}/play", urllib.parse.urlencode(fields).encode(), {"Referer": f"{address}/play"}
    )
    try:
        status = browser.open(asked, timeout=20).status
    except urllib.error.HTTPError as error:
        status = error.code
    page = browser.open(f"{address}/", timeout=20).read().decode()
    assert "Good day" not in page
    assert "Ruth Adeyemi" not in page
    return int(status)


@pytest.fixture
def made(tmp_path: Path) -> Union:
    return union(tmp_path / "org", "--origin", "record.example.org")


def test_posting_the_demos_address(made: Union) -> None:
    with served(made.folder) as address:
        assert play(address, made.members["ruth"]) == 404


def test_settings_changed_to_the_demos(made: Union) -> None:
    settings = made.folder / "quorate.toml"
    settings.write_text(settings.read_text().replace("record.example.org", DEMO))
    with served(made.folder) as address:
        assert play(address, made.members["ruth"]) == 404
    for invented in ('demo = "yes"', 'debug = "true"'):
        settings.write_text(f'origin = "record.example.org"\n{invented}\n')
        done = quorate("serve", made.folder, check=False)
        assert done.returncode == 2
        assert "there is no setting called" in done.stderr


def test_environment_changed(made: Union, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "own_settings.py").write_text(
        "from quorate.web.settings import *\n"
        "import quorate.web.who as who\n"
        "who.is_demo = lambda state: True\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(own)]))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "own_settings")
    for name in ("QUORATE_DEMO", "DEMO", "DEBUG", "QUORATE_ORIGIN"):
        monkeypatch.setenv(name, DEMO)
    with served(made.folder) as address:
        assert play(address, made.members["ruth"]) == 404


def test_a_session_written_by_hand(made: Union) -> None:
    """Whoever writes "playing" into every session gets nothing by it."""
    with served(made.folder) as address:
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        program = (
            "import sys; from pathlib import Path; from quorate.cli.opening import set_up\n"
            "set_up(Path(sys.argv[1]))\n"
            "from django.contrib.sessions.backends.db import SessionStore\n"
            "s = SessionStore(); s['playing'] = sys.argv[2]; s.create(); print(s.session_key)\n"
        )
        key = subprocess.run(
            [sys.executable, "-c", program, made.folder, made.members["ruth"]],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout.strip()
        with sqlite3.connect(made.folder / "quorate.sqlite3") as database:
            assert database.execute(
                "SELECT count(*) FROM django_session WHERE session_key = ?", [key]
            ).fetchone() == (1,)
        asked = urllib.request.Request(f"{address}/", headers={"Cookie": f"sessionid={key}"})
        page = browser.open(asked, timeout=20).read().decode()
        assert "Good day" not in page
        assert "Ruth" not in page


def test_no_other_organisation_gets_a_demos_name(tmp_path: Path) -> None:
    done = quorate(
        "new", tmp_path / "org", "--rules", "open-convention", "--origin", DEMO, check=False
    )
    assert done.returncode == 2
    assert "demo" in done.stderr
    assert not (tmp_path / "org").exists()
