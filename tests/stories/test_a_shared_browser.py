"""Voting by secret ballot in a browser that several people use: what one of them leaves there is
not for the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from support.chromium import FLAGS, chromium
from support.story import nothing_wrong
from support.vote_story import SOON, Voting, cast, choosing, go_on, looked_at, open_vote, said

pytestmark = pytest.mark.xdist_group("a shared browser")


@pytest.fixture(scope="module")
def marked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voting]:
    folder = tmp_path_factory.mktemp("shared")
    with open_vote(folder, browser, "plurality-at-large/1") as voting:
        yield voting


@pytest.fixture(scope="module")
def keeping(browser: Browser) -> Iterator[Browser]:
    """A browser that keeps pages for its Back button, as people's do and tests' do not."""
    keeping = browser.browser_type.launch(
        executable_path=chromium(),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield keeping
    keeping.close()


def signed_in(keeping: Browser, marked: Voting, member: str) -> Page:
    """A device of the member that holds their key."""
    context = keeping.new_context()
    context.add_cookies(marked.sessions[member])
    page = context.new_page()
    page.goto(f"{marked.story.address}/more")
    marked.hold(page, member)
    return page


def back(page: Page) -> None:
    """The Back button. A page that was kept is not loaded, so there is no load to wait for."""
    page.evaluate("setTimeout(() => history.back(), 50)")


def signs_out(page: Page, address: str) -> None:
    page.goto(f"{address}/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"{address}/")


def test_the_back_button_shows_nobodys_key_after_signing_out(
    marked: Voting, keeping: Browser
) -> None:
    member = marked.voters[0]
    marked.at(member)
    page = signed_in(keeping, marked, member)
    page.goto(f"{marked.story.address}/registers/{marked.box.register}/my-key")
    page.get_by_text("The code of your key").click(timeout=SOON)
    expect(page.locator("[data-code]")).to_have_text(marked.codes[member])
    page.evaluate("window.before = true")
    page.goto(f"{marked.story.address}/account/")
    back(page)
    expect(page.get_by_role("heading", name="My voting key")).to_be_visible()
    assert page.evaluate("window.before"), "it was not kept, so this shows nothing"
    signs_out(page, marked.story.address)
    back(page)  # to the account, which is loaded anew
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    back(page)
    expect(page.get_by_role("heading", name="This page is for members")).to_be_visible()
    assert marked.codes[member] not in page.content()
    assert page.evaluate("window.before") is None


def test_another_tab_forgets_the_choice_when_its_voter_signs_out(marked: Voting) -> None:
    page = choosing(marked.at(marked.voters[1]))
    page.locator("[data-marks] [value='1']").check()
    go_on(page)
    name = page.locator("[data-choice] p").inner_text()
    other = page.context.new_page()
    signs_out(other, marked.story.address)
    expect(page.get_by_role("heading", name="This page is for members")).to_be_visible()
    assert name.removeprefix("✓ ") not in page.content()
    marked.sessions.pop(marked.voters[1])


def test_whoever_signs_in_next_has_neither_the_key_nor_the_ballots(marked: Voting) -> None:
    first, second = marked.voters[2], marked.voters[3]
    page = choosing(marked.at(first))
    page.locator("[data-marks] [value='1']").check()
    go_on(page)
    tracker = cast(page)
    assert page.locator("[data-choice], [data-hash]").all_text_contents() == ["", ""]
    marked.at(second)
    page.context.clear_cookies()
    page.context.add_cookies(marked.sessions[second])
    page.goto(f"{marked.address}/vote")
    said(page, "This browser does not hold your voting key")
    assert tracker not in page.content()
    page.goto(f"{marked.address}/check#now")
    expect(page.locator("[data-of=mine]")).to_contain_text(
        "This browser holds no voting key and no ballot of yours", timeout=SOON
    )


def test_where_nobody_is_signed_in_a_kept_key_is_used_by_whoever_knows_its_code(
    marked: Voting,
) -> None:
    """Where anyone reads. What is kept for a member who has signed out is not for the next."""
    member, another = marked.voters[4], marked.voters[5]
    page = choosing(marked.at(member))
    page.locator("[data-marks] [value='1']").check()
    go_on(page)
    tracker = cast(page)
    name = f'data-me="{member}"'

    def not_signed_in(route: Route) -> None:
        answer = route.fetch()
        assert name in answer.text()
        body = re.sub(r'data-claim="[^"]*"', 'data-claim=""', answer.text())
        route.fulfill(response=answer, body=body.replace(name, 'data-me=""'))

    page.route(re.compile("/(vote|check)$"), not_signed_in)
    page.goto(f"{marked.address}/check#now")
    expect(page.locator("[data-of=mine]")).to_contain_text("Nobody is signed in", timeout=SOON)
    assert tracker not in page.content()
    page.goto(f"{marked.address}/vote")
    expect(page.get_by_label("Its code")).to_be_visible(timeout=SOON)
    assert tracker not in page.content()
    looked_at(page)
    expect(page.get_by_role("button", name="Go on")).to_be_hidden()
    page.get_by_label("Its code").fill("nothing")
    page.get_by_role("button", name="Use this key").click()
    said(page, "This is not the code of a voting key")
    page.get_by_label("Its code").fill(marked.codes[member])
    page.get_by_role("button", name="Use this key").click()
    choosing(page)
    expect(page.locator("[data-last-tracker]")).to_have_text(tracker)
    page.reload()
    page.get_by_label("Its code").fill(marked.codes[another])
    page.get_by_role("button", name="Use this key").click()
    choosing(page)
    expect(page.locator("[data-cast-before]")).to_be_hidden()
    page.locator("[data-marks] [value='2']").check()
    go_on(page)
    assert cast(page) != tracker
    assert marked.codes[another] not in page.evaluate("JSON.stringify(localStorage)")
    nothing_wrong(page)
