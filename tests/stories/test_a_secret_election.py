"""Elections by secret ballot, from the trustees' names to the declared result, each person by the
pages of a browser of their own: three trustees, one of another organisation; twelve delegates, of
whom one has claimed no key and votes on paper; one votes again, one has a ballot opened. One
trustee does not come to the opening. One election is of rankings, one of crosses, by the same
register. The results are held against what each voter chose, and strangers' programs check both
boxes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from quorate.chapters.calendar import MINUTE
from quorate.chapters.elections.remembers import Election
from quorate.count.papers import Election as Counted
from quorate.count.papers import Paper
from support import bel
from support.belenios import sirona
from support.command import quorate, scripted
from support.convention_year.leaders import call_an_election, standing_for_it
from support.convention_year.lots import draw
from support.convention_year.registers import gather_at_once, register_now
from support.convention_year.trustees import (
    choose,
    claim_on,
    come_to_their_key,
    name_the_trustees,
    said,
)
from support.scottish_by_hand import by_single_papers
from support.story import SOON, Named, Story, looked_at, receipt_shown, told
from support.vote_story import cast, choosing, go_on

SCRIPT = Path(__file__).parents[1] / "support" / "staged_delegates.py"
RANKED, CROSSED = "steering-committee", "credentials-committee"
RULES = {
    "agenda": '"as-numbered"',
    "batch_minutes": "3",
    f"bodies.{RANKED}__seats": "3",
    f"bodies.{CROSSED}__seats": "3",
    f"bodies.{CROSSED}__secret": "true",
    f"bodies.{CROSSED}__count": '"plurality-at-large/1"',
}

RANKINGS = ("BCA", "ABC", "AB", "ACB", "ABE", "AE", "BAC", "BC", "CDE", "ED", "", "CB")
"""What the delegates want, in the order of their seats, of candidates A to E; the last on paper.
The first means it otherwise before they vote again."""

FIRST_THOUGHT, SECOND_THOUGHT = RANKINGS[0], "DA"

CROSSES = ("ABC", "AB", "BD", "B", "BCD", "", "AB", "ABD", "CB", "ABD", "DB", "BA")


@dataclass
class Told:
    """``rooms``: the trustees' pages, by side. ``ranked``, ``crossed``: the elections' numbers.
    ``wanted``: what each delegate wants of the ranked election in the end."""

    story: Story
    folder: Path
    rooms: dict[str, Page] = field(default_factory=dict)
    ranked: int = 0
    crossed: int = 0

    def election(self, number: int) -> Election:
        return self.story.state.elections.elections[number]

    def names(self, number: int, letters: str) -> list[str]:
        """The candidates of these letters."""
        standing = self.election(number).standing
        return [self.story.people[standing["ABCDE".index(one)].member].name for one in letters]

    @property
    def voters(self) -> list[str]:
        """Who has claimed a key."""
        return self.story.delegates()[:-1]


@contextmanager
def delegates_elected(folder: Path, browser: Browser) -> Iterator[Story]:
    """A convention is called, and its delegates are elected."""
    place = folder / "organisation"
    made = json.loads(scripted(SCRIPT, place, json.dumps(RULES)).splitlines()[-1])
    people = {who: Named(who, *told_of) for who, told_of in made["people"].items()}
    with told(place, people, browser, began=made["now"]) as story:
        yield story


@pytest.mark.xdist_group("a secret election")
def test_from_the_trustees_to_the_declared_result(browser: Browser, tmp_path: Path) -> None:
    with delegates_elected(tmp_path, browser) as story:
        of = Told(story, tmp_path)
        the_keys(of)
        the_roll(of)
        the_candidates(of)
        nobody_sees_who_votes(of)
        the_others_vote(of)
        one_tests_a_ballot(of)
        one_votes_again(of)
        their_ballots_are_in_the_box(of)
        the_papers(of)
        two_trustees_open_the_boxes(of)
        the_results_follow_from_what_they_chose(of)
        everything_verifies(of)
        of.rooms["outside"].context.close()


def the_keys(of: Told) -> None:
    """Trustees are named and make their keys; eleven of twelve delegates claim theirs, as Today
    tells them to."""
    draw(of.story, "trustee", 1)
    of.rooms = name_the_trustees(of.story, of.folder)
    come_to_their_key(of.story, of.rooms, of.folder)
    for member in of.voters:
        phone = of.story.phone(member)
        on_today(phone, "Claim your voting key", "Claim it").click()
        claim_on(phone)
    assert len(register_now(of.story).claims) == 11


def on_today(page: Page, title: str, button: str | re.Pattern[str]) -> Locator:
    """What Today asks for, once: as the one next step, or, of whoever holds an office besides, in
    the list below it."""
    card = page.get_by_role("region", name="Your next step")
    card = card.filter(has=page.get_by_role("heading", name=title)).get_by_role("link", name=button)
    asked = card.or_(page.get_by_role("listitem").get_by_role("link", name=title))
    expect(asked).to_have_count(1)
    return asked


def the_roll(of: Told) -> None:
    """No key can be claimed any more. The trustees' pages, left open, mix and decrypt; then one of
    the trustees goes, and does not come back."""
    gather_at_once(of.story)
    closes = register_now(of.story).closes
    assert closes is not None
    of.story.go_to(closes)
    for page in of.rooms.values():
        said(page, "The roll stands", 2 * SOON)
    assert register_now(of.story).size == 11
    of.rooms.pop("drawn").goto(of.story.address)
    of.rooms["leadership"].goto(of.story.address)


def the_candidates(of: Told) -> None:
    of.ranked = call_an_election(of.story, RANKED)
    of.crossed = call_an_election(of.story, CROSSED)
    standing_for_it(of.story, of.ranked, 5)
    standing_for_it(of.story, of.crossed, 4)
    of.story.go_to(of.election(of.crossed).opens)
    assert len(of.election(of.ranked).standing) == 5
    assert len(of.election(of.crossed).standing) == 4


def in_the_booth(of: Told, member: str, number: int, letters: str) -> Page:
    """The member's phone, where their ballot is encrypted and waits to be cast."""
    phone = of.story.phone(member)
    phone.goto(f"{of.story.address}/elections/{number}")
    phone.get_by_role("link", name="Vote", exact=True).click()
    choosing(phone)
    for name in of.names(number, letters):
        if number == of.ranked:
            phone.locator(f"[data-unranked] [data-name='{name}'] .in").click()
        else:
            phone.locator(f"[data-marks] [data-name='{name}']").check()
    if not letters:
        phone.get_by_label("Blank ballot").check()
    go_on(phone)
    return phone


def nobody_sees_who_votes(of: Told) -> None:
    """The first delegate votes, and every page that others read stays as it was; so does their own
    Today."""
    voter, other = of.voters[0], of.voters[1]
    pages = ["", "/convention", "/registers/1", "/more"]
    pages += [f"/elections/{n}{end}" for n in (of.ranked, of.crossed) for end in ("", "/box")]

    def seen() -> dict[tuple[str, str], str]:
        shown = {}
        for member in (voter, other):
            phone = of.story.phone(member)
            for address in pages:
                phone.goto(f"{of.story.address}{address}")
                shown[member, address] = phone.locator("main").inner_text()
        return shown

    before = seen()
    phone = of.story.phone(voter)
    for office in ("Steering committee", "Credentials committee"):
        on_today(phone, f"Vote by secret ballot: {office}", "Vote")
    cast(in_the_booth(of, voter, of.ranked, FIRST_THOUGHT))
    cast(in_the_booth(of, voter, of.crossed, CROSSES[0]))
    assert seen() == before


def the_others_vote(of: Told) -> None:
    for place, member in enumerate(of.voters[2:], 2):
        cast(in_the_booth(of, member, of.ranked, RANKINGS[place]))
        cast(in_the_booth(of, member, of.crossed, CROSSES[place]))


def one_tests_a_ballot(of: Told) -> None:
    """The second has a ballot opened, which the command checks, and casts another."""
    phone = in_the_booth(of, of.voters[1], of.ranked, RANKINGS[1])
    phone.get_by_text("Test whether this device is honest").click()
    hash = phone.locator("[data-hash]").inner_text()
    phone.get_by_role("button", name="Open it instead of casting it").click()
    with phone.expect_download(timeout=SOON) as saved:
        phone.get_by_role("button", name="Save the opened ballot").click()
    file, asked = of.folder / "opened.json", of.folder / "election.json"
    saved.value.save_as(file)
    asked.write_bytes(of.story.taken(f"/api/ballots/{of.ranked}/election"))
    check = json.loads(quorate("ballots", "opened", file, "--election", asked, "--json").stdout)
    assert check == {"sound": True, "hash": hash, "votes": [[1, 2, 3, 0, 0]]}
    phone.get_by_role("button", name="Encrypt a new ballot, and vote").click()
    expect(phone.get_by_role("button", name="Cast my ballot")).to_be_visible(timeout=SOON)
    assert phone.locator("[data-hash]").inner_text() != hash
    cast(phone)
    cast(in_the_booth(of, of.voters[1], of.crossed, CROSSES[1]))


def one_votes_again(of: Told) -> None:
    """The first, once their ballot is in the box."""
    of.story.wait(3 * MINUTE)
    phone = in_the_booth(of, of.voters[0], of.ranked, SECOND_THOUGHT)
    cast(phone)
    expect(phone.get_by_text("It replaces the one that you cast before")).to_be_visible()


def their_ballots_are_in_the_box(of: Told) -> None:
    """From the page on which they have voted, by one tap; the replaced ballot is there too."""
    of.story.wait(3 * MINUTE)
    for member in of.voters[:2]:
        phone = of.story.screens[member]
        phone.clock.set_fixed_time(of.story.now / 1000)
        phone.get_by_role("link", name="See that it is in the box").last.click()
        expect(phone.locator("[data-of=mine]")).to_contain_text(
            "is there, and it counts", timeout=SOON
        )
        expect(phone.get_by_role("button", name="Check again")).to_be_enabled(timeout=SOON)
        states = phone.locator("[data-of]").evaluate_all(
            "rows => rows.map((row) => row.dataset.state)"
        )
        assert sorted(states) == ["not yet", "right", "right", "right"]
    boxes = of.story.state.secret.boxes
    assert [boxes[number].heads[-1].ballots for number in (of.ranked, of.crossed)] == [12, 11]


def the_papers(of: Told) -> None:
    """The poll closes. Who has no key has voted at the tellers' table: one of them types the papers
    in, another counts them."""
    of.story.go_to(of.election(of.crossed).closes)
    entering, ending = of.story.holders("credentials-committee")[:2]
    for number, choices in ((of.ranked, RANKINGS), (of.crossed, CROSSES)):
        order = ",".join(str("ABCDE".index(one) + 1) for one in choices[-1])
        desk = of.story.desk(entering)
        desk.goto(f"{of.story.address}/elections/{number}")
        desk.get_by_role("link", name="Enter papers").click()
        desk.get_by_label("The papers").fill(f"1: {order}")
        desk.get_by_role("button", name="Enter them").click()
        receipt_shown(desk)
        desk = of.story.desk(ending)
        desk.goto(f"{of.story.address}/elections/{number}")
        desk.get_by_role("link", name="All papers are entered").click()
        desk.get_by_label("How many papers there were").fill("1")
        desk.get_by_role("button", name="Count them").click()
        receipt_shown(desk)


def two_trustees_open_the_boxes(of: Told) -> None:
    """The page of the outside trustee was left open since their key was made; the other comes by
    Today, with their file, to the one box and then to the other. Their pages state the results."""
    page = of.rooms["leadership"]
    for title in ("shuffle the ballots: Steering", "decrypt the ballot box: Credentials"):
        page.goto(of.story.address)
        on_today(page, f"You are a trustee: {title} committee", re.compile("them|it")).click()
        choose(page, of.folder / "leadership.json")
        said(page, "The result is stated", 3 * SOON)
    for box in of.story.state.secret.boxes.values():
        assert sorted(part.owner for part in box.decryptions) == [2, 3]


def the_results_follow_from_what_they_chose(of: Told) -> None:
    """Counted here from the choices alone: by single papers, and by adding up."""
    chosen = [SECOND_THOUGHT, *RANKINGS[1:]]
    papers = tuple(Paper(1, ["ABCDE".index(one) + 1 for one in letters]) for letters in chosen)
    candidates = tuple(of.names(of.ranked, "ABCDE"))
    elected, stages = by_single_papers(Counted("", 3, candidates, frozenset(), papers))
    sheet = declared(of, of.ranked, elected)
    shown = [{name: Decimal(n) for name, n in one["votes"].items()} for one in sheet["stages"]]
    assert shown == stages
    marks = Counter(name for letters in CROSSES for name in of.names(of.crossed, letters))
    sheet = declared(of, of.crossed, [name for name, _ in marks.most_common(3)])
    assert {name: int(n) for name, n in sheet["stages"][0]["votes"].items()} == marks


def declared(of: Told, number: int, elected: list[str]) -> Any:
    """What a delegate's phone shows; the count sheet that it takes away."""
    phone = of.story.phone(of.voters[2])
    phone.goto(f"{of.story.address}/elections/{number}")
    expect(phone.get_by_role("heading", name="Elected", exact=True)).to_be_visible()
    shown = phone.locator("h2:has-text('Elected') ~ ol").first.locator("li").all_inner_texts()
    assert sorted(shown) == sorted(elected)
    expect(phone.get_by_text("Papers: 12")).to_be_visible()
    looked_at(phone)
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="JSON").click()
    file = of.folder / f"sheet-{number}.json"
    saved.value.save_as(file)
    return json.loads(file.read_text("utf-8"))


def everything_verifies(of: Told) -> None:
    out = of.folder / "export"
    quorate("export", of.story.folder, out)
    key = of.story.folder / "record.vkey"
    report = json.loads(quorate("verify", out, "--key", key, "--json").stdout)
    assert report["sound"], report["findings"]
    for number in (of.ranked, of.crossed):
        file = out / "ballots" / f"election-{number}.bel"
        assert "Sound. The election has its result." in quorate("ballots", "verify", file).stdout
        content = file.read_bytes()
        if number == of.ranked:  # sirona cannot combine decryptions of a ranked question
            timestamp, steps = bel.taken_apart(content)
            assert steps.pop().type == "Result"
            content = bel.together(timestamp, steps)
        status, answer = sirona(content, of.folder / f"box-{number}")
        assert status == 0, answer
        assert "ballots found" in answer
