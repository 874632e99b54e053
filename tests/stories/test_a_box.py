"""Two elections by secret ballot of one convention, by the same register: one of rankings, one of
crosses, for which too few vote at first. Their three trustees, one of another organisation, open
the boxes in browsers, with files that they kept; one of them comes late. A paper is entered beside
one box. The result is declared, and strangers' copies of all of it verify."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from quorate.chapters.calendar import MINUTE
from support import bel
from support.command import quorate
from support.convention_year.calling import call_the_convention
from support.convention_year.delegates import elect_delegates
from support.convention_year.founding import founded
from support.convention_year.registers import (
    Trustees,
    name_a_silent_witness,
    rolled,
    with_keys,
)
from support.secret_poll import Poll
from support.small import rules_text
from support.story import SOON, Story, looked_at, receipt_shown

CROSSES = "credentials-committee"
RULES = {
    "secret": "true",
    "agenda": '"as-numbered"',
    f"bodies.{CROSSES}__secret": "true",
    f"bodies.{CROSSES}__count": '"plurality-at-large/1"',
}


@pytest.mark.xdist_group("boxes")
def test_from_the_box_to_the_declared_result(browser: Browser, tmp_path: Path) -> None:
    rules = rules_text("open-convention", **RULES)
    with founded(tmp_path, rules, browser) as story:
        call_the_convention(story)
        elect_delegates(story)
        trustees = with_keys(story, tmp_path)
        rolled(story, trustees)
        ranked, few = called(story, trustees)
        watched_while_votes_come(story, ranked, few)
        crosses = too_few_came(story, few)
        enter_the_paper(story, ranked)
        page = shuffle(story, trustees, ranked, tmp_path)
        decrypt(story, trustees, ranked, page, tmp_path)
        declared(story, ranked)
        decrypt_the_other(story, trustees, crosses)
        strangers_verify(story, ranked, crosses, tmp_path)
        trustees.outside.context.close()


def called(story: Story, trustees: Trustees) -> tuple[Poll, Poll]:
    """The chair calls both polls, and five delegates stand in each; the pages say that it is
    secret, and before the vote what a small box gives away."""
    rules, opens = story.convention.rules.elections, story.now + 15 * MINUTE
    polls = []
    for office in ("steering-committee", CROSSES):
        closes = opens + rules.poll_minutes * MINUTE
        chair = story.holder("chair")
        story.act(chair, "elections.open_poll", office=office, opens=opens, closes=closes)
        number = max(story.state.elections.elections)
        for member in story.delegates()[:5]:
            story.act(member, "elections.nominate", election=number, member=member)
        polls.append(Poll(story, trustees.own, number))  # type: ignore[arg-type]
    ranked, crosses = polls
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/elections/{ranked.number}")
    expect(phone.get_by_text("with fewer than 5 ballots is not opened")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("link", name="ballot box", exact=True).click()
    expect(phone.get_by_text("The box opens when nominations end")).to_be_visible()
    looked_at(phone)
    story.go_to(opens)
    return ranked, crosses


def cast(story: Story, poll: Poll, voters: Sequence[str]) -> None:
    """Over the API, as anybody's program does it: without a token."""
    for place, member in enumerate(voters):
        second = place % 3 + 1
        data = poll.ballot(member, *((5, second) if place % 2 else (second, 5)))
        address = f"{story.address}/api/ballots/{poll.number}"
        headers = {"Content-Type": "application/json"}
        call = urllib.request.Request(address, data=data, headers=headers)
        with urllib.request.urlopen(call, timeout=60) as answer:
            assert answer.read().startswith(b"story.example\n")


def watched_while_votes_come(story: Story, ranked: Poll, crosses: Poll) -> None:
    """The box's page is left open on a phone, and goes on by itself; it never asks for an open
    ballot, nor says who has voted."""
    members = story.delegates()[:-1]
    cast(story, ranked, members[:4])
    cast(story, crosses, members[:3])
    story.go_to(ranked.election.opens + ranked.box.rules.batch_minutes * MINUTE // 2)
    phone = story.phone(members[0])
    phone.goto(f"{story.address}/elections/{ranked.number}/box")
    expect(phone.get_by_text("11 voting keys stand on the roll")).to_be_visible()
    expect(phone.get_by_text("0 encrypted ballots")).to_be_visible()
    looked_at(phone)
    cast(story, ranked, members[4:])
    cast(story, ranked, members[:1])  # once more
    story.go_to(ranked.election.closes)
    expect(phone.get_by_text("12 encrypted ballots, of which 11 count")).to_be_visible(timeout=SOON)
    looked_at(phone)
    phone.goto(f"{story.address}/elections/{ranked.number}")
    expect(phone.get_by_role("button", name="Cast my ballot")).to_have_count(0)
    expect(phone.get_by_text("have voted")).to_have_count(0)
    looked_at(phone)


def too_few_came(story: Story, few: Poll) -> Poll:
    """The box of three ballots is never opened; the same poll is held again, and all vote."""
    assert few.box.void == "few"
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/elections/{few.number}/box")
    expect(phone.get_by_text("3 ballots came in. Opening so few")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("link", name=re.compile("vote in election")).click()
    again = Poll(few.small, few.own, few.election.anew or 0)
    expect(phone).to_have_url(f"{story.address}/elections/{again.number}")
    looked_at(phone)
    cast(story, again, story.delegates()[:-1])
    return again


def enter_the_paper(story: Story, ranked: Poll) -> None:
    """One delegate has claimed no key. Their paper is entered by one teller, and another says that
    it is all; a second one is refused."""
    first, second = story.holders("credentials-committee")[:2]
    desk = story.desk(first)
    desk.get_by_role("link", name="To the tellers’ table").first.click()
    expect(desk.get_by_text("0 of at most 1 paper")).to_be_visible()
    looked_at(desk)
    desk.get_by_role("link", name="Enter papers").click()
    desk.get_by_label("The papers").fill("1: 5,2")
    desk.get_by_role("button", name="Enter them").click()
    receipt_shown(desk)
    expect(desk.get_by_text("another of you counts them by hand")).to_be_visible()
    looked_at(desk)
    rule = "elections.papers_at_most"
    more: dict[str, Any] = {"election": ranked.number, "papers": [{"weight": 1, "ranks": [1]}]}
    story.refused(second, "elections.enter_papers", rule, **more)
    desk = story.desk(second)
    desk.goto(f"{story.address}/elections/{ranked.number}/box")
    desk.get_by_role("link", name="All papers are entered").click()
    looked_at(desk)


def choose(page: Page, file: Path) -> None:
    page.get_by_label("Choose your key file").set_input_files(file)


def said(page: Page) -> Any:
    return expect(page.locator("[data-said]"))


def shuffle(story: Story, trustees: Trustees, ranked: Poll, folder: Path) -> Page:
    """One trustee does not come: the two others shuffle without them. Wrong files are refused in
    plain words. The page of the one who is a member."""
    outside = trustees.outside
    outside.reload()
    said(outside).to_contain_text("Choose your key file")
    looked_at(outside)
    page = story.another_screen(trustees.who["leadership"])
    page.get_by_role("link", name="Shuffle them").click()
    expect(page).to_have_url(f"{story.address}/elections/{ranked.number}/trustee")
    looked_at(page)
    choose(page, trustees.files["drawn"])
    said(page).to_contain_text("the key file of another trustee")
    other = folder / "other.json"
    kept = json.loads(trustees.files["leadership"].read_text()) | {"for": "register 7 of it"}
    other.write_text(json.dumps(kept, separators=(",", ":")), "utf-8")
    choose(page, other)
    said(page).to_contain_text("This key file is for another register")
    other.write_text("my shopping list", "utf-8")
    choose(page, other)
    said(page).to_contain_text("not a trustee’s key file")
    looked_at(page)
    choose(page, trustees.files["leadership"])
    choose(outside, trustees.files["outside"])
    for each in (page, outside):
        said(each).to_contain_text("Tellers enter papers", timeout=2 * SOON)
        looked_at(each)
    assert sorted(part.owner for part in ranked.box.shuffles) == [2, 3]
    return page


def decrypt(story: Story, trustees: Trustees, ranked: Poll, page: Page, folder: Path) -> None:
    """Nobody decrypts while papers can be entered, and then only what a witness has seen, unless
    the trustee says otherwise. The result is stated by the page of the second."""
    name_a_silent_witness(story, folder)
    desk = story.desk(story.holders("credentials-committee")[1])
    page.reload()
    trustees.outside.reload()
    assert not ranked.box.decryptions
    desk.goto(f"{story.address}/act/elections.end_papers?election={ranked.number}")
    desk.get_by_label("How many papers there were").fill("1")
    desk.get_by_role("button", name="Count them").click()
    receipt_shown(desk)
    for each, side in ((page, "leadership"), (trustees.outside, "outside")):
        choose(each, trustees.files[side])
        expect(each.get_by_role("heading", name="No witness has seen")).to_be_visible(timeout=SOON)
        said(each).to_contain_text("until a witness has seen the closed box")
        looked_at(each)
    a_short_box_is_refused(page)
    assert not ranked.box.decryptions
    trustees.outside.get_by_role("button", name="Decrypt without a witness").click()
    said(trustees.outside).to_contain_text("waits for one more trustee", timeout=SOON)
    looked_at(trustees.outside)
    page.get_by_role("button", name="Try again").click()
    said(page).to_contain_text("The result is stated", timeout=SOON)
    looked_at(page)


def a_short_box_is_refused(page: Page) -> None:
    """The server has one ballot decrypted, as it thinks: the page holds the box against the entry
    by which it was closed."""

    def shortened(route: Route) -> None:
        timestamp, steps = bel.taken_apart(route.fetch().body())
        ballots = [step for step in steps if step.type == "Ballot"]
        left = [step for step in steps if step not in ballots[1:]]
        route.fulfill(body=bel.together(timestamp, left))

    page.route("**/archive", shortened)
    page.get_by_role("button", name="Decrypt without a witness").click()
    said(page).to_contain_text("something else than the record says", timeout=SOON)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    looked_at(page)
    page.unroute("**/archive")


def declared(story: Story, poll: Poll) -> None:
    """The sheet counts the box and the paper together."""
    result = poll.election.result
    assert result is not None
    phone = story.phone(story.delegates()[1])
    phone.goto(f"{story.address}/elections/{poll.number}")
    expect(phone.get_by_role("heading", name="Elected", exact=True)).to_be_visible()
    expect(phone.get_by_text("Papers: 12")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("link", name="The ballot box", exact=True).click()
    expect(phone.get_by_text("11 rankings, without names")).to_be_visible()
    looked_at(phone)


def decrypt_the_other(story: Story, trustees: Trustees, crosses: Poll) -> None:
    """Sums alone come out of the other box. Nobody voted on paper. The page of the other
    organisation's trustee goes on with it by itself; the trustee who was away comes now."""
    story.go_to(crosses.election.closes)
    first, second, *_ = story.holders("credentials-committee")
    story.act(first, "elections.end_papers", election=crosses.number, total=0)
    assert not crosses.election.ended_by
    for teller, asked in ((first, 0), (second, 1)):
        desk = story.desk(teller)
        desk.goto(story.address)
        expect(desk.get_by_text("Papers to be entered")).to_have_count(asked)
    desk.goto(f"{story.address}/elections/{crosses.number}/box")
    expect(desk.get_by_text("said that there are none")).to_be_visible()
    looked_at(desk)
    story.act(second, "elections.end_papers", election=crosses.number, total=0)
    late = story.another_screen(trustees.who["drawn"])
    late.get_by_role("link", name="Decrypt it").click()
    choose(late, trustees.files["drawn"])
    for each in (trustees.outside, late):
        early = each.get_by_role("button", name="Decrypt without a witness")
        expect(early).to_be_visible(timeout=SOON)
        early.click()
    said(late).to_contain_text("The result is stated", timeout=SOON)
    said(trustees.outside).to_contain_text("Keep your file", timeout=SOON)
    looked_at(trustees.outside)
    phone = story.phone(story.delegates()[1])
    phone.goto(f"{story.address}/elections/{crosses.number}/box")
    expect(phone.get_by_role("row", name="Blank")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("link", name="The result and its count sheet").click()
    expect(phone.get_by_text("Papers: 11")).to_be_visible()
    looked_at(phone)


def strangers_verify(story: Story, ranked: Poll, crosses: Poll, folder: Path) -> None:
    """Each box as anybody takes it away, and the whole record."""
    page = story.desk(story.delegates()[2])
    for poll in (ranked, crosses):
        page.goto(f"{story.address}/elections/{poll.number}/box")
        with page.expect_download() as saved:
            page.get_by_role("link", name="The whole box").click()
        file = folder / saved.value.suggested_filename
        saved.value.save_as(file)
        assert "Sound. The election has its result." in quorate("ballots", "verify", file).stdout
    out = folder / "export"
    quorate("export", story.folder, out)
    key = story.folder / "record.vkey"
    report = json.loads(quorate("verify", out, "--key", key, "--json").stdout)
    assert report["sound"], report["findings"]
    assert {f"election-{poll.number}.bel" for poll in (ranked, crosses)} <= {
        file.name for file in (out / "ballots").iterdir()
    }
