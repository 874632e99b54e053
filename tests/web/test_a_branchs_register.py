"""The pages and letters of a branch's register of voting keys, which is of no convention. The
scenes are told by ``support/secret_place_scenes.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import scripted

SCRIPT = Path(__file__).parents[1] / "support" / "secret_place_scenes.py"
Seen = dict[str, Any]


def scenes(folder: Path, how: str) -> Seen:
    found: Seen = json.loads(scripted(SCRIPT, folder, how).splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return scenes(tmp_path_factory.mktemp("branch") / "org", "paper")


def read(seen: Seen, what: str) -> str:
    status, text = seen[what]
    assert status == 200, (what, status, text[:300])
    assert "onvention 0" not in text
    return str(text)


def test_it_says_what_it_is_for(seen: Seen) -> None:
    page = read(seen, "called: register")
    assert "Branch A1 · register 1" in page
    assert "Branch secretary, Branch A1" in page
    assert "They have to be ready by" in page
    assert 'href="/elections/1"' in seen["called: register, source"]


def test_whoever_names_a_trustee_is_asked_and_written_to(seen: Seen) -> None:
    assert "Name the trustee of the side leadership" in read(seen, "called: today of the namer")
    letter = read(seen, "letter: elections.open_poll")
    assert "Name a trustee of the secret ballots" in letter
    assert "opened for an election in Branch A1" in letter
    assert "have to be made by" in read(seen, "called: name")


def test_members_are_told_until_when_they_claim(seen: Seen) -> None:
    assert "Claim your voting key" in read(seen, "keyed: today")
    assert "0 of 16 members have claimed a key" in read(seen, "keyed: register")
    assert "after the convention" not in read(seen, "called: my key")
    assert "after the convention" not in read(seen, "keyed: my key")
    assert "1, for Branch A1" in read(seen, "keyed: claim by hand")
    letter = read(seen, "letter: secret.confirm")
    assert "secret ballot in an election in Branch A1" in letter
    assert "UTC" in letter


def test_the_elections_page_leads_a_voter_to_their_key(seen: Seen) -> None:
    """Nominations run while keys are claimed."""
    link = 'href="/registers/1/my-key">Claim your voting key'
    assert "the trustees make theirs first" in read(seen, "called: election")
    assert link not in seen["called: election, source"]
    assert link in seen["keyed: election, source"]
    assert "Few vote here" not in read(seen, "keyed: election")
    assert link not in seen["keyed: election of a member elsewhere, source"]
    assert "You vote by" not in read(seen, "keyed: election of a member elsewhere")


def test_a_member_of_another_branch_is_told_who_votes(seen: Seen) -> None:
    page = read(seen, "keyed: my key of a member elsewhere")
    assert "on the roll of Branch A1" in page
    assert "seat" not in page


def test_where_it_failed_it_goes_on_on_paper(seen: Seen) -> None:
    page = read(seen, "void: register")
    assert "This register is void. Fewer keys were claimed than the rulebook asks for." in page
    assert "Branch secretary, Branch A1 (on paper instead)" in page
    assert "You vote on paper" in read(seen, "void: my key")
    assert "paper" in read(seen, "void: election")
    letter = read(seen, "letter: secret.close")
    assert "No secret ballot with your voting key" in letter
    assert "you vote on paper" in letter


def test_where_it_is_held_later_it_is_called_off(tmp_path: Path) -> None:
    seen = scenes(tmp_path / "org", "later")
    page = read(seen, "void: election")
    assert "It was called off before anybody voted." in page
    assert "The trustees did not come to their keys in time" in page
    assert "quorum" not in page
    assert "held later, with a new register" in read(seen, "void: register")
    assert "You claim a key in the next register" in read(seen, "void: my key")
    assert "you vote later, with new keys" in read(seen, "letter: secret.void")


def test_delegates_see_how_many_have_demanded_it(tmp_path: Path) -> None:
    seen = scenes(tmp_path / "org", "demand")
    page = read(seen, "asked: convention")
    assert "Delegates can have offices elected by secret ballot" in page
    assert "3 delegates have to" in page
    form = seen["asked: form, source"]
    assert 'value="chair"' in form
    assert 'value="branch-secretary"' not in form
    assert "Chair of the convention: 2 so far" in read(seen, "demanded: convention")
    page = read(seen, "called off: election")
    assert "the roll of voting keys was not there yet" in page
