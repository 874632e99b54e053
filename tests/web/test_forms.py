"""The form of every act: it can be opened by anyone signed in, filled in as people would, and
handed in twice without harm."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quorate import organisation
from support.browser import client

pytestmark = pytest.mark.xdist_group("web")
ACTS = [name for name, clause in organisation.CLAUSES.items() if not clause.falls_due]


@pytest.fixture
def member(demo: Any) -> Any:
    return client("member")


def test_every_act_has_a_title_and_nothing_else_has_one(demo: Any) -> None:
    from quorate.web.acting.titles import FALLS_DUE, TITLES

    assert set(TITLES) == set(ACTS)
    assert set(FALLS_DUE) == set(organisation.CLAUSES) - set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_every_form_opens_and_sent_empty_is_answered(member: Any, act: str) -> None:
    page = member.get(f"/act/{act}")
    assert page.status_code == 200
    assert escape(organisation.CLAUSES[act].changes) in page.content.decode()
    if organisation.CLAUSES[act].act.__dataclass_fields__:
        assert member.post(f"/act/{act}", {}).status_code in (409, 422, 302)


def last_entry() -> dict[str, Any]:
    from quorate.record import canonical
    from quorate.store.models import RecordEntry
    from quorate.web.lane import lane

    size = lane().now().state.size
    return canonical.decode(bytes(RecordEntry.objects.get(sequence=size - 1).data))


def test_people_are_called_by_their_names(member: Any, demo: Any) -> None:
    from quorate.web.lane import lane
    from quorate.web.names import name_of

    state = lane().now().state
    names = Counter(name_of(state, m).casefold() for m in state.membership.members)
    called = [name_of(state, m) for m in sorted(state.membership.branches["AL"].members)]
    other = next(name for name in called if names[name.casefold()] == 1)
    form = {"branch": "AL", "member": other.upper(), "about": "missing"}
    page = member.post("/act/membership.challenge_roll", {**form, "reason": "I know him."})
    assert page.status_code in (302, 409)  # allowed or not, it was understood
    page = member.post("/act/membership.challenge_roll", {**form, "member": "Nobody Atall"})
    assert "No Nobody Atall was found" in page.content.decode()


def test_a_call_in_the_organisations_time(demo: Any) -> None:
    from quorate.web.lane import lane
    from quorate.web.times import local, ms_of

    zone = ZoneInfo(lane().now().state.rules.organisation.timezone)
    summer = datetime(2027, 7, 1, 12, 30)
    assert ms_of(summer) == int(summer.replace(tzinfo=zone).timestamp() * 1000)
    assert local(ms_of(summer)).replace(tzinfo=None) == summer


def test_a_new_member_is_entered_with_their_sheet(demo: Any) -> None:
    from quorate.web.lane import lane
    from quorate.web.names import name_of

    secretary = client("branch secretary")
    page = secretary.get("/act/membership.admit").content.decode()
    pseudonym = page.split('name="member" value="')[1].split('"')[0]
    branch = lane().now().state.membership.members[signed_in(secretary)].branch
    sheet = {"person-name": "Ada Lowell", "person-email": "ada@example.org"}
    form = {"member": pseudonym, "branch": branch, **sheet, "idempotency-key": "once"}
    assert secretary.post("/act/membership.admit", form).status_code == 302
    entries = lane().now().state.size
    assert secretary.post("/act/membership.admit", form).status_code == 302  # pressed twice
    state = lane().now().state
    assert state.size == entries
    assert name_of(state, pseudonym) == "Ada Lowell"
    without = {"member": pseudonym, "branch": branch}
    assert (
        "The name is missing" in secretary.post("/act/membership.admit", without).content.decode()
    )


def signed_in(browser: Any) -> str:
    return browser.get("/").wsgi_request.member


def test_rules_are_changed_in_the_rulebooks_own_terms(member: Any) -> None:
    lines = 'floor.vote_minutes = 3\nfloor.quorum = "1/3"\nremove proposals.seconds.branches\n'
    form = {"kind": "amendment", "amends": "rulebook", "text": "Why.", "changes": lines}
    assert member.post("/act/bulletin.hand_in", form).status_code == 302
    assert last_entry()["body"]["changes"] == [
        {"path": "floor.vote_minutes", "value": 3},
        {"path": "floor.quorum", "value": "1/3"},
        {"path": "proposals.seconds.branches", "value": None},
    ]
    page = member.post("/act/bulletin.hand_in", {**form, "changes": "floor.quorum = a third"})
    assert page.status_code == 422
    assert "a third" in page.content.decode()


def test_what_was_written_is_still_there_when_something_is_wrong(member: Any) -> None:
    form = {"kind": "proposal", "text-title": "A title", "text": "A text.", "about": "many"}
    page = member.post("/act/bulletin.hand_in", form).content.decode()
    assert 'value="A title"' in page
    assert ">A text.</textarea>" in page


def test_a_title_that_is_made_from_the_text_holds_no_marks_of_direction(member: Any) -> None:
    """Nobody typed it, so nobody can type it anew."""
    form = {"kind": "perspective", "text-title": "", "text": "\u202bשלום לכולם\u202c and so on."}
    assert member.post("/act/bulletin.hand_in", form).status_code == 302


@pytest.mark.parametrize("title", ["   ", "\u3164\u2800", "\u200b"])
def test_a_title_of_blanks_is_none(member: Any, title: str) -> None:
    form = {"kind": "perspective", "text-title": title, "text": "A text."}
    page = member.post("/act/bulletin.hand_in", form)
    assert page.status_code == 422
    assert "The title holds nothing but blanks." in page.content.decode()
    fields = {"kind": "perspective", "text": {"title": title, "text": "A text."}}
    answer = member.post(
        "/api/acts",
        {"act": "bulletin.hand_in", "fields": fields},
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert answer.json()["faults"] == {"text.title": "holds nothing but blanks"}


def test_a_ballot_is_told_what_to_type(member: Any) -> None:
    page = member.get("/act/elections.vote?election=1").content.decode()
    assert "The numbers of the candidates, with commas, your first choice first: 3,1,2." in page
    assert "The numbers are: 1 " in page


def test_a_link_brings_its_number_along_and_says_what_it_means(member: Any) -> None:
    page = member.get("/act/proposals.withdraw_second?proposal=1").content.decode()
    assert '<input type="hidden" name="proposal" value="1">' in page
    assert "A strike fund that pays from the first day" in page


def test_an_amendment_is_offered_to_a_change_of_the_rulebook_too(member: Any) -> None:
    from quorate.web.lane import lane

    every = lane().now().state.bulletin.contributions
    number = next(n for n, one in every.items() if one.amends == "rulebook")
    page = member.get(f"/bulletin/{number}").content.decode()
    assert f"/bulletin/new?kind=amendment&amp;about={number}" in page


def test_whoever_has_handed_a_text_in_sees_it(member: Any) -> None:
    form = {"kind": "perspective", "text-title": "Lamps", "text": "Light the *quay*."}
    answer = member.post("/act/bulletin.hand_in", form)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/bulletin/")
    page = member.get(answer["Location"]).content.decode()
    assert "Light the <em>quay</em>." in page
    assert "It stands in the record as" in page


@pytest.mark.parametrize("given", [{}, {"text": "  "}])
def test_a_text_that_is_missing_is_asked_for_in_words(member: Any, given: dict[str, str]) -> None:
    page = member.post("/act/bulletin.hand_in", {"kind": "perspective", **given})
    assert page.status_code == 422
    assert "There is no text yet. Write it, or choose a file." in page.content.decode()
    assert "words:" not in page.content.decode()


def test_an_empty_file_is_named(member: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {"kind": "perspective", "text-file": SimpleUploadedFile("empty.md", b"")}
    page = member.post("/act/bulletin.hand_in", form)
    assert page.status_code == 422
    assert "empty.md is empty." in page.content.decode()


def test_a_teller_is_told_of_a_number_that_nobody_has(demo: Any) -> None:
    from types import SimpleNamespace

    from quorate.web.acting.filled import _paper

    election: Any = SimpleNamespace(count="scottish-stv/1", standing=("a", "b", "c"))
    assert _paper("12: 3,1,2", election) == {"weight": 12, "ranks": [3, 1, 2]}
    assert _paper("1:", election) == {"weight": 1, "ranks": []}
    with pytest.raises(ValueError, match="none of the 3 candidates has"):
        _paper("1: 3,31", election)
    assert _paper("1: 3,31", None) == {"weight": 1, "ranks": [3, 31]}
