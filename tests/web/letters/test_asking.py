"""A member who may be asked to second gets one letter, whatever happens to server and mail."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from quorate.rulebook.reading import preset
from support import forging
from support.command import quorate
from support.letters import PostOffice, post_office
from support.serving import served
from support.union import Union, founded

DAY = 86_400_000


@pytest.fixture
def made(tmp_path: Path) -> Union:
    """A founded union with a convention called, in which Ruth has written proposal 1.

    Of the others in her branch only Piotr may be written to; of Southgate only Tomas may."""
    rules = tmp_path / "rules.toml"
    text = preset("open-convention").replace("notice = 145", "notice = 140")
    rules.write_text(text, "utf-8")
    made = founded(tmp_path / "org", rules=str(rules))
    called_just_before_the_bulletin_opens(made)
    do(
        made,
        "ruth",
        "bulletin.hand_in",
        "kind=proposal",
        'text={"title": "A lamp", "text": "Light."}',
    )
    for name in ("piotr", "tomas"):
        do(made, name, "membership.be_reachable", "yes=true")
    return made


def called_just_before_the_bulletin_opens(made: Union) -> None:
    """The bulletin opens 140 days before the convention, which is called no later than that: a few
    seconds before, or more on a machine that is slow to call it."""
    for seconds in (6, 20, 60):
        bulletin_opens = int(time.time() * 1000) + seconds * 1000
        fields = [f"opens={bulletin_opens + 140 * DAY}", "place=The hall"]
        member = made.members["piotr"]
        done = quorate("act", made.folder, "floor.call", *fields, "--as", member, check=False)
        if done.returncode == 0:
            time.sleep(max(0.0, bulletin_opens / 1000 - time.time()) + 0.1)
            return
    raise AssertionError(done.stderr)


def do(made: Union, name: str, act: str, *fields: str) -> None:
    quorate("act", made.folder, act, *fields, "--as", made.members[name])


def asking(office: PostOffice) -> list[EmailMessage]:
    """The letters that ask somebody to second, of all that have come."""
    return [each for each in office.letters if str(each["Subject"]).startswith("Will you second")]


def settled(office: PostOffice, number: int) -> list[EmailMessage]:
    """The same, when so many have come and the postman had time for two rounds more."""
    until = time.monotonic() + 20
    while len(asking(office)) < number and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(7)
    return asking(office)


def test_each_who_may_be_asked_gets_one_letter(made: Union) -> None:
    with post_office() as office:
        made.set(smtp=office.address, sender="post@union.example", address="http://127.0.0.1:8000")
        with served(made.folder), served(made.folder):  # two processes, one letter
            for branch in ("NG", "SG"):
                do(made, "ruth", "proposals.ask", "proposal=1", f"branch={branch}")
            found = settled(office, 2)
        assert sorted(str(letter["To"]) for letter in found) == [
            "piotr@example.org",
            "tomas@example.org",
        ]
        letter = next(each for each in found if each["To"] == "piotr@example.org")
        text = letter.get_content()
        assert "Ruth Adeyemi, Northgate, asks you to second" in text
        assert "A lamp" in str(letter["Subject"])
        assert "http://127.0.0.1:8000/bulletin/1" in text
        assert not any("@example.org" in each.get_content() for each in found)
        with served(made.folder):
            assert len(settled(office, 2)) == 2, "a server that starts again sends nothing again"


def test_a_server_killed_before_it_could_send(made: Union) -> None:
    """The server takes the act, is killed, and its successor sends the letter, once."""
    with post_office() as office:
        made.set(smtp=office.address)
        server = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("quorate")),
                "serve",
                str(made.folder),
                "--port",
                _port(),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            do(made, "ruth", "proposals.ask", "proposal=1", "branch=NG")
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        with served(made.folder):
            assert len(settled(office, 1)) == 1


def test_the_act_stands_when_mail_fails(made: Union) -> None:
    """With a mail server that is not there the acts are recorded all the same."""
    made.set(smtp=f"127.0.0.1:{_port()}")
    with served(made.folder):
        do(made, "ruth", "proposals.ask", "proposal=1", "branch=NG")
        do(made, "piotr", "proposals.second", "proposal=1", f"version={_version(made)}")
        done = quorate(
            "act",
            made.folder,
            "proposals.ask",
            "proposal=1",
            "branch=NG",
            "--as",
            made.members["ruth"],
            check=False,
        )
    assert "This branch was asked" in done.stderr or "admitted" in done.stderr


def _version(made: Union) -> str:
    out = made.folder.parent / "out"
    quorate("export", made.folder, out)
    entries = forging.read(out)
    return next(entry["body"]["text"] for entry in entries if entry["act"] == "bulletin.hand_in")


def _port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
