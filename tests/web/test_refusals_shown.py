"""A text of which two versions are refused: each has its button, its place on Today, its form."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from support.browser import client, player

pytestmark = pytest.mark.xdist_group("web")


def do(by: str, act: str, **fields: Any) -> None:
    from quorate.web.acting import doing

    answer = doing.do(act, fields, by)
    assert isinstance(answer, doing.Done), answer


@pytest.fixture(scope="module")
def twice(demo: Path) -> tuple[int, str, str]:
    """A member's contribution and the two versions of it that the editor has refused."""
    from quorate.web.lane import lane

    author = player("member")
    do(author, "bulletin.hand_in", kind="perspective", text={"title": "Lamps", "text": "Light."})
    number = max(lane().now().state.bulletin.contributions)
    new = {"title": "More lamps", "text": "Light, and more."}
    do(author, "bulletin.revise", contribution=number, text=new)
    state = lane().now().state
    first, later = (version.text for version in state.bulletin.contributions[number].versions)
    editor = state.offices.now["bulletin-editor", ""][0].member
    for version in (first, later):
        do(
            editor,
            "bulletin.refuse",
            contribution=number,
            version=version,
            reason="not-a-contribution",
            remark={"text": "No."},
        )
    return number, first, later


def link(number: int, version: str, act: str) -> str:
    return f"/act/{act}?contribution={number}&version={version}"


def test_each_refusal_has_its_own_button(twice: tuple[int, str, str]) -> None:
    number, first, later = twice
    page = unescape(client("member").get(f"/bulletin/{number}").content.decode())
    assert link(number, first, "bulletin.appeal") in page
    assert link(number, later, "bulletin.appeal") in page
    today = client("member").get("/").content.decode()
    assert "Version 1. Read why. You can appeal" in today
    assert "Version 2. Read why. You can appeal" in today


def test_the_form_says_which_one_is_meant_or_offers_them(twice: tuple[int, str, str]) -> None:
    number, first, _ = twice
    linked = client("member").get(link(number, first, "bulletin.appeal")).content.decode()
    assert f"{number}, Lamps, version 1" in linked
    offered = client("member").get("/act/bulletin.appeal").content.decode()
    assert f"{number}, Lamps, version 1" in offered
    assert f"{number}, More lamps, version 2" in offered


def test_each_appeal_is_judged_by_its_own_button(twice: tuple[int, str, str]) -> None:
    from quorate.chapters.bulletin.judge_appeal import JudgeAppeal
    from quorate.store.outbox import Taken
    from quorate.web.lane import lane
    from quorate.web.letters import refused

    number, first, later = twice
    for version in (first, later):
        grounds = {"text": f"It is one. {version}"}
        do(
            player("member"),
            "bulletin.appeal",
            contribution=number,
            grounds=grounds,
            version=version,
        )
    state = lane().now().state
    judges = [holding.member for holding in state.offices.now["credentials-committee", ""]]
    browser = client()
    browser.post("/play", {"member": judges[0]})
    page = unescape(browser.get(f"/bulletin/{number}").content.decode())
    assert link(number, first, "bulletin.judge_appeal") in page
    assert link(number, later, "bulletin.judge_appeal") in page
    assert "Version 2. More lamps" in browser.get("/").content.decode()
    for judge in judges[: len(judges) // 2 + 1]:
        said = {"decision": "upheld", "reason": {"text": f"So it is. {judge}"}}
        do(judge, "bulletin.judge_appeal", contribution=number, version=first, **said)
    after = lane().now().state
    one, two = after.bulletin.contributions[number].refusals
    assert (one.stands, two.stands) == (False, True)
    act = JudgeAppeal(number, "upheld", *one.appeal.judgements[judges[0]][1:], first)
    letter = refused.appeal_judged(after, Taken(0, 5, "", "", act, judges[0])).text
    assert "Your appeal (version 1) was upheld" in letter
    assert "dismissed" not in letter
    page = unescape(browser.get(f"/bulletin/{number}").content.decode())
    assert link(number, first, "bulletin.judge_appeal") not in page
