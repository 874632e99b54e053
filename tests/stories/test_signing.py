"""Members sign what they do with a key in their browser; the server can then do it in nobody's
name; a recovery code and two of the branch replace a lost browser."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from quorate import commitments, organisation
from quorate import web as quorate_web
from quorate.rulebook.reading import preset
from support.caught import MEMBER, caught_by
from support.command import quorate, verified
from support.device import device
from support.letters import PostOffice, post_office
from support.serving import served
from support.story import nothing_wrong
from support.union import Union, founded
from support.written_to import code_in, letters_to

pytestmark = pytest.mark.xdist_group("browser")
SCRIPT = Path(quorate_web.__file__).parent / "static" / "quorate" / "chosen.js"
PHONE = {"width": 390, "height": 844}
_RULES = (
    preset("open-convention")
    .replace("wait_hours = 48", "wait_hours = 0")
    .replace("voice_after = 30", "voice_after = 0")
)
"""Without waiting times."""


class House:
    """A union without waiting times, served; who is in it signs in on browsers of their own."""

    def __init__(self, union: Union, office: PostOffice, address: str, browser: Browser) -> None:
        self.union, self.office, self.address, self.browser = union, office, address, browser
        self.letters: dict[str, int] = {}

    def opened(self, name: str) -> Page:
        """A new browser, in which the member has signed in."""
        page = self.browser.new_context(viewport=PHONE).new_page()
        email = f"{name}@example.org"
        page.goto(f"{self.address}/account/login/?next=/account/devices")
        page.get_by_label("Your e-mail address").fill(email)
        page.get_by_role("button", name="Send me a code").click()
        self.letters[name] = self.letters.get(name, 0) + 1
        letter = letters_to(self.office, email, self.letters[name], about="code")[-1]
        page.get_by_label("The code from the letter").fill(code_in(letter))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="My devices")).to_be_visible()
        return page

    def acted(self, name: str, act: str, *fields: str) -> int:
        """What the one who runs the server does in the member's name; the exit status."""
        member = self.union.members[name]
        return quorate(
            "act", self.union.folder, act, *fields, "--as", member, check=False
        ).returncode


@pytest.fixture
def house(browser: Browser, tmp_path: Path) -> Iterator[House]:
    rules = tmp_path / "rules.toml"
    rules.write_text(_RULES, "utf-8")
    made = founded(tmp_path / "org", rules=str(rules))
    with post_office() as office:
        made.set(smtp=office.address, sender="post@union.example")
        with served(made.folder) as address:
            yield House(made, office, address.replace("127.0.0.1", "localhost"), browser)


def let_sign(page: Page) -> None:
    page.get_by_role("button", name="Let this browser sign for me").click()
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()
    expect(page.get_by_text("; signs for you")).to_have_count(1)


def recalled(page: Page, house: House) -> None:
    """Demands the recall of the branch's secretary: a weighty act, by its form."""
    page.goto(f"{house.address}/act/offices.demand_recall")
    page.get_by_label("Office").select_option("branch-secretary")
    page.get_by_label("For which part").select_option("SG")
    page.get_by_label("Member", exact=True).fill("grace@example.org")
    page.locator("textarea").fill("She has not called the branch for a year.\n\nTwice we asked.")
    page.get_by_role("button").last.click()


def test_what_a_browser_signs_nobody_else_does(house: House, tmp_path: Path) -> None:
    page = house.opened("tomas")
    let_sign(page)
    nothing_wrong(page)
    fields = ["office=branch-secretary", "place=SG", f"member={house.union.members['grace']}"]
    text = json.dumps({"title": "", "text": "Forged by whoever runs the server."})
    assert house.acted("tomas", "offices.demand_recall", *fields, f"reason={text}") == 1
    page.once("dialog", lambda dialog: dialog.accept())  # who grace@example.org is
    recalled(page, house)
    expect(page.get_by_text("It stands in the record")).to_be_visible()
    kept = "Object.values(localStorage).some((kept) => kept.includes('offices.demand_recall'))"
    page.wait_for_function(kept)
    page.get_by_role("link", name=re.compile("entry")).first.click()
    expect(page.get_by_text("Signed by a device of their own.")).to_be_visible()
    quorate("export", house.union.folder, tmp_path / "out")
    key = house.union.folder / "record.vkey"
    report = verified(tmp_path / "out", "--key", key)
    assert report["sound"], report["findings"]
    assert report["signed_acts"] == 1


INJECTED = """([act, inside, marks]) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: `/act/${act}`, enctype: "multipart/form-data" });
    form.dataset.marks = marks;
    form.innerHTML = `${inside}<p><button>Do it</button></p>`;
    form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
    document.querySelector("main").replaceChildren(form);
}"""
Told = dict[str, Any]


def answered(
    page: Page,
    act: str,
    inside: str,
    lie: Callable[[Told], None] | None = None,
    *,
    marks: str = "ranks",
) -> str:
    """What comes of a form of the act, filled in as ``inside`` says, where the server's answer on
    what is to be signed is changed by ``lie``: "signed", "unsigned", or what the page says."""
    page.goto(page.url)
    page.evaluate(INJECTED, [act, inside, marks])

    def prepared(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        if lie is not None:
            lie(told)
        route.fulfill(response=answer, json=told)

    def handed_in(route: Route) -> None:
        done = "signed" if 'name="signed"' in (route.request.post_data or "") else "unsigned"
        route.fulfill(body=f"<p role=alert>{done}</p>", content_type="text/html")

    page.route("**/prepare", prepared)
    page.route(f"**/act/{act}", handed_in)
    here = page.url
    page.get_by_role("button", name="Do it").click()
    said = page.get_by_role("alert").inner_text()
    page.unroute_all()
    page.goto(here)
    return said


def body_of(told: Told) -> Told:
    body: Told = json.loads(told["text"].split("\n")[5])
    return body


def line(place: int, said: str) -> Callable[[Told], None]:
    """The text to be signed, with another line at this place."""

    def lie(told: Told) -> None:
        lines = told["text"].split("\n")
        lines[place] = said
        told["text"] = "\n".join(lines)

    return lie


def with_body(told: Told, body: Told) -> None:
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    line(5, plain)(told)


def other(**fields: Any) -> Callable[[Told], None]:
    """Other values in the text to be signed and in the fields; None: the field is left out."""

    def lie(told: Told) -> None:
        left_out = [name for name, value in fields.items() if value is None]
        body = {k: v for k, v in (body_of(told) | fields).items() if k not in left_out}
        told["fields"] = {k: v for k, v in (told["fields"] | fields).items() if k not in left_out}
        with_body(told, body)

    return lie


def sealing(field: str, domain: str, given: Told) -> Callable[[Told], None]:
    """Something else sealed in the field, with its commitment as it should be."""

    def lie(told: Told) -> None:
        salt = bytes(32)
        payload = given.get("choice") or json.dumps(
            given, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        told["fields"][field] = given | {"salt": salt.hex()}
        body = body_of(told) | {field: commitments.commit(payload.encode(), salt, domain)}
        with_body(told, body)

    return lie


def hidden(**fields: object) -> str:
    """Fields as a page's buttons have them. Two underscores stand for a hyphen."""
    return "".join(
        f'<input type="hidden" name="{name.replace("__", "-")}" value="{value}">'
        for name, value in fields.items()
    )


SECONDING = ("proposals.second", hidden(proposal=16, version="a" * 64))
BALLOT = ("elections.vote", hidden(election=3, ballot__1=2, ballot__2=1, ballot__3=""))
TEXT = (
    "bulletin.hand_in",
    hidden(kind="reply", amends="", about=1, text__title="Ours") + "<textarea name=text>Two\nlines."
    "</textarea><textarea name=changes></textarea>",
)
NOT_SIGNED = "The server wanted something else signed than what stands here"


def test_what_a_form_says_is_signed(house: House) -> None:
    """Every kind of field, as the server reads it and as the browser does."""
    page = house.opened("tomas")
    let_sign(page)
    grace = house.union.members["grace"]
    area = "<textarea name={}>{}</textarea>".format
    kept = hidden(number="my own number", number__salt="b" * 64)
    rules = area("changes", "floor.quorum = &quot;1/3&quot;\nremove proposals.seconds.branches")
    for act, inside in (
        SECONDING,
        BALLOT,
        ("elections.vote", hidden(election=3, ballot="3, 1,2")),
        ("elections.vote", hidden(election=3, ballot="blank")),
        ("elections.enter_papers", hidden(election=3) + area("papers", "12: 3,1,2\n2,1\n\n4:")),
        ("elections.propose_slate", hidden(election=1, title="Us") + area("members", grace)),
        ("elections.open_poll", hidden(office="chair", opens="2027-01-01T10:00Z", place="",
                                       closes="2027-02-01T10:00Z", paper="yes")),
        ("floor.vote", hidden(vote=3, choice="against", reason="mistake")),
        ("lots.commit", hidden(draw=1)),
        ("lots.commit", hidden(draw=1) + kept),
        ("secret.result", hidden(election=3, sums="2 7 5")),
        ("secret.result", hidden(election=3, more="yes") + area("rankings", "3: 2,1,0\n1: 1,2,0")),
        ("membership.be_reachable", ""),
        ("membership.be_reachable", hidden(yes="yes")),
        ("membership.admit", hidden(member="m-aaaaaaaaaaaaaaaa", branch="SG", person__name=" Li  X",
                                    person__email="li@x.org")),
        ("elections.accept", hidden(election=1, yes="yes") + area("statement", "")),
        ("floor.leave", ""),
        TEXT,
        ("bulletin.hand_in", hidden(kind="reply") + area("text", "# Bread *and* roses\n\nNow.")),
        ("bulletin.hand_in", hidden(kind="reply") + area("text", "\nÄpfel 🍎 " + "für alle " * 20)),
        ("bulletin.revise", hidden(contribution=1) + area("text", "x") + rules),
    ):  # fmt: skip
        assert answered(page, act, inside) == "signed", (act, inside)


@caught_by(MEMBER)
def test_a_server_that_wants_something_else_signed_gets_nothing(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)
    grace = house.union.members["grace"]
    for lie, said in (
        (line(1, "another.org.example"), "the record “another.org.example”"),
        (line(2, grace), "another person"),
        (line(3, "1"), "another person or time"),
        (line(4, "proposals.withdraw_second"), "and you do “proposals.second”"),
        (other(proposal=33), "proposal: here stands “16”, in the text 33"),
        (other(version="b" * 64), "version: here stands"),
        (other(version=None), "version is missing from it"),
        (other(branch="SG"), "branch: here stands “”"),
        (line(5, '{"proposal":33,"proposal":16,"version":"' + "a" * 64 + '"}'), "as acts are"),
    ):
        answer = answered(page, *SECONDING, lie)
        assert NOT_SIGNED in answer
        assert said in answer


@caught_by(MEMBER)
def test_another_ballot_is_not_signed(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)
    choice = commitments.CHOICE
    for lie in (
        sealing("ballot", choice, {"choice": "1,2"}),
        sealing("ballot", choice, {"choice": "2,1,3"}),
        sealing("ballot", commitments.DOCUMENT, {"text": "2,1", "title": ""}),
        other(ballot="c" * 64),
        other(election=4),
    ):
        assert NOT_SIGNED in answered(page, *BALLOT, lie)
    points = ("elections.vote", hidden(election=3, ballot__1=2, ballot__2=1))
    given = sealing("ballot", choice, {"choice": "1,1,2"})
    assert answered(page, *points, given, marks="points") == "signed"
    assert NOT_SIGNED in answered(page, *points, given)
    assert NOT_SIGNED in answered(page, *points, marks="points"), "this server knows no election 3"
    crosses = ("elections.vote", hidden(election=3, ballot__5=5, ballot__2=2))
    assert answered(page, *crosses, marks="crosses") == "signed"
    result = ("secret.result", hidden(election=3) + "<textarea name=rankings>3: 2,1</textarea>")
    for said in ({"weight": 3, "numbers": [1, 2]}, {"weight": 4, "numbers": [2, 1]}):
        assert NOT_SIGNED in answered(page, *result, other(rankings=[said]))
    sums = ("secret.result", hidden(election=3, sums="2 7 5"))
    assert NOT_SIGNED in answered(page, *sums, other(sums=[2, 5, 7]))
    vote = ("floor.vote", hidden(vote=3, choice="against", reason=""))
    assert NOT_SIGNED in answered(page, *vote, sealing("choice", choice, {"choice": "for"}))
    assert answered(page, *BALLOT, sealing("ballot", choice, {"choice": "2,1"})) == "signed"


@caught_by(MEMBER)
def test_another_text_or_title_is_not_signed(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)
    document = commitments.DOCUMENT
    right = {"text": "Two\nlines.", "title": "Ours"}
    assert answered(page, *TEXT, sealing("text", document, right)) == "signed"
    for lie in (
        sealing("text", document, right | {"title": "Theirs"}),
        sealing("text", document, right | {"title": ""}),
        sealing("text", document, right | {"text": "Two\nother."}),
        other(words=3),
        other(changes=[{"path": "floor.quorum", "value": "1/9"}]),
        other(kind="proposal"),
    ):
        assert NOT_SIGNED in answered(page, *TEXT, lie)
    reason = '<textarea name="reason">Why.</textarea>'
    recall = ("offices.recall", hidden(office="chair", member="m-aaaaaaaaaaaaaaaa") + reason)
    titled = sealing("reason", document, {"text": "Why.", "title": "Slipped in"})
    assert NOT_SIGNED in answered(page, *recall, titled)


def test_what_a_browser_cannot_tell_it_asks(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", no)
    inside = hidden(office="chair", place="", member="grace@example.org")
    assert answered(page, "offices.appoint", inside) == "Nothing was signed or done."
    assert house.union.members["grace"] in asked[0]
    untitled = hidden(kind="reply") + '<textarea name="text"># Bread\n\nNow.</textarea>'
    lie = sealing("text", commitments.DOCUMENT, {"text": "# Bread\n\nNow.", "title": "Stones"})
    assert answered(page, "bulletin.hand_in", untitled, lie) == "Nothing was signed or done."
    assert "Stones" in asked[1]


@pytest.mark.parametrize("clicks", ["dblclick", "click again"])
def test_who_clicks_twice_does_it_once_and_keeps_the_receipt(house: House, clicks: str) -> None:
    page = house.opened("tomas")
    let_sign(page)
    page.goto(f"{house.address}/act/membership.be_reachable")
    page.get_by_label("Yes").check()
    button = page.get_by_role("button").last
    if clicks == "dblclick":
        button.dblclick()
    else:  # the answer to the first is lost

        def lost(route: Route) -> None:
            route.fetch(max_redirects=0)
            route.fulfill(status=204)

        page.route("**/act/membership.be_reachable", lost)
        button.click()
        page.wait_for_timeout(1000)
        page.unroute_all()
        button.click()
    expect(page.get_by_text("It stands in the record").first).to_be_visible()
    page.wait_for_function("Object.keys(localStorage).some((one) => one.includes('receipts'))")
    expect(page.locator("p.wrong")).to_have_count(0)


def test_a_file_is_looked_at_before_it_is_signed(house: House, tmp_path: Path) -> None:
    page = house.opened("tomas")
    let_sign(page)
    page.goto(f"{house.address}/act/bulletin.hand_in")
    page.get_by_label("Kind").select_option("reply")
    file = tmp_path / "ours.md"
    file.write_text("# Bread\n\nAnd roses.\n", "utf-8")
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button").last.click()
    expect(page.get_by_text("what the server read from the file")).to_be_visible()
    expect(page.locator("#text")).to_have_value(re.compile("And roses"))


def test_what_the_browser_seals_as_no_text_is_none() -> None:
    """The table in chosen.js, against the acts."""
    table = re.search(r"const SEALED = {(.*)}", SCRIPT.read_text("utf-8"))
    assert table is not None
    said = dict(re.findall(r'(\w+): "(\w+)"', table[1]))
    found = {
        field: {"document": "text", "person": "sheet"}.get(mark.what, "choice")
        for name in organisation.CLAUSES
        for field, mark in organisation.committed_fields(name).items()
    }
    assert said == {field: kind for field, kind in found.items() if kind != "text"}


CALL = """([address, body]) => fetch(address, {
    method: "POST",
    body: JSON.stringify(body),
    headers: {
        "content-type": "application/json",
        "x-csrftoken": document.querySelector("[name=csrfmiddlewaretoken]").value,
    },
}).then(async (answer) => [answer.status, await answer.json()])"""


def test_a_program_signs_over_the_api(house: House) -> None:
    """Who does not trust the scripts prepares, signs and hands in by another program."""
    page, key = house.opened("tomas"), device(7)
    assert house.acted("tomas", "devices.add", f"public={key.public}") == 0
    fields = {"office": "branch-secretary", "place": "SG", "reason": "She called no meeting."}
    wanted = {
        "act": "offices.demand_recall",
        "fields": fields | {"member": house.union.members["grace"]},
    }
    at = int(time.time() * 1000)
    status, found = page.evaluate(CALL, [f"/api/acts/prepare?at={at}", wanted])
    assert status == 200, found
    assert found["text"].split("\n")[3] == str(at)
    signed = {"device": key.public, "at": at, "value": key.sign(found["text"])}
    body = wanted | {"fields": found["fields"], "signed": signed}
    status, done = page.evaluate(CALL, ["/api/acts", body])
    assert status == 201, done
    assert key.public in done["recorded"]["receipt"]
    for odd in ("-1", "x", str(2**47 + 1), "9" * 20):
        assert page.evaluate(CALL, [f"/api/acts/prepare?at={odd}", wanted])[0] == 422


def test_a_lost_browser_is_replaced_with_the_code_that_was_written_down(house: House) -> None:
    page = house.opened("tomas")
    let_sign(page)
    page.get_by_role("button", name="Make a recovery code").click()
    code = page.locator("[data-code]").inner_text()
    assert re.fullmatch(r"[A-Z2-7-]{31}", code)
    page.get_by_role("button", name="I have written it down").click()
    expect(page.get_by_text("Recovery code").first).to_be_visible()
    other = house.opened("tomas")
    other.get_by_text("I have lost the browser that signed for me").click()
    other.get_by_label("Recovery code").fill("AAAAA-BBBBB")
    other.get_by_role("button", name="Use it").click()
    expect(other.get_by_text("has 26 letters and digits")).to_be_visible()
    other.get_by_label("Recovery code").fill(code.lower())
    other.get_by_role("button", name="Use it").click()
    expect(other.get_by_text("This browser", exact=True)).to_be_visible()
    first = other.locator("li", has_text="A browser").first
    first.get_by_role("button").click()
    expect(other.get_by_text("A browser", exact=True)).to_have_count(0)
    page.goto(f"{house.address}/account/devices")
    expect(page.get_by_role("button", name="Let this browser sign for me")).to_be_visible()


def test_without_one_the_branch_vouches(house: House) -> None:
    """Two are asked for, or three where some do not sign; in this branch there is one other, who
    first cannot sign. So it goes on waiting."""
    page = house.opened("tomas")
    let_sign(page)
    other = house.opened("tomas")
    other.get_by_role("button", name="Let this browser sign for me").click()
    waits = "waits for {} of your branch to vouch for it, each with a signature, or for {} where"
    expect(other.get_by_text(waits.format(2, 3))).to_be_visible()
    sign = other.locator("li", has_text="This browser").locator(".hash").inner_text()
    colleague = house.opened("grace")
    expect(colleague.get_by_text(sign)).to_be_visible()
    expect(colleague.get_by_text("You have no device that signs")).to_be_visible()
    colleague.get_by_role("button", name="Vouch for Tomas Lind").click()
    expect(colleague.get_by_text(sign)).to_have_count(0)
    colleague.get_by_role("link", name=re.compile("entry")).first.click()
    expect(colleague.get_by_text("Not signed: that they did it is this server")).to_be_visible()
    other.reload()
    expect(other.get_by_text(waits.format(2, 2))).to_be_visible()
    expect(other.get_by_text("1 vouched without a signature")).to_be_visible()
    colleague.goto(f"{house.address}/account/devices")
    let_sign(colleague)
    colleague.get_by_role("button", name="Vouch for Tomas Lind").click()
    expect(colleague.get_by_text(sign)).to_have_count(0)
    other.reload()
    expect(other.get_by_text(waits.format(1, 2))).to_be_visible()
    expect(other.get_by_text("without a signature")).to_have_count(0)
