"""Voting by secret ballot in a real browser, on a phone: ranking by tapping, by keyboard and by
dragging, marking, casting, casting again, testing a ballot, bad connections, two tabs, a key from
another device."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from quorate.ballots.archive import read
from quorate.ballots.ballot import read_ballot
from quorate.ballots.elections import fingerprint, read_election
from quorate.chapters.calendar import MINUTE
from quorate.record import promise
from support.command import quorate
from support.story import nothing_wrong
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
    said,
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


def answering(status: int, body: str) -> Any:
    return lambda route: route.fulfill(status=status, body=body)


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


class TestConnections:
    def test_dead_while_casting_it_is_cast_again_and_counts_once(self, marked: Voting) -> None:
        """The server takes it, and its answer never comes; the page is even closed in between."""
        member = marked.voters[3]
        page = choosing(marked.at(member))
        page.locator("[data-marks] [value='1']").check()
        sent: list[bytes] = []

        def cut(route: Route) -> None:
            sent.append(route.request.post_data_buffer or b"")
            if len(sent) == 1:
                route.fetch()  # it has come
            route.abort()

        page.route("**/api/ballots/*", cut)
        go_on(page)
        page.get_by_role("button", name="Cast my ballot").click()
        said(page, "The connection is gone. The same ballot is being cast again")
        said(page, "nobody knows yet whether your ballot came")
        assert len(sent) == 4
        assert len(set(sent)) == 1
        page.unroute("**/api/ballots/*")
        page.reload()
        said(page, "A ballot of yours was on its way")
        looked_at(page)
        expect(page.get_by_role("button", name="Go on")).to_be_hidden()
        page.get_by_role("button", name="Cast it again").click()
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
        tracker = page.locator("[data-tracker]").inner_text()
        assert tracker == fingerprint(sent[0])
        before = len(marked.trackers())
        marked.story.wait(3 * MINUTE)
        assert marked.trackers().count(tracker) == 1
        assert len(marked.trackers()) > before

    def test_what_the_server_says_is_said_in_plain_words(self, marked: Voting) -> None:
        page = choosing(marked.at(marked.voters[4]))
        note = "small.example\nquorate ballot promise\n\n— small.example AAAA\n"
        kinds = {
            "too many": "as many ballots with this key as one voter can",
            "roll": "not on the roll of this election",
            "proofs": "does not prove that it is filled in",
        }
        answers = [
            *(
                (409, json.dumps({"kind": kind, "error": "…"}), said)
                for kind, said in kinds.items()
            ),
            (404, '{"error":"Voting closed on 1 May."}', "This ballot was not cast."),
            (503, '{"error":"The clock of this server is wrong."}', "The clock of this server"),
            (200, note, "what it promises does not hold"),
            (200, "", "what it promises does not hold"),
        ]
        for status, body, words in answers:
            page.unroute_all()
            page.route("**/api/ballots/*", answering(status, body))
            if page.get_by_role("button", name="Cast it again").is_visible():
                page.get_by_role("button", name="Cast it again").click()
            else:
                page.goto(f"{marked.address}/vote")
                choosing(page).locator("[data-marks] [value='1']").check()
                go_on(page)
                page.get_by_role("button", name="Cast my ballot").click()
            said(page, words)
            waits = status in (200, 503)
            assert page.get_by_role("button", name="Cast it again").is_visible() == waits
            nothing_wrong(page)
        page.unroute_all()
        page.get_by_role("button", name="Cast it again").click()
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
        marked.story.problems.clear()  # what this test has answered in the server's place

    def test_two_tabs_say_nothing_wrong(self, marked: Voting) -> None:
        member = marked.voters[6]
        one = choosing(marked.at(member))
        other = one.context.new_page()
        other.clock.set_fixed_time(marked.story.now / 1000)
        other.goto(f"{marked.address}/vote")
        choosing(other)
        for page, mark in ((one, 0), (other, 1)):
            page.locator(f"[data-marks] [value='{mark}']").check()
            go_on(page)
        first = cast(one)
        second = cast(other)
        expect(one.locator("[data-done]")).to_contain_text("in another tab of this browser")
        expect(other.locator("[data-done]")).to_contain_text(
            "It replaces the one that you cast before"
        )
        marked.story.wait(3 * MINUTE)
        trackers = marked.trackers()
        assert trackers.index(first) < trackers.index(second)
        one.goto(f"{marked.address}/check#now")
        expect(one.locator("[data-of=mine]")).to_contain_text(
            f"{second} is there, and it counts", timeout=SOON
        )


class TestKeys:
    def test_a_key_is_brought_from_another_device(self, marked: Voting) -> None:
        member = marked.voters[7]
        page = marked.at(member, key=False)
        said(page, "This browser does not hold your voting key")
        looked_at(page)
        page.get_by_role("link", name="Bring your key to this browser").click()
        page.get_by_label("Its code").fill(marked.codes[member])
        page.get_by_role("button", name="Use this key here").click()
        expect(page.get_by_text("Your key stands on the roll")).to_be_visible(timeout=SOON)
        page.goto(f"{marked.address}/vote")
        choosing(page)

    def test_another_key_is_not_on_the_roll(self, marked: Voting) -> None:
        member = marked.voters[7]
        page = marked.at(member, "/check", key=False)
        own = marked.codes[member]
        marked.codes[member] = own[:-1] + ("1" if own[-1] != "1" else "2")
        marked.hold(page, member)
        marked.codes[member] = own
        page.goto(f"{marked.address}/vote")
        said(page, "is not on the roll of this election")
        expect(page.get_by_role("button", name="Go on")).to_be_hidden()

    def test_who_has_claimed_none_is_sent_to_the_papers(self, marked: Voting) -> None:
        seats = marked.story.state.delegates.assemblies[1].seats.values()
        without = next(s.holder for s in seats if s.holder and s.holder not in marked.codes)
        page = marked.at(without, key=False)
        expect(page.get_by_text("You vote on paper: ask the tellers")).to_be_visible()
        page.goto(marked.address)
        expect(page.get_by_text("you vote on paper. Ask the tellers")).to_be_visible()
        looked_at(page)

    @pytest.mark.parametrize(
        ("without", "words"),
        [
            ("delete window.Worker", "cannot work in the background"),
            ("window.BigInt = undefined", "too old"),
            ("crypto.getRandomValues = (given) => given", "numbers that nobody can guess"),
        ],
    )
    def test_a_browser_that_cannot_is_refused_in_words(
        self, marked: Voting, without: str, words: str
    ) -> None:
        page = marked.at(marked.voters[0], "/check")
        page.add_init_script(without)
        page.goto(f"{marked.address}/vote")
        said(page, words)
        expect(page.get_by_role("button", name="Go on")).to_be_hidden()

    def test_a_page_that_asks_something_else_than_the_record_is_refused(
        self, marked: Voting
    ) -> None:
        page = marked.at(marked.voters[0], "/check")

        def twisted(route: Route) -> None:
            answer = route.fetch()
            body = answer.text().replace("Election 7 in the record", "Election 7 of the record")
            route.fulfill(response=answer, body=body)

        page.route("**/vote", twisted)
        page.goto(f"{marked.address}/vote")
        said(page, "WRONG: what the server says of this ballot box does not stand in the record")
        expect(page.get_by_role("button", name="Go on")).to_be_hidden()
