"""The voter's pages of an election by secret ballot: what each person is shown, and that no page
knows who has voted. The scenes are told by ``support/vote_scenes.py``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quorate.web.secret.scripts import manifest
from support.command import scripted

SCRIPT = Path(__file__).parents[1] / "support" / "vote_scenes.py"
Seen = dict[str, Any]

pytestmark = pytest.mark.xdist_group("scenes of a secret vote")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("voting") / "org"
    found: Seen = json.loads(scripted(SCRIPT, folder).splitlines()[-1])
    return found


def read(seen: Seen, what: str, status: int = 200) -> str:
    """What was answered, with this status."""
    got, text = seen[what]
    assert got == status, (what, got, text[:300])
    return str(text)


def source(seen: Seen, what: str) -> str:
    return str(seen[f"{what}, source"])


class TestTheElection:
    def test_shows_a_voter_one_button_and_no_open_form(self, seen: Seen) -> None:
        number = seen["number"]
        page = source(seen, "voting: election of voter")
        assert page.count(f'href="/elections/{number}/vote"') == 1
        assert "/act/elections.vote" not in page
        assert not re.search(r"\d (of \d+ )?have voted", read(seen, "voted: election of voter"))

    def test_sends_who_has_claimed_no_key_to_the_papers(self, seen: Seen) -> None:
        for phase in ("nominating", "voting"):
            said = read(seen, f"{phase}: election of without").lower()
            assert "you vote on paper" in said, phase
        assert "you vote on paper" in read(seen, "voting: vote of without").lower()

    def test_tells_others_who_votes(self, seen: Seen) -> None:
        assert "you sit in no seat" in read(seen, "voting: election of nobody")
        assert "You have claimed none" in read(seen, "voting: vote of nobody")

    def test_outsiders_read_nothing_of_it(self, seen: Seen) -> None:
        for page in ("election", "vote", "check", "audit"):
            read(seen, f"voting: {page} of outsider", 403)

    def test_today_and_the_convention_lead_a_voter_there(self, seen: Seen) -> None:
        number = seen["number"]
        assert f"/elections/{number}/vote" in source(seen, "voting: today of voter")
        for who in ("without", "nobody"):
            assert f"/elections/{number}/vote" not in source(seen, f"voting: today of {who}")
        assert re.search(
            rf'class="button" href="/elections/{number}">Vote',
            source(seen, "voting: convention of voter"),
        )


class TestNobodyKnowsWhoHasVoted:
    @pytest.mark.parametrize("page", ["election", "vote", "check", "today", "convention"])
    def test_pages_are_the_same_before_and_after(self, seen: Seen, page: str) -> None:
        before, after = (
            _without_keys(source(seen, f"{phase}: {page} of voter"))
            for phase in ("voting", "voted")
        )
        assert before == after


def _without_keys(page: str) -> str:
    """But for what is new at each request: the keys of forms."""
    page = re.sub(r'(name="(csrfmiddlewaretoken|idempotency-key)" value=)"[^"]*"', r"\1", page)
    return re.sub(r'content="[^"]*csrf[^"]*"', "", page)


class TestVoting:
    def test_the_page_gives_the_browser_what_is_asked_and_loads_its_scripts(
        self, seen: Seen
    ) -> None:
        page = source(seen, "voting: vote of voter")
        assert page.count('type="checkbox" name="mark"') == 4
        assert 'data-most="4"' in page
        assert "Blank ballot" in page
        preloaded = re.findall(r'rel="modulepreload" href="/static/([^"]+)"', page)
        assert "ballots/worker.js" in preloaded
        assert {name for name in preloaded if not name.startswith("ballots/")} == set()
        assert "style=" not in page
        assert not re.search(r'(src|href)="(https?:)?//', page)

    def test_before_and_after_it_says_when(self, seen: Seen) -> None:
        assert "Voting opens on" in read(seen, "nominating: vote of voter")
        assert "Voting has closed" in read(seen, "closed: vote of voter")
        assert "data-booth" not in source(seen, "closed: vote of voter")
        number = seen["number"]
        assert f"/elections/{number}/vote" not in source(seen, "closed: election of voter")

    def test_an_open_election_has_its_own_page(self, seen: Seen) -> None:
        assert seen["an open election"][0] == 302
        read(seen, "no such election", 404)
        read(seen, "an open election, checked", 404)


class TestChecking:
    def test_there_is_nothing_to_check_before_the_box_is_there(self, seen: Seen) -> None:
        assert "There is no ballot box yet" in read(seen, "nominating: check of nobody")
        assert "opens on" in read(seen, "nominating: audit of nobody")

    def test_anybody_who_reads_can_check(self, seen: Seen) -> None:
        for who in ("voter", "without", "nobody"):
            assert "Check it now" in read(seen, f"voted: check of {who}")

    def test_an_auditor_finds_the_head_and_its_entry(self, seen: Seen) -> None:
        page = source(seen, "closed: audit of nobody")
        assert seen["head"] in page
        assert f'href="/record/{seen["entry"]}"' in page
        assert f'href="/api/ballots/{seen["number"]}/archive"' in page
        for program in ("quorate ballots verify", "sirona@0.0.28", "belenios-tool election verify"):
            assert program in page


def test_the_list_of_scripts_is_for_anyone(seen: Seen) -> None:
    assert read(seen, "scripts") == manifest().text
    assert "quorate/secret/vote.js\n" in manifest().text
