"""The booth's scripts in a browser: served from this machine under the server's own policy, and
asked for one job after another, each in a worker, as a page asks."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

STATIC = Path(__file__).parents[2] / "src" / "quorate" / "web" / "static"

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""As web/settings.py has it; tests/booth holds the two together."""

_WORK = """async ([job, given]) => {
  const { work } = await import("/ballots/booth.js");
  const file = (coded) => new Blob([Uint8Array.from(atob(coded), (c) => c.charCodeAt(0))]);
  const plain = Object.entries(given)
    .map(([name, value]) => [name, value?.bytes === undefined ? value : file(value.bytes)]);
  const told = [];
  const tell = (stage, done, of) => told.push([stage, done, of]);
  try {
    return { result: await work(job, Object.fromEntries(plain), { tell }), told };
  } catch (error) {
    return { code: error.code ?? String(error), why: error.message };
  }
}"""


class NotDone(Exception):
    """A job that was refused."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


class Booth:
    """A page with nothing on it. ``told``: what the last job said of its progress."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: list[list[Any]] = []

    def work(self, job: str, **given: Any) -> Any:
        """A job's result. Bytes go as a file does. Raises NotDone."""
        answer = self.page.evaluate(_WORK, [job, {k: _sent(v) for k, v in given.items()}])
        if "code" in answer:
            raise NotDone(answer["code"], answer["why"])
        self.told = answer["told"]
        return answer["result"]

    def idle(self) -> bool:
        """Whether no worker is left, or will be soon: the browser tells it a little later."""
        for _ in range(100):
            if not self.page.workers:
                return True
            self.page.wait_for_timeout(100)
        return False

    def ask(self, module: str, expression: str, *given: Any) -> Any:
        """An expression over ``it``, a module's exports, and ``given``, on the page itself."""
        script = (
            f"async ([path, given]) => {{ const it = await import(path); return {expression}; }}"
        )
        return self.page.evaluate(script, [f"/ballots/{module}", list(given)])


@contextmanager
def booth(browser: Browser) -> Iterator[Booth]:
    """Fails if a page or worker complains, of the policy above all."""
    with served() as address:
        context = browser.new_context()
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/empty.html")
        yield Booth(page)
        context.close()
    assert not complaints


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Served, directory=str(STATIC)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class _Served(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection serves many modules

    def do_GET(self) -> None:
        if self.path != "/empty.html":
            return super().do_GET()
        page = b'<!doctype html><link rel="icon" href="data:,"><title>Booth</title>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


def _sent(value: Any) -> Any:
    return {"bytes": b64encode(value).decode()} if isinstance(value, bytes) else value
