"""The member's own proof, in a real browser: its arithmetic against ours, and a keeper who goes
back behind what was done, rewrites it, or acts in a member's name."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from quorate.record import checkpoint, cosignature, note, tree
from quorate.record.checkpoint import Checkpoint
from support.browser_steps import hand_in, receipts_say, sign_in, written
from support.caught import MEMBER, caught_by
from support.command import quorate
from support.record_keys import pair, rotation
from support.serving import served
from support.story import nothing_wrong

pytestmark = pytest.mark.xdist_group("browser")
SIGNING, KEY = note.generate_key("record.example", bytes(32))
SHOWN_AS = """document.addEventListener("readystatechange", () => {{
    for (const done of document.querySelectorAll("[data-receipt]")) done.dataset.receipt = "{}";
}})"""
"""As if the server had said that it stands at another entry."""

AS_IF_SIGNED = """for (const name of Object.keys(localStorage)) {
    if (name.startsWith("quorate/key/")) localStorage.removeItem(name);
}"""
"""As if a keeper had signed what was rewritten, and proved it: the browser cannot tell."""


@pytest.fixture
def half(half_year: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    shutil.copytree(half_year, folder)
    return folder


@pytest.fixture
def page(browser: Browser, half: Path) -> Iterator[Page]:
    """A page of the product, in which its module can be asked."""
    with served(half) as address:
        opened = browser.new_page()
        opened.goto(f"{address}/record")
        yield opened
        opened.close()


def asked(page: Page, calls: list[object], body: str) -> list[str]:
    """What the module answers to each call: "yes", or why not. ``body``: of a function (p, a)."""
    script = f"""async (calls) => {{
        const p = await import("/static/quorate/proof.js");
        const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const hex = (b) => [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
        const one = async (a) => {{ {body} }};
        const said = [];
        for (const a of calls) {{
            try {{ said.push(await one(a)); }} catch (error) {{
                said.push(error instanceof p.Wrong ? error.message : `broke: ${{error}}`);
            }}
        }}
        return said;
    }}"""
    answers: list[str] = page.evaluate(script, calls)
    assert not [one for one in answers if one.startswith("broke")], answers
    return answers


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_its_tree_is_ours(page: Page) -> None:
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(40)]
    grown = tree.levels(leaves)
    calls: list[object] = []
    roots = []
    for size in range(1, 41):
        for index in range(size):
            path = [coded(node) for node in grown.inclusion(index, size)]
            calls.append([path, index, size, coded(leaves[index])])
            roots.append(grown.root_of(0, size).hex())
    body = "return hex(await p.rootOf(a[0].map(bytes), a[1], a[2], bytes(a[3])));"
    assert asked(page, calls, body) == roots
    short = [[path[:-1], *rest] for path, *rest in calls if path]
    assert "its proof is too short" in asked(page, short, body)
    assert not set(asked(page, short, body)) & set(roots)


def test_its_proof_of_continuation_is_ours(page: Page) -> None:
    grown = tree.levels([tree.leaf_hash(str(number).encode()) for number in range(33)])
    right: list[object] = []
    for size in range(1, 34):
        for old in range(1, size + 1):
            proof = [coded(node) for node in grown.consistency(old, size)]
            roots = (coded(grown.root_of(0, old)), coded(grown.root_of(0, size)))
            right.append([old, roots[0], size, roots[1], proof])
    body = """await p.continues({size: a[0], root: bytes(a[1])}, {size: a[2], root: bytes(a[3])},
        a[4].map(bytes)); return "yes";"""
    assert set(asked(page, right, body)) == {"yes"}
    other = coded(bytes(32))
    wrong = [[old, other, size, root, proof] for old, _, size, root, proof in right]
    wrong += [[old, was, size, other, proof] for old, was, size, _, proof in right]
    wrong += [[size, root, old, was, []] for old, was, size, root, _ in right if old != size]
    wrong += [[*rest, [*proof, other]] for *rest, proof in right]
    assert "yes" not in asked(page, wrong, body)


def test_its_signatures_are_ours(page: Page) -> None:
    text = Checkpoint("record.example", 7, bytes(32)).text()
    signed = checkpoint.sign(Checkpoint("record.example", 7, bytes(32)), SIGNING)
    signing, public = cosignature.generate_key("w.example", bytes(32), cosignature.ED25519)
    cosigned = signed + cosignature.cosign(text, signing, 1_700_000_000)
    body = "return String(await p.signedBy(a[0], await p.readKey(a[1])));"
    other = note.generate_key("record.example", bytes(31) + b"x")[1]
    damaged = KEY[:-4] + "AAA="
    answers = asked(
        page,
        [
            [signed, KEY],
            [cosigned, public],
            [signed, public],
            [signed, other],
            [signed.replace("\n7\n", "\n8\n"), KEY],
            [cosigned.replace("\n7\n", "\n8\n"), public],
            [signed, damaged],
            [text, KEY],
        ],
        body,
    )
    assert answers == [
        "true",
        "1700000000",
        "null",
        "null",
        "the signature of record.example is false",
        "the signature of w.example is false",
        "the key is damaged",
        "the signature is missing",
    ]


def test_a_member_is_told_when_the_keeper_rewrites(
    browser: Browser, half: Path, tmp_path: Path
) -> None:
    before = shutil.copytree(half, tmp_path / "before")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "After the winter")
        receipts_say(page, address, "Checked on this device against today’s record")
        expect(page.get_by_text("checked: it stands in today’s record")).to_have_count(1)
        nothing_wrong(page)
        me = page.locator("[data-receipts]").get_attribute("data-me") or ""
    port = urlsplit(address).port or 0
    with served(before, port):
        sign_in(page, address, "alternate")
        receipts_say(page, address, "contradict each other")
        expect(page.get_by_text("the record does not show it as yours any more")).to_be_visible()
        quorate("act", before, "membership.be_reachable", "yes=false", "--as", me)
        receipts_say(page, address, "contradict each other")
        expect(page.get_by_text("another history")).to_have_count(1)
    page.close()


def test_a_member_is_shown_what_somebody_else_did_in_their_name(
    browser: Browser, half: Path
) -> None:
    page = browser.new_page()
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "Mine")
        me = page.evaluate("Object.keys(localStorage).find((k) => k.includes('receipts'))")
        member = me.rpartition("/")[2]
        quorate("act", half, "membership.be_reachable", "yes=false", "--as", member)
        page.goto(f"{address}/account/receipts")
        row = page.locator("li", has_text="Whether others may write to me").first
        expect(row).to_contain_text("was it you?")
        expect(page.locator("li", has_text="Mine")).to_have_count(0)
    page.close()


FILLED = """() => {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
        try {
            for (let n = 0; ; n += 1) localStorage.setItem(`x/${size}/${n}`, "x".repeat(size));
        } catch { /* no more of this size */ }
    }
}"""


def test_a_browser_that_is_full_blames_nobody(browser: Browser, half: Path) -> None:
    page = browser.new_page()
    with served(half) as address:
        sign_in(page, address, "alternate")
        page.evaluate(FILLED)
        hand_in(page, address, "Mine")
        expect(page.locator("p.wrong")).to_contain_text("no room for another receipt")
        expect(page.locator("p.wrong")).not_to_contain_text("branch")
    page.close()


@caught_by(MEMBER)
def test_a_receipt_of_something_else_is_not_called_ones_own(browser: Browser, half: Path) -> None:
    """A server that has lost an act gives the receipt of another for it."""
    page = browser.new_page()
    shelf = """(change) => {
        const place = Object.keys(localStorage).find((one) => one.includes("receipts"));
        const kept = JSON.parse(localStorage.getItem(place));
        const [entry] = Object.keys(kept);
        kept[entry] = change.replace("MINE", kept[entry]);
        localStorage.setItem(place, JSON.stringify(kept));
        return entry; }"""
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "Mine")
        mine = page.evaluate(shelf, "MINE")
        me = page.locator("[data-receipt]").get_attribute("data-me") or ""
        quorate("act", half, "membership.be_reachable", "yes=false", "--as", me)
        kept = page.evaluate("(of) => fetch(`/record/${of}/receipt`).then((a) => a.text())", mine)
        for other, said in (
            ("5", "it is the receipt of entry 5"),
            (str(int(mine) + 1), f"it is the receipt of entry {int(mine) + 1}"),
        ):
            receipt = page.evaluate(
                "(of) => fetch(`/record/${of}/receipt`).then((a) => a.text())", other
            )
            page.evaluate(shelf, receipt)
            receipts_say(page, address, "contradict each other")
            expect(page.locator(f'[data-entry="{mine}"] [data-checked]')).to_contain_text(said)
        opening = base64.b64encode(b'{"text":"Not mine.","title":"Mine"}').decode()
        changed = re.sub(r'"payload":"[^"]*"', f'"payload":"{opening}"', kept)
        assert changed != kept
        page.evaluate(shelf, changed)
        receipts_say(page, address, "contradict each other")
        expect(page.get_by_text("that it opens is not the one in its entry")).to_have_count(1)
        page.evaluate(shelf, kept)
        receipts_say(page, address, "Checked on this device")
    page.close()


@caught_by(MEMBER)
@pytest.mark.parametrize(
    ("which", "said"),
    [("first", "receipt of entry 5"), ("earlier", "another act"), ("text", "is not the one in")],
)
def test_a_receipt_of_something_else_is_not_kept(
    browser: Browser, half: Path, which: str, said: str
) -> None:
    page = browser.new_page()

    def another(route: Route) -> None:
        if which == "first":
            route.fulfill(response=route.fetch(url=re.sub(r"/\d+/", "/5/", route.request.url)))
        elif which == "text":
            answer = route.fetch()
            opening = base64.b64encode(b'{"text":"Not mine.","title":"Mine"}').decode()
            body = re.sub(r'"payload":"[^"]*"', f'"payload":"{opening}"', answer.text())
            route.fulfill(response=answer, body=body)
        else:
            route.continue_()

    with served(half) as address:
        sign_in(page, address, "alternate")
        if which == "earlier":
            page.add_init_script(
                "if (location.pathname !== '/bulletin/new')"
                "sessionStorage.setItem('quorate/doing', JSON.stringify({ act: 'floor.vote' }))"
            )
        page.route("**/receipt", another)
        page.goto(f"{address}/bulletin/new")
        page.get_by_label("Perspective", exact=True).check()
        page.get_by_label("Title").fill("Mine")
        page.get_by_label("Text", exact=True).fill("It was a long winter.")
        page.get_by_role("button", name="Hand it in").click()
        expect(page.locator("[data-receipt] .wrong")).to_contain_text(said)
        assert not page.evaluate("Object.keys(localStorage).some((k) => k.includes('receipts'))")
    page.close()


@caught_by(MEMBER)
def test_the_receipt_of_an_earlier_act_is_not_taken_for_a_new_one(
    browser: Browser, half: Path
) -> None:
    """A server that has lost an act shows, for it, what the same member did before."""
    page = browser.new_page()
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "The first")
        first = page.locator("[data-receipt]").get_attribute("data-receipt")

        page.add_init_script(SHOWN_AS.format(first))
        page.goto(f"{address}/bulletin/new")
        page.get_by_label("Perspective", exact=True).check()
        page.get_by_label("Title").fill("The second")
        page.get_by_label("Text", exact=True).fill("It was a long winter.")
        page.get_by_role("button", name="Hand it in").click()
        expect(page.locator("[data-receipt] .wrong")).to_contain_text("nothing new was recorded")
    page.close()


@caught_by(MEMBER)
def test_a_receipt_that_is_kept_is_not_overwritten(browser: Browser, half: Path) -> None:
    """A keeper who has rewritten an entry has its new receipt kept in the place of the old one."""
    page = browser.new_page()
    kept = """() => Object.entries(localStorage).find(([one]) => one.includes("receipts"))[1]"""
    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "The first")
        first = page.locator("[data-receipt]").get_attribute("data-receipt")
        before = page.evaluate(kept)
        page.evaluate(AS_IF_SIGNED)

        def rewritten(route: Route) -> None:
            answer = route.fetch()
            body = re.sub(r'"time":\d+', '"time":1', answer.text())
            assert body != answer.text()
            route.fulfill(response=answer, body=body)

        page.add_init_script(SHOWN_AS.format(first))
        page.route("**/receipt", rewritten)
        page.goto(f"{address}/bulletin/new")
        page.get_by_label("Perspective", exact=True).check()
        page.get_by_label("Title").fill("The second")
        page.get_by_label("Text", exact=True).fill("It was a short winter.")
        page.get_by_role("button", name="Hand it in").click()
        expect(page.locator("[data-receipt] .wrong")).to_contain_text("is another than in")
        assert page.evaluate(kept) == before
    page.close()


@caught_by(MEMBER)
@pytest.mark.parametrize(
    ("which", "said"),
    [
        (r"(— \S+ \S{20})\S", "signature"),
        (r"(\nindex \d+\n)[^\n]", "does not stand in the record that was signed"),
        (r"(\n— )\S+ ", "has not signed it"),
    ],
)
def test_a_receipt_that_proves_nothing_is_told_at_once(
    browser: Browser, half: Path, which: str, said: str
) -> None:
    """A keeper who means to drop an act gives a receipt for it that convinces nobody."""
    page = browser.new_page()

    def spoilt(route: Route) -> None:
        answer = route.fetch()
        there = re.search(which + "(.?)", answer.text())
        assert there is not None
        other = "x " if which.endswith(" ") else "A" if there[0][-2] != "A" else "B"
        body = re.sub(which, lambda found: found[1] + other, answer.text())
        assert body != answer.text()
        route.fulfill(response=answer, body=body)

    with served(half) as address:
        sign_in(page, address, "alternate")
        receipts_say(page, address, "Checked on this device")
        page.route("**/receipt", spoilt)
        hand_in(page, address, "The first")
        expect(page.locator("[data-receipt] .wrong")).to_contain_text("gave no receipt")
        expect(page.locator("[data-receipt] .wrong")).to_contain_text(said)
        assert "receipts" not in page.evaluate("JSON.stringify(localStorage)")
    page.close()


def test_older_receipts_than_are_listed_are_not_called_missing(
    browser: Browser, half: Path
) -> None:
    page = browser.new_page()

    def shortened(route: Route) -> None:
        """The page as it is for whoever has done more than it lists."""
        answer = route.fetch()
        rows = re.findall(r"<li data-entry.*?</li>", answer.text(), re.DOTALL)
        body = answer.text().replace("data-receipts", "data-receipts data-more")
        for row in rows[1:]:
            body = body.replace(row, "")
        route.fulfill(response=answer, body=body)

    with served(half) as address:
        sign_in(page, address, "alternate")
        written(page, address, "The first")
        written(page, address, "The second")
        page.route("**/account/receipts", shortened)
        receipts_say(page, address, "Checked on this device against today’s record")
        expect(page.locator("[data-missing] li")).to_have_count(0)
        page.evaluate(
            """() => {
            const place = Object.keys(localStorage).find((one) => one.includes("receipts"));
            const kept = JSON.parse(localStorage.getItem(place));
            const [first, second] = Object.keys(kept);
            localStorage.setItem(place, JSON.stringify({ ...kept, [first]: kept[second] })); }"""
        )
        receipts_say(page, address, "contradict each other")
        expect(page.locator("[data-missing] li")).to_contain_text("it is the receipt of entry")
    page.close()


@caught_by(MEMBER)
def test_a_change_of_the_key_that_begins_elsewhere_is_not_followed(page: Page) -> None:
    """Whoever holds a server and not its key shows a change between two keys of their own, after
    one that the record's keys have signed."""
    first, second, strange, new = (pair(f"{n}", "record.example") for n in range(4))
    true = shown_change(rotation(first, second, 1, "record.example"), 5)
    forged = [
        [true, shown_change(rotation(strange, new, 2, "record.example"), 9)],
        [true, shown_change(rotation(second, new, 3, "record.example"), 9)],
        [true, true, shown_change(rotation(second, new, 2, "record.example"), 9)],
    ]
    right = [true, shown_change(rotation(second, new, 2, "record.example"), 9)]
    calls: list[object] = [
        [known.public[0], new.public[0], "record.example", changes]
        for known in (first, second)
        for changes in (right, *forged)
    ]
    body = "return String((await p.keysFrom(...a)).followed.length);"
    answers = asked(page, calls, body)
    assert [answers[0], answers[4]] == ["2", "1"]
    assert all("does not follow the one before it" in one for one in answers[1:4] + answers[5:])


def shown_change(fields: dict[str, Any], entry: int) -> dict[str, Any]:
    """A change of the keys as the page shows it."""
    return {
        "entry": entry,
        "number": fields["number"],
        "old": list(fields["old"]),
        "new": list(fields["new"]),
        "old_signature": fields["old_signatures"][0],
        "new_signature": fields["new_signatures"][0],
    }


def test_another_key_than_the_first_is_not_taken(browser: Browser, half: Path) -> None:
    page = browser.new_page()
    with served(half) as address:
        sign_in(page, address, "alternate")
        page.goto(f"{address}/account/receipts")
        expect(page.locator("[data-said]")).to_contain_text("Checked on this device")
        page.evaluate(
            """(key) => { for (const place of Object.keys(localStorage))
                if (place.startsWith("quorate/key/")) localStorage.setItem(place, key); }""",
            KEY,
        )
        receipts_say(page, address, "signs with another key")
    page.close()


def test_a_browser_that_knew_only_another_demo_begins_anew(browser: Browser, half: Path) -> None:
    """Whoever makes a demo again, or an organisation after it, at the same address is not told that
    somebody cheats. Who knows a record that is no demo takes no other for it, a demo neither."""

    def knows(name: str) -> None:
        key = note.generate_key(name, bytes(32))[1]
        kept = {"quorate/record": name, f"quorate/key/{name}": key}
        page.evaluate("(kept) => Object.assign(localStorage, kept)", kept)

    page = browser.new_page(viewport={"width": 390, "height": 844})
    with served(half) as address:
        sign_in(page, address, "alternate")
        knows("harbour-00000000.demo.invalid")
        written(page, address, "After the winter")
        expect(page.locator("[data-receipt] .wrong")).to_have_count(0)
        receipts_say(page, address, "Checked on this device against today’s record")
        knows("record.example")
        receipts_say(page, address, "when this browser first came it was record.example")
        hand_in(page, address, "After the spring")
        expect(page.locator("[data-receipt] .wrong")).to_contain_text("gave no receipt")
    page.close()
