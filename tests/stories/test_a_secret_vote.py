"""Voting by secret ballot in a real browser, on a phone: ranking by tapping, by keyboard and by
dragging, marking, slates, casting, casting again, testing a ballot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from quorate.ballots.archive import read
from quorate.ballots.ballot import read_ballot
from quorate.ballots.elections import fingerprint, read_election
from quorate.chapters.calendar import MINUTE
from quorate.record import promise
from support.command import quorate
from support.vote_story import (
    SOON,
    Voting,
    cast,
    choosing,
    go_on,
    looked_at,
    open_vote,
    order,
    rank,
    tab_to,
)

pytestmark = pytest.mark.xdist_group("secret votes")


@pytest.fixture(scope="module")
def ranked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voting]:
    with open_vote(tmp_path_factory.mktemp("ranked"), browser) as voting:
        yield voting


@pytest.fixture(scope="module")
def marked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voting]:
    folder = tmp_path_factory.mktemp("marked")
    with open_vote(folder, browser, "plurality-at-large/1") as voting:
        yield voting


class TestRanking:
    def test_by_tapping_and_what_is_cast_is_a_ballot_of_this_election(self, ranked: Voting) -> None:
        member = ranked.voters[0]
        page = choosing(ranked.at(member))
        looked_at(page)
        page.get_by_role("button", name="Go on").click()
        expect(page.locator("[data-fault]")).to_contain_text("You have ranked nobody")
        rank(page, 3, 1, 4)
        assert order(page) == [3, 1, 4]
        looked_at(page)
        headers: list[dict[str, str]] = []
        page.on(
            "request",
            lambda sent: headers.append(sent.all_headers()) if sent.method == "POST" else None,
        )
        go_on(page)
        expect(page.locator("[data-choice]")).to_contain_text(
            re.compile("1\\. .*2\\. .*3\\. ", re.S)
        )
        looked_at(page)
        tracker = cast(page)
        looked_at(page)
        assert [("cookie" in one, "referer" in one) for one in headers] == [(False, False)]
        ranked.story.wait(3 * MINUTE)
        assert tracker in ranked.trackers()

    def test_by_keyboard_alone_and_each_move_is_told(self, ranked: Voting) -> None:
        page = choosing(ranked.at(ranked.voters[1]))
        told = page.locator("[data-moved]")
        tab_to(page, page.locator("[data-answer='0'] .in"))
        page.keyboard.press("Enter")
        expect(told).to_contain_text("is now number 1 of 1")
        page.keyboard.press("Enter")  # the focus went on to the next
        expect(told).to_contain_text("is now number 2 of 2")
        page.keyboard.press("Enter")
        assert order(page) == [0, 1, 2]
        tab_to(page, page.locator("[data-answer='2'] .up"), back=True)
        page.keyboard.press("ArrowUp")
        expect(told).to_contain_text("is now number 2 of 3")
        page.keyboard.press("Enter")  # the button does the same
        assert order(page) == [2, 0, 1]
        page.keyboard.press("ArrowUp")
        expect(told).to_contain_text("is first already")
        tab_to(page, page.locator("[data-answer='0'] .out"))
        page.keyboard.press("Space")
        expect(told).to_contain_text("is not ranked")
        assert order(page) == [2, 1]
        tab_to(page, page.get_by_role("button", name="Go on"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Cast my ballot")).to_be_visible(timeout=SOON)
        tab_to(page, page.get_by_role("button", name="Cast my ballot"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_focused(timeout=SOON)

    def test_by_dragging(self, ranked: Voting) -> None:
        page = choosing(ranked.at(ranked.voters[2]))
        rank(page, 0, 1, 2)
        page.mouse.wheel(0, 0)
        handle = page.locator("[data-answer='2'] .handle").bounding_box()
        first = page.locator("[data-answer='0']").bounding_box()
        assert handle is not None
        assert first is not None
        page.mouse.move(handle["x"] + 10, handle["y"] + 20)
        page.mouse.down()
        page.mouse.move(handle["x"] + 10, first["y"] + 40, steps=8)
        page.mouse.move(handle["x"] + 10, first["y"] + 2, steps=4)
        page.mouse.up()
        assert order(page) == [2, 0, 1]
        expect(page.locator("[data-moved]")).to_contain_text("is now number 1 of 3")

    def test_a_blank_ballot_is_chosen_as_such(self, ranked: Voting) -> None:
        page = choosing(ranked.at(ranked.voters[3]))
        rank(page, 0)
        page.get_by_label("Blank ballot").check()
        assert order(page) == []
        rank(page, 1)
        expect(page.get_by_label("Blank ballot")).not_to_be_checked()
        page.get_by_label("Blank ballot").check()
        go_on(page)
        expect(page.locator("[data-choice]")).to_contain_text("A blank ballot")


class TestMarking:
    def test_what_is_marked_is_what_the_opened_ballot_holds(
        self, marked: Voting, tmp_path: Path
    ) -> None:
        """The Python library opens what the browser encrypted, and the browser checks it, too."""
        page = choosing(marked.at(marked.voters[0]))
        looked_at(page)
        names = [
            page.locator(f"[data-marks] [value='{n}']").get_attribute("data-name") for n in (1, 3)
        ]
        for number in (1, 3):
            page.locator(f"[data-marks] [value='{number}']").check()
        go_on(page)
        expect(page.locator("[data-choice] p")).to_have_text([f"✓ {name}" for name in names])
        page.get_by_text("Test whether this device is honest").click()
        looked_at(page)
        hash = page.locator("[data-hash]").inner_text()
        page.get_by_role("button", name="Open it instead of casting it").click()
        expect(
            page.get_by_role("heading", name="This ballot is opened, and not cast")
        ).to_be_visible(timeout=SOON)
        expect(page.locator("[data-opened-choice] p")).to_have_text([f"✓ {name}" for name in names])
        looked_at(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the opened ballot").click()
        saved.value.save_as(tmp_path / "opened.json")
        (tmp_path / "election.json").write_text(marked.box.asked, "utf-8")
        told = json.loads(
            quorate(
                "ballots",
                "opened",
                tmp_path / "opened.json",
                "--election",
                tmp_path / "election.json",
                "--json",
            ).stdout
        )
        assert told == {"sound": True, "hash": hash, "votes": [[0, 0, 1, 0, 1, 0]]}
        page.get_by_role("button", name="Encrypt a new ballot, and vote").click()
        expect(page.get_by_role("button", name="Cast my ballot")).to_be_visible(timeout=SOON)
        assert page.locator("[data-hash]").inner_text() != hash
        tracker = cast(page)
        marked.story.wait(3 * MINUTE)
        inside = {fingerprint(data): data for _, data in read(marked.archive()).payloads("Ballot")}
        election = read_election(marked.box.asked.encode())
        cast_ballot = read_ballot(election, inside[tracker])
        assert (
            json.loads((tmp_path / "opened.json").read_text())["ballot"]["answers"]
            != cast_ballot.answers
        )
        assert hash not in inside[tracker].decode()

        checking = marked.at(marked.voters[5], "/check", key=False)
        checking.get_by_text("A ballot that was opened").click()
        checking.get_by_label("The file").set_input_files(tmp_path / "opened.json")
        expect(checking.locator("[data-opened-said]")).to_contain_text(hash, timeout=SOON)
        lied = json.loads((tmp_path / "opened.json").read_text()) | {"votes": [[0, 1, 0, 0, 1, 0]]}
        (tmp_path / "lied.json").write_text(json.dumps(lied, separators=(",", ":")))
        checking.get_by_label("The file").set_input_files(tmp_path / "lied.json")
        expect(checking.locator("[data-opened-said]")).to_contain_text(
            "does not hold what it says", timeout=SOON
        )
        looked_at(checking)

    def test_a_later_vote_replaces_the_earlier(self, marked: Voting, tmp_path: Path) -> None:
        page = choosing(marked.at(marked.voters[1]))
        page.locator("[data-marks] [value='0']").check()
        go_on(page)
        first = cast(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the promise").click()
        saved.value.save_as(tmp_path / "promise.txt")
        text = (tmp_path / "promise.txt").read_text()
        given = promise.read(text, marked.story.read(f"/api/ballots/{marked.number}")["keys"])
        assert (given.election, given.origin) == (marked.number, "small.example")
        page.get_by_role("button", name="Vote again").click()
        expect(page.locator("[data-last-tracker]")).to_have_text(first)
        looked_at(page)
        page.locator("[data-marks] [value='2']").check()
        go_on(page)
        second = cast(page)
        expect(page.locator("[data-done]")).to_contain_text(
            "It replaces the one that you cast before"
        )
        marked.story.wait(3 * MINUTE)
        trackers = marked.trackers()
        assert trackers.index(first) < trackers.index(second)

    def test_no_browser_keeps_the_choice(self, marked: Voting) -> None:
        page = choosing(marked.at(marked.voters[2]))
        page.locator("[data-marks] [value='0']").check()
        go_on(page)
        cast(page)
        kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
        assert "quorate/ballots/" in kept
        assert "votes" not in kept
        assert "answers" not in kept
        page.reload()
        choosing(page)
        assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize(
    ("rule", "slates", "choices", "votes"),
    [
        ("slate-yes-no/1", 1, ["Yes", "No"], [0, 0, 1]),
        ("slate-against-slate/1", 2, ["List 1", "List 2"], [0, 0, 1]),
    ],
)
def test_slates(
    browser: Browser,
    tmp_path: Path,
    rule: str,
    slates: int,
    choices: list[str],
    votes: list[int],
) -> None:
    """One mark, for a slate or for yes or no, or a blank ballot."""
    with open_vote(tmp_path, browser, rule, slates) as voting:
        page = choosing(voting.at(voting.voters[0]))
        marks = page.locator("[data-marks] input[type=radio]")
        assert [one.get_attribute("data-name") for one in marks.all()] == choices
        looked_at(page)
        page.get_by_label("Blank ballot").check()
        page.locator(f"[data-name='{choices[1]}']").check()
        expect(page.get_by_label("Blank ballot")).not_to_be_checked()
        go_on(page)
        page.get_by_text("Test whether this device is honest").click()
        page.get_by_role("button", name="Open it instead of casting it").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the opened ballot").click()
        saved.value.save_as(tmp_path / "opened.json")
        assert json.loads((tmp_path / "opened.json").read_text())["votes"] == [votes]
        page.get_by_role("button", name="Encrypt a new ballot, and vote").click()
        tracker = cast(page)
        voting.story.wait(3 * MINUTE)
        assert voting.trackers() == [tracker]
