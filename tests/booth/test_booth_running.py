"""How jobs run: beside the page, telling how far they are, until they are ended; and not at all in
a browser that cannot do it safely."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quorate.ballots.groups.named import ED25519
from support.booth import POLICY, STATIC, Booth, NotDone, served
from support.booth import booth as opened
from support.secret_election import CHAIR, Held, begun

pytestmark = pytest.mark.xdist_group("booth")

SETTINGS = STATIC.parent / "settings.py"
MODULES = [file for file in (STATIC / "ballots").rglob("*.js") if "vendor" not in file.parts]


def many(ballots: int) -> Held:
    held = begun(ED25519, [CHAIR], ballots, single=1)
    for voter in range(ballots):
        held.cast(voter, [[0, 1, 0, 0, 0]])
    return held


def test_the_page_goes_on_and_hears_how_far_it_is(booth: Booth) -> None:
    """A page that stood still while a box is verified would count nothing."""
    content = list(many(40).content)
    found = booth.page.evaluate(
        """async (bytes) => {
          const { work } = await import("/ballots/booth.js");
          let [beats, told] = [0, []];
          const beat = setInterval(() => { beats += 1; }, 10);
          await work("verify", { content: new Uint8Array(bytes) },
            { tell: (stage, done, of) => told.push([stage, done, of]) });
          clearInterval(beat);
          return { beats, told };
        }""",
        content,
    )
    assert found["beats"] > len(found["told"])
    far = [done for stage, done, _of in found["told"] if stage == "ballots"]
    assert far == sorted(far)
    assert far[-1] == 40
    assert len(far) > 2


@pytest.mark.parametrize("ballots", [40, 64], ids=["by one worker", "by several"])
def test_a_job_is_ended(booth: Booth, ballots: int) -> None:
    content = list(many(ballots).content)
    code = booth.page.evaluate(
        """async (bytes) => {
          const { work } = await import("/ballots/booth.js");
          const ending = new AbortController();
          try {
            await work("verify", { content: new Uint8Array(bytes) },
              { signal: ending.signal, tell: () => ending.abort() });
            return "done";
          } catch (error) { return error.code; }
        }""",
        content,
    )
    assert code == "cancelled"
    early = booth.page.evaluate(
        """async () => {
          const { work } = await import("/ballots/booth.js");
          return work("verify", {}, { signal: AbortSignal.abort() }).catch((error) => error.code);
        }"""
    )
    assert early == "cancelled"
    assert booth.idle()


def test_no_worker_outlives_its_job(booth: Booth) -> None:
    with pytest.raises(NotDone):
        booth.work("verify", content=b"")
    booth.work("begin", group="Ed25519", purpose="p", size=3, needed=2, index=1)
    assert booth.idle()


def test_what_there_is_no_job_for(booth: Booth) -> None:
    for job in ("toString", "constructor", "nothing"):
        with pytest.raises(NotDone) as refused:
            booth.work(job)
        assert refused.value.code == "failed"


UNABLE = {
    "no-secure-context": "Object.defineProperty(globalThis, 'isSecureContext', { value: false })",
    "no-bigint": "delete globalThis.BigInt",
    "no-workers": "delete globalThis.Worker",
    "no-cipher": "Object.defineProperty(crypto, 'subtle', { value: undefined })",
}
NO_RANDOM = {
    "none": "crypto.getRandomValues = undefined",
    "only zeros": "crypto.getRandomValues = (bytes) => bytes",
    "always the same": "crypto.getRandomValues = (bytes) => bytes.fill(7)",
    "refused": "crypto.getRandomValues = () => { throw new Error('no entropy'); }",
}
CASES = list(UNABLE.items()) + [("no-random", script) for script in NO_RANDOM.values()]


@pytest.mark.parametrize(("code", "script"), CASES)
def test_a_browser_that_cannot_do_it_safely(browser: Browser, code: str, script: str) -> None:
    with opened(browser) as booth:
        booth.page.evaluate(f"() => {{ {script}; }}")
        with pytest.raises(NotDone) as refused:
            booth.work("begin", group="Ed25519", purpose="p", size=3, needed=2, index=1)
        assert refused.value.code == code


def test_a_browser_without_workers_of_modules(browser: Browser) -> None:
    """It does not look at the type that is asked for."""
    with opened(browser) as booth:
        booth.page.evaluate(
            """() => { globalThis.Worker = class { terminate() {} postMessage() {} }; }"""
        )
        with pytest.raises(NotDone) as refused:
            booth.work("begin", group="Ed25519", purpose="p", size=3, needed=2, index=1)
        assert refused.value.code == "no-workers"


def test_scripts_that_cannot_be_loaded(browser: Browser) -> None:
    with served() as address:
        page = browser.new_page()
        page.route("**/jobs.js", lambda route: route.abort())
        page.goto(f"{address}/empty.html")
        code = page.evaluate(
            """async () => {
              const { work } = await import("/ballots/booth.js");
              return work("begin", {}).catch((error) => error.code);
            }"""
        )
        assert code == "not-loaded"
        page.close()


def test_nothing_is_asked_of_anybody_else(browser: Browser) -> None:
    asked: list[str] = []
    with served() as address:
        context = browser.new_context()
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(f"{address}/empty.html")
        given = {"group": "Ed25519", "purpose": "p", "size": 3, "needed": 2, "index": 1}
        page.evaluate(
            """async (given) => {
              const { work } = await import("/ballots/booth.js");
              await work("begin", given);
            }""",
            given,
        )
        context.close()
        assert any(url.endswith("worker.js") for url in asked)
        assert all(url.startswith(address) for url in asked)


def test_the_policy_is_the_servers() -> None:
    tree = ast.parse(SETTINGS.read_text())
    (policy,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "CONTENT_SECURITY_POLICY"
    )
    directives = ast.literal_eval(policy)["DIRECTIVES"]
    assert "; ".join(f"{name} {' '.join(to)}" for name, to in directives.items()) == POLICY


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.name)
def test_what_no_module_does(file: Path) -> None:
    """No chance but the browser's generator for keys, nothing evaluated, logged, stored or fetched;
    only modules beside it are imported."""
    code = re.sub(r"^ *//.*$", "", file.read_text(), flags=re.MULTILINE)
    never = r"Math\.random|\beval\b|\bFunction\(|console\.|localStorage|indexedDB|\bfetch\b|https?:"
    assert not re.search(never, code)
    for imported in re.findall(r'from "([^"]+)"', code):
        assert imported.startswith("."), imported
        assert (file.parent / imported).resolve().is_relative_to(STATIC / "ballots")


def test_every_chance_comes_from_one_module() -> None:
    users = {file.name for file in MODULES if "getRandomValues" in file.read_text()}
    assert users == {"random.js", "able.js"}
