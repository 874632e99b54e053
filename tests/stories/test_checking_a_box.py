"""Checking a ballot box in a real browser: all is well, a ballot waits, one was dropped, another
was cast with the same key, and whoever checks has none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quorate.ballots import tar
from quorate.chapters.calendar import MINUTE
from quorate.record import promise
from quorate.store.place import open_place
from quorate.store.record_keys import signing
from support.vote_story import SOON, Voting, cast, choosing, go_on, looked_at, open_vote, rank

pytestmark = pytest.mark.xdist_group("checking a box")


@pytest.fixture(scope="module")
def ranked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voting]:
    with open_vote(tmp_path_factory.mktemp("checked"), browser) as voting:
        yield voting


def checked(page: Page, voting: Voting) -> dict[str, str]:
    """Checks anew; what came of each."""
    page.clock.set_fixed_time(voting.story.now / 1000)
    page.goto(f"{voting.address}/check")
    page.get_by_role("button", name="Check it now").click()
    expect(page.get_by_role("button", name="Check again")).to_be_enabled(timeout=SOON)
    rows = page.locator("[data-of]").evaluate_all(
        "rows => rows.map((row) => [row.dataset.of, row.dataset.state])"
    )
    return dict(rows)


class TestChecking:
    def test_it_waits_and_then_is_there(self, ranked: Voting) -> None:
        page = choosing(ranked.at(ranked.voters[4]))
        rank(page, 1, 0)
        go_on(page)
        tracker = cast(page)
        found = checked(page, ranked)
        assert found == {
            "mine": "not yet",
            "record": "right",
            "result": "not yet",
            "scripts": "right",
        }
        looked_at(page)
        ranked.story.wait(3 * MINUTE)
        assert checked(page, ranked)["mine"] == "right"
        expect(page.locator("[data-of=mine]")).to_contain_text(f"{tracker} is there, and it counts")
        looked_at(page)
        page.get_by_label("The tracker of a ballot").fill(tracker)
        page.get_by_role("button", name="Is it in the box?").click()
        expect(page.get_by_text("Yes: it is in the box.")).to_be_visible()

    def test_anybody_can_who_has_no_ballot(self, ranked: Voting) -> None:
        page = ranked.at(ranked.voters[5], "/check", key=False)
        found = checked(page, ranked)
        assert (found["mine"], found["record"]) == ("not checked", "right")

    def test_a_ballot_of_the_key_from_elsewhere_is_named(self, ranked: Voting) -> None:
        member = ranked.voters[6]
        page = choosing(ranked.at(member))
        rank(page, 1)
        go_on(page)
        cast(page)
        thief = choosing(ranked.at(member))
        rank(thief, 2)
        go_on(thief)
        other = cast(thief)
        ranked.story.wait(3 * MINUTE)
        assert checked(page, ranked)["mine"] == "WRONG"
        expect(page.locator("[data-of=mine]")).to_contain_text(other)
        expect(page.locator("[data-of=mine]")).to_contain_text("somebody has your key")

    def test_a_box_without_a_ballot_that_was_in_it_is_refused(self, ranked: Voting) -> None:
        """It is cut out of the box that the voter gets; the record has its hash."""
        page = choosing(ranked.at(ranked.voters[7]))
        rank(page, 1)
        go_on(page)
        cast(page)
        ranked.story.wait(3 * MINUTE)
        dropping(page, ranked)
        assert checked(page, ranked)["record"] == "WRONG"
        expect(page.locator("[data-of=record]")).to_contain_text(
            "not the one that the record names"
        )
        looked_at(page)

    def test_a_box_that_never_had_it_breaks_the_promise(
        self, ranked: Voting, tmp_path: Path
    ) -> None:
        page = choosing(ranked.at(ranked.voters[8]))
        rank(page, 1)
        go_on(page)
        tracker = cast(page)
        ranked.story.wait(3 * MINUTE)
        # As for a voter whose ballot was dropped before its batch: promised, and in no head.
        foreign = forged_promise(ranked, page, tracker)
        assert checked(page, ranked)["mine"] == "WRONG"
        expect(page.get_by_role("heading", name="Your ballot is not in the box")).to_be_visible()
        looked_at(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the promise").click()
        saved.value.save_as(tmp_path / "promise.txt")
        assert (tmp_path / "promise.txt").read_text() == foreign


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("plurality-at-large/1", ["Blank 0", " 4", " 4", " 3"]),
        ("scottish-stv/1", ["1. ", "1. ", "1. "]),
    ],
)
def test_the_result_follows_from_the_box(
    browser: Browser, tmp_path: Path, rule: str, lines: list[str]
) -> None:
    """Eleven have voted, each for one of three; the browser works out what was opened."""
    with open_vote(tmp_path, browser, rule, 3, "held") as voting:
        page = voting.at(voting.voters[0], "/check")
        found = checked(page, voting)
        assert (found["record"], found["result"], found["mine"]) == ("right", "right", "right")
        rows = page.locator("[data-result] li").all_inner_texts()
        told = [" ".join(row.split()) for row in rows]
        assert len(told) == len(lines)
        assert all(line in row for line, row in zip(lines, told, strict=True)), told
        looked_at(page)
        page.get_by_role("link", name="one file and its instructions").click()
        expect(page.get_by_role("heading", name="Audit this election")).to_be_visible()
        looked_at(page)


def dropping(page: Page, voting: Voting) -> None:
    """From now on the page gets a box from which the last ballot was dropped."""
    content = voting.archive()
    records = list(tar.read(content))
    short = b"".join(tar.write(one) for one in records[:-2])
    page.route("**/archive", lambda route: route.fulfill(status=200, body=short))


def forged_promise(voting: Voting, page: Page, tracker: str) -> str:
    """A promise by the record's own key for a ballot that is not in the box, kept by the page as
    that of its last one."""
    place = open_place(voting.story.folder)
    box = voting.box
    public = voting.story.read(f"/api/ballots/{voting.number}")["keys"]
    key = signing(place, tuple(public[:1]))[0]
    made = promise.Promise("small.example", voting.number, "ab" * 32, box.heads[-1].time)
    note = promise.sign(made, key)
    where = page.evaluate(
        "Object.keys(localStorage).find((name) => name.startsWith('quorate/ballots/'))"
    )
    kept = json.dumps([{"tracker": "A" * 43, "hash": "ab" * 32, "promise": note}])
    page.evaluate("([where, kept]) => localStorage.setItem(where, kept)", [where, kept])
    return note
