"""The keeper gives voters another script than the published version has: one that casts what it
likes, or tells what was chosen. Whoever compares from where they vote gets it too."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from quorate.web.secret.scripts import STATIC, manifest
from support.caught import SCRIPTS, caught_by
from support.command import quorate

CASTING = "quorate/secret/casting.js"
TELLING = b"fetch('/told', { method: 'POST', body: JSON.stringify(choice) });\n"


@contextmanager
def giving(changed: dict[str, bytes], listed: str = "") -> Iterator[str]:
    """A server's address, which gives the published scripts but these. ``listed``: its list, where
    it is not the published one."""

    class Giving(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/static/")
            if self.path == "/scripts":
                data = (listed or manifest().text).encode()
            elif name in changed:
                data = changed[name]
            else:
                data = (STATIC / name).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Giving)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def telling() -> bytes:
    """The script that casts, and tells the keeper what."""
    return (STATIC / CASTING).read_bytes() + TELLING


def others(address: str) -> list[str]:
    """What the command names; it ends with 1."""
    done = quorate("ballots", "scripts", address, "--json", check=False)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["same"] is False
    return list(told["others"])


def test_the_published_scripts_are_the_same() -> None:
    with giving({}) as address:
        told = json.loads(quorate("ballots", "scripts", address, "--json").stdout)
    assert told["same"] is True
    assert told["hash"] == manifest().hash
    assert told["scripts"] > 60


@caught_by(SCRIPTS)
def test_a_changed_script_is_named() -> None:
    with giving({CASTING: telling()}) as address:
        assert others(address) == [f"{CASTING} is another"]


@caught_by(SCRIPTS)
def test_a_list_that_fits_the_change_does_not_help() -> None:
    before = sha256((STATIC / CASTING).read_bytes()).hexdigest()
    listed = manifest().text.replace(before, sha256(telling()).hexdigest())
    assert listed != manifest().text
    with giving({CASTING: telling()}, listed) as address:
        assert others(address) == ["its list of scripts is another", f"{CASTING} is another"]


@caught_by(SCRIPTS)
def test_a_script_more_is_named() -> None:
    name = "quorate/more.js"
    listed = f"{manifest().text}{sha256(TELLING).hexdigest()}  {name}\n"
    with giving({name: TELLING}, listed) as address:
        assert f"it has a script more, {name}" in others(address)


@caught_by(SCRIPTS)
def test_chance_that_the_keeper_knows_is_named() -> None:
    """The module that draws all numbers gives always the same."""
    name = "ballots/random.js"
    known = (STATIC / name).read_bytes().replace(b"crypto.getRandomValues", b"((given) => given)")
    assert known != (STATIC / name).read_bytes()
    with giving({name: known}) as address:
        assert others(address) == [f"{name} is another"]


@caught_by(SCRIPTS)
def test_a_script_that_is_withheld_is_named() -> None:
    """From whoever compares: a program is given nothing where browsers are given something."""
    with giving({CASTING: b""}) as address:
        assert others(address) == [f"{CASTING} is another"]


def test_a_server_that_does_not_answer_is_neither_sound_nor_accused() -> None:
    done = quorate("ballots", "scripts", "http://127.0.0.1:9", "--json", check=False)
    assert done.returncode == 2
    assert "cannot be reached" in json.loads(done.stdout)["error"]
