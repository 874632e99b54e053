"""Casting by secret ballot in a real browser when something is in the way: a bad connection, a
server that says no, two tabs, a key that is on another device, a browser that cannot, a page that
lies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from quorate.ballots.elections import fingerprint
from quorate.chapters.calendar import MINUTE
from support.caught import MEMBER, RECEIPT, caught_by
from support.story import nothing_wrong
from support.vote_story import SOON, Voting, cast, choosing, go_on, looked_at, open_vote, said

pytestmark = pytest.mark.xdist_group("casting a ballot")


@pytest.fixture(scope="module")
def marked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voting]:
    folder = tmp_path_factory.mktemp("casting")
    with open_vote(folder, browser, "plurality-at-large/1") as voting:
        yield voting


def answering(status: int, body: str) -> Any:
    return lambda route: route.fulfill(status=status, body=body)


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
        expect(page.get_by_text("I have voted from another device since")).to_be_visible()
        page.get_by_role("button", name="Cast it again").click()
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
        tracker = page.locator("[data-tracker]").inner_text()
        assert tracker == fingerprint(sent[0])
        before = len(marked.trackers())
        marked.story.wait(3 * MINUTE)
        assert marked.trackers().count(tracker) == 1
        assert len(marked.trackers()) > before

    def test_where_many_vote_it_waits_as_told_and_casts_the_same_again(
        self, marked: Voting
    ) -> None:
        """Twice there is no room at the door; then the server takes it."""
        page = choosing(marked.at(marked.voters[5]))
        page.locator("[data-marks] [value='2']").check()
        sent: list[bytes] = []

        def no_room(route: Route) -> None:
            sent.append(route.request.post_data_buffer or b"")
            if len(sent) > 2:
                route.continue_()
                return
            body = json.dumps({"error": "There is no room at the door."})
            route.fulfill(status=503, headers={"Retry-After": "3"}, body=body)

        page.route("**/api/ballots/*", no_room)
        go_on(page)
        page.get_by_role("button", name="Cast my ballot").click()
        said(page, "Your ballot waits on this device, and is cast again in 3 seconds")
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
        assert len(sent) == 3
        assert len(set(sent)) == 1
        assert page.locator("[data-tracker]").inner_text() == fingerprint(sent[0])
        page.unroute_all()
        marked.story.problems.clear()  # what this test has answered in the server's place

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
            (409, '{"kind":"repeated","error":"…"}', "gives no promise for it"),
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
            waits = status in (200, 503) or "repeated" in body
            assert page.get_by_role("button", name="Cast it again").is_visible() == waits
            nothing_wrong(page)
        page.unroute_all()
        page.get_by_role("button", name="Cast it again").click()
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
        marked.story.problems.clear()  # what this test has answered in the server's place

    @caught_by(MEMBER)
    def test_a_promise_for_after_the_close_is_none(self, marked: Voting) -> None:
        """It would never be due, so a ballot could be dropped and nothing would be broken."""
        page = marked.at(marked.voters[5], "/check")

        def earlier(route: Route) -> None:
            answer = route.fetch()
            body, found = re.subn(r'data-closes="\d+"', 'data-closes="1"', answer.text())
            assert found == 1
            route.fulfill(response=answer, body=body)

        page.route("**/vote", earlier)
        page.goto(f"{marked.address}/vote")
        choosing(page).locator("[data-marks] [value='1']").check()
        go_on(page)
        page.get_by_role("button", name="Cast my ballot").click()
        said(page, "does not hold: it is for a time after voting has closed")
        page.unroute_all()
        page.goto(f"{marked.address}/vote")
        page.get_by_role("button", name="Cast it again").click()
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)

    def test_what_is_being_cast_cannot_be_opened_nor_changed(self, marked: Voting) -> None:
        page = choosing(marked.at(marked.voters[5]))
        page.locator("[data-marks] [value='1']").check()
        go_on(page)
        hash = page.locator("[data-hash]").text_content() or ""
        page.evaluate(
            """() => {
              window.steps = [];
              const seen = new MutationObserver(() => window.steps.push(
                document.querySelector("[data-step]:not([hidden])")?.dataset.step));
              const booth = document.querySelector("[data-booth]");
              seen.observe(booth, { attributes: true, subtree: true });
              for (const one of ["cast", "open", "back"]) {
                booth.querySelector(`[data-${one}]`).click();
              }
            }"""
        )
        expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible(timeout=SOON)
        assert set(page.evaluate("window.steps")) <= {"check", "done"}
        assert hash
        assert hash not in page.locator("[data-step=opened]").inner_html()

    def test_the_browsers_back_goes_from_the_check_to_the_choice(self, marked: Voting) -> None:
        page = choosing(marked.at(marked.voters[5]))
        page.locator("[data-marks] [value='1']").check()
        for back in (lambda: page.evaluate("history.back()"), page.get_by_text("Change my").click):
            go_on(page)
            expect(page.locator("[data-told]")).to_have_text(re.compile("You can cast it now"))
            back()
            expect(page.get_by_role("heading", name="Mark as many")).to_be_focused()
            assert page.locator("[data-marks] [value='1']").is_checked()
        page.go_back()
        assert not page.url.endswith("/vote")

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

    def test_a_code_that_was_not_the_right_one_can_be_typed_anew(self, marked: Voting) -> None:
        member = marked.voters[7]
        own = marked.codes[member]
        page = marked.at(member, "/check", key=False)
        page.goto(f"{marked.story.address}/registers/{marked.box.register}/my-key")
        page.get_by_label("Its code").fill(own[:-1] + ("1" if own[-1] != "1" else "2"))
        page.get_by_role("button", name="Use this key here").click()
        expect(page.get_by_text("does not stand on the roll")).to_be_visible(timeout=SOON)
        page.get_by_label("Its code").fill(own)
        page.get_by_role("button", name="Use this key here").click()
        expect(page.get_by_text("Your key stands on the roll")).to_be_visible(timeout=SOON)

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

    @caught_by(RECEIPT)
    def test_a_record_of_another_name_is_not_taken_for_this_one(self, marked: Voting) -> None:
        """Under a name that the browser has not met, the server could sign with any key."""
        page = marked.at(marked.voters[0], "/check#now")
        expect(page.locator("[data-of=record] .state")).to_have_text("right", timeout=SOON)

        def renamed(route: Route) -> None:
            answer = route.fetch()
            body = answer.text().replace(
                'data-origin="small.example"', 'data-origin="other.example"'
            )
            assert body != answer.text()
            route.fulfill(response=answer, body=body)

        page.route("**/check", renamed)
        page.reload()
        expect(page.locator("[data-of=record]")).to_contain_text(
            "the record other.example, and when this browser first came it was small.example",
            timeout=SOON,
        )
        expect(page.locator("[data-of=record] .state")).to_have_text("WRONG")

    def test_a_name_is_shown_as_it_is_written(self, marked: Voting) -> None:
        """Whatever stands in it, the booth takes it for a name and for nothing else."""
        page = marked.at(marked.voters[0], "/check")
        name = "<img src=x onerror=document.title=1>"
        first = marked.story.people[marked.voters[1]].name

        def called(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace(first, escape(name)))

        page.route("**/vote", called)
        page.goto(f"{marked.address}/vote")
        choosing(page).locator(f"[data-name='{name}']").check()
        go_on(page)
        expect(page.locator("[data-choice] p")).to_have_text(f"✓ {name}")
        assert page.locator("main img").count() == 0
        assert page.title() != "1"

    def test_a_browser_that_keeps_nothing_is_refused_in_words(self, marked: Voting) -> None:
        page = marked.at(marked.voters[0], "/check")
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError'); } })"
        )
        register = f"{marked.story.address}/registers/{marked.box.register}"
        own = marked.address
        for address in (f"{own}/vote", f"{own}/check#now", f"{register}/my-key"):
            page.goto(address)
            said(page, "This browser keeps nothing for this site")
        marked.story.problems.clear()  # other scripts stop where nothing is kept

    def test_a_browser_that_is_full_loses_nothing(self, marked: Voting) -> None:
        """Before it is sent, nothing was sent; afterwards the page says that it was, and how to
        keep the promise."""
        page = choosing(marked.at(marked.voters[8]))
        page.locator("[data-marks] [value='1']").check()
        go_on(page)
        page.evaluate(
            """() => {
              const set = Storage.prototype.setItem;
              window.full = "/way";
              Storage.prototype.setItem = function (name, value) {
                const mine = name.startsWith("quorate/ballots/");
                if (mine && name.endsWith("/way") === (window.full === "/way")) {
                  throw new DOMException("full", "QuotaExceededError");
                }
                return set.call(this, name, value);
              };
            }"""
        )
        page.get_by_role("button", name="Cast my ballot").click()
        said(page, "has no room left to keep what belongs to your vote, so nothing was sent")
        page.evaluate("window.full = 'the rest'")
        page.get_by_role("button", name="Change my choice").click()
        go_on(page)
        tracker = cast(page)
        expect(page.locator("[data-done]")).to_contain_text("no room left to keep the promise")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the promise").click()
        assert "quorate ballot promise" in saved.value.path().read_text("utf-8")
        marked.story.wait(3 * MINUTE)
        assert tracker in marked.trackers()

    @pytest.mark.parametrize("page_of", ["vote", "check", "my-key"])
    def test_where_the_script_cannot_be_read_the_page_says_so(
        self, marked: Voting, page_of: str
    ) -> None:
        """As in a browser that is too old for it: none of it runs."""
        page = marked.at(marked.voters[0], "/check")
        page.route(
            re.compile(r"/secret/(vote|check|my_key)\.js"),
            lambda route: route.fulfill(body="let a = = 1;", content_type="text/javascript"),
        )
        below = {"my-key": f"{marked.story.address}/registers/{marked.box.register}"}
        page.goto(f"{below.get(page_of, marked.address)}/{page_of}")
        said(page, "this browser is too old for the page, or a part of it did not arrive")
        marked.story.problems.clear()  # the script that cannot be read

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
