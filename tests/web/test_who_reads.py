"""Who reads what: members and guests, unless the rulebook says anyone. Outsiders learn no name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")

FOR_TRUSTEES = "/registers/1/trustee/next"
FOR_MEMBERS = (
    "/bulletin",
    "/bulletin/1",
    "/bulletin/1/seconders",
    "/bulletin/issue/1/1",
    "/bulletin/issue/1/1.pdf",
    "/convention",
    "/convention/1/minutes",
    "/elections/1",
    "/elections/1/ballots.blt",
    "/elections/1/sheet.csv",
    "/offices",
    "/branches",
    "/branches/NG",
    "/programme",
    "/record/100",
    "/record/100/receipt",
    "/registers/1",
    "/registers/1/file",
    "/registers/1/my-key",
    "/registers/1/name/outside",
    "/registers/1/roll",
    "/registers/1/trustee",
    FOR_TRUSTEES,
)
FOR_ANYONE = (
    "/",
    "/rulebook",
    "/record",
    "/checkpoint",
    "/more",
    "/acts",
    "/account/login/",
    "/scripts",
)


@pytest.mark.parametrize("page", FOR_MEMBERS)
def test_an_outsider_is_told_whom_it_is_for_and_how_to_sign_in(demo: Path, page: str) -> None:
    answer = client().get(page)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "read by members and by guests" in text
    assert 'href="/rulebook#organisation.read_by"' in text
    inside = client("member").get(page)
    if page == FOR_TRUSTEES:  # what a trustee's script asks says itself that others are none
        assert inside.status_code == 403
        assert "You are no trustee" in inside.json()["said"][0]
    else:
        assert inside.status_code in (200, 404)


def test_what_anyone_reads_has_no_members_name_and_no_text_of_theirs(demo: Path) -> None:
    from quorate.web import names
    from quorate.web.lane import lane

    state = lane().now().state
    every = {names.name_of(state, member) for member in state.membership.members}
    titles = {names.contribution_title(state, number) for number in state.bulletin.contributions}
    for page in FOR_ANYONE:
        answer = client().get(page)
        assert answer.status_code == 200, page
        text = re.sub(r"<[^>]*>", " ", answer.content.decode())
        assert not [name for name in every if name in text], page
        assert not [title for title in titles if title in text], page


def test_where_the_rulebook_says_anyone_it_is_open(demo: Path) -> None:
    with read_by("anyone"):
        for page in ("/bulletin", "/convention", "/record/100", "/branches/NG"):
            assert client().get(page).status_code == 200, page
    assert client().get("/bulletin").status_code == 403


@contextmanager
def read_by(whom: str) -> Iterator[None]:
    """The rulebook says so in this process, for a while."""
    from quorate.web.lane import lane

    lane().now()
    standing = lane().standing
    before = standing.state
    rules = before.rules
    changed = replace(rules, organisation=replace(rules.organisation, read_by=whom))
    lane().standing = replace(
        standing, state=before._replace(founding=before.founding._replace(rules=changed))
    )
    try:
        yield
    finally:
        lane().standing = standing
