"""Anything may stand in an address or a form: every page answers it, and none breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quorate import organisation
from quorate.web.whole import MOST, whole_number
from support.browser import client

pytestmark = pytest.mark.xdist_group("web")

ODD = (
    "",
    "²",
    "٣",
    "-1",
    "0",
    "1.0",
    " 1",
    "1e9",
    "None",
    "99999999999999999999",
    "9" * 5_000,
    "\x00",
    "<script>",
    "'\"%00",
)

NAMES = (
    "about",
    "amends",
    "before",
    "branch",
    "compare",
    "kind",
    "next",
    "page",
    "q",
    "revises",
    "set",
    "state",
    "version",
    "why",
)
"""What the pages look for in an address."""


def pages() -> Iterator[str]:
    """Every address that shows a page, with what stands in the demo filled in."""
    from quorate.web.urls import urlpatterns

    filled = {
        "<int:convention>": "1",
        "<int:number>": "1",
        "<int:old>": "1",
        "<int:sequence>": "1",
        "<int:size>": "2",
        "<str:code>": "NG",
        "<str:hash_of_origin>": "0" * 64,
        "<str:name>": "secret.mix",
        "<str:side>": "outside",
        "<str:token>": "0" * 26,
        "<path:path>": "0/000",
    }
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        if route.startswith(("api/", "act/")) or hasattr(pattern, "url_patterns"):
            continue
        for what, value in filled.items():
            route = route.replace(what, value)
        assert "<" not in route, f"nothing is filled in: {route}"
        if not route.endswith(".pdf"):
            yield f"/{route}"


@pytest.fixture(scope="module")
def member(demo: Path) -> Any:
    browser = client("member")
    browser.raise_request_exception = False
    return browser


def test_the_names_are_all_that_pages_look_for(demo: Path) -> None:
    import re

    import quorate.web

    (folder,) = quorate.web.__path__
    text = "".join(file.read_text("utf-8") for file in Path(folder).rglob("*.py"))
    looked_for = set(re.findall(r"GET\.get\(\s*\"(\w+)\"", text))
    assert looked_for
    assert looked_for <= set(NAMES)


@pytest.mark.parametrize("odd", ODD)
def test_every_page_answers_whatever_its_address_says(member: Any, odd: str) -> None:
    for page in pages():
        answer = member.get(page, dict.fromkeys(NAMES, odd))
        assert answer.status_code < 500, (page, odd)


@pytest.mark.parametrize("odd", ODD)
def test_every_form_answers_whatever_a_link_brings_along(member: Any, odd: str) -> None:
    for name, clause in organisation.CLAUSES.items():
        given = dict.fromkeys((*clause.act.__dataclass_fields__, "next"), odd)
        assert member.get(f"/act/{name}", given).status_code < 500, (name, odd)


@pytest.mark.parametrize("odd", ODD)
def test_every_form_answers_whatever_is_sent(member: Any, odd: str) -> None:
    for name, clause in organisation.CLAUSES.items():
        if name in ("membership.resign", "membership.be_reachable", "floor.leave"):
            continue  # whatever is sent does them
        given = dict.fromkeys((*clause.act.__dataclass_fields__, "next"), odd)
        given |= {f"ballot-{odd}": "1", "ballot-1": odd, "text-title": odd}
        assert member.post(f"/act/{name}", given).status_code < 500, (name, odd)


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000])
@pytest.mark.parametrize(
    "page",
    [
        "bulletin/{}",
        "bulletin/{}/seconders",
        "bulletin/issue/1/{}",
        "bulletin/issue/{}/1.pdf",
        "convention/vote/{}",
        "convention/{}/minutes",
        "elections/{}",
        "elections/{}/box",
        "elections/{}/box/now",
        "elections/{}/trustee",
        "elections/{}/trustee/next",
        "elections/{}/audit",
        "elections/{}/check",
        "elections/{}/vote",
        "record/{}",
        "record/{}/receipt",
        "registers/{}",
        "registers/{}/file",
        "registers/{}/my-key",
        "registers/{}/name/outside",
        "registers/{}/roll",
        "registers/{}/trustee",
        "registers/{}/trustee/next",
        "trustee/{}/outside/0",
        "trustee/{}/outside/0/file",
        "trustee/{}/outside/0/next",
        "trustee/{}/outside/0/receipt/1",
    ],
)
def test_a_huge_number_is_no_page(member: Any, page: str, number: str) -> None:
    assert member.get("/" + page.format(number)).status_code == 404


def test_ranks_are_whole_numbers(member: Any) -> None:
    for odd in ("²", "٣", "9" * 5_000):
        page = member.post("/act/elections.vote", {"election": "1", "ballot-1": odd})
        assert page.status_code == 422
        assert "Give ranks as numbers" in page.content.decode()


@pytest.mark.parametrize(
    ("written", "number"),
    [("7", 7), (" 7 ", 7), ("007", 7), ("0", 0), (str(MOST), MOST), (str(MOST + 1), None)]
    + [(odd, None) for odd in ("", "²", "٣", "-1", "+1", "1_0", "1.0", "9" * 5_000)],
)
def test_what_is_a_whole_number(written: str, number: int | None) -> None:
    assert whole_number(written) == number


def test_bounds_of_a_whole_number() -> None:
    assert [whole_number(n, 1, 3) for n in "01234"] == [None, 1, 2, 3, None]
