"""One address, one member, however somebody is admitted; and whoever has left can come back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.browser import client, player

pytestmark = pytest.mark.xdist_group("web")


@pytest.fixture(scope="module")
def secretary(demo: Path) -> Any:
    return client("branch secretary")


def branch() -> str:
    from quorate.web.lane import lane

    return lane().now().state.membership.members[player("branch secretary")].branch


def admit(browser: Any, email: str, name: str = "Sam Vale") -> Any:
    from quorate.store.rows import new_pseudonym

    fields = {
        "member": new_pseudonym(),
        "branch": branch(),
        "person": {"name": name, "email": email},
    }
    body = json.dumps({"act": "membership.admit", "fields": fields})
    return browser.post("/api/acts", body, content_type="application/json")


def size() -> int:
    from quorate.web.lane import lane

    return lane().now().state.size


@pytest.mark.parametrize("again", ["sam@vale.example", "SAM@Vale.example", "  sam@vale.example "])
def test_nobody_is_admitted_twice_with_one_address(secretary: Any, again: str) -> None:
    admit(secretary, "sam@vale.example")
    before = size()
    for name in ("Sam Vale", "Somebody Else"):
        answer = admit(secretary, again, name)
        assert answer.status_code == 422, answer.content
        assert "sam@vale.example already" in answer.json()["faults"]["person"]
    assert size() == before


def test_nor_by_the_form(secretary: Any) -> None:
    admit(secretary, "form@vale.example")
    from quorate.store.rows import new_pseudonym

    before = size()
    given = {"member": new_pseudonym(), "branch": branch(), "person-name": "Sam Vale"}
    page = secretary.post("/act/membership.admit", {**given, "person-email": "form@vale.example"})
    assert page.status_code == 422
    assert "a member has the address form@vale.example already" in page.content.decode()
    assert size() == before
    page = secretary.post("/act/membership.admit", {**given, "person-email": "not an address"})
    assert page.status_code == 422
    assert "not an address is no e-mail address" in page.content.decode()
    assert size() == before


def test_nor_in_one_group(secretary: Any) -> None:
    from quorate.organisation import BadAct
    from quorate.store.handing_in import hand_in
    from quorate.store.recorded import Stopped
    from quorate.store.rows import new_pseudonym
    from quorate.web.lane import lane

    def act() -> Any:
        person = {"name": "Sam Vale", "email": "group@vale.example"}
        fields = {"member": new_pseudonym(), "branch": branch(), "person": person}
        return hand_in("membership.admit", fields, player("branch secretary"))

    before = size()
    with pytest.raises(BadAct, match=r"group@vale\.example already"):
        lane().submit_all([act(), act()])
    assert size() == before + 1
    stopped = lane().submit_together([act()])
    assert isinstance(stopped, Stopped)
    assert isinstance(stopped.because, BadAct)


@pytest.mark.parametrize(
    "email",
    [
        "not an address",
        "a@b",
        "a b@c.example",
        "@c.example",
        "tess@example.org,",
        "tess@example.org;",
        "tess@example.org>",
        "tess,typo@example.org",
        "tess@example..org",
        "tess@[example.org",
        "ü,x@example.org",
        f"{'t' * 244}@example.org",
    ],
)
def test_what_is_no_address_is_named(secretary: Any, email: str) -> None:
    before = size()
    answer = admit(secretary, email)
    assert answer.status_code == 422
    assert "is no e-mail address" in answer.json()["faults"]["person"]
    assert size() == before


def test_in_a_file_its_line_is_named(demo: Path) -> None:
    from quorate.store import rows
    from quorate.web.lane import lane

    table = (
        f"name,email,branch\nTess,tess@example.org,{branch()}\nTom,tom@example.org;,{branch()}\n"
    )
    found = rows.preview(lane().place, lane().now().state, "members", table.encode())
    assert [(row.line, row.faults) for row in found.bad] == [
        (3, ("tom@example.org; is no e-mail address to which a letter can go: correct email",))
    ]


def test_an_address_that_a_member_signs_in_with_is_taken(secretary: Any) -> None:
    from quorate.store.models import Account

    Account.objects.create(email="own@vale.example", member=player("chair of the convention"))
    try:
        assert admit(secretary, "Own@vale.example").status_code == 422
    finally:
        Account.objects.filter(email="own@vale.example").delete()


def test_whoever_may_not_admit_does_not_learn_whose_address_it_is(secretary: Any) -> None:
    admit(secretary, "hidden@vale.example")
    answers = [admit(client("alternate"), f"{who}@vale.example") for who in ("hidden", "nobody")]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].json() == answers[1].json()


def test_whoever_has_left_comes_back(secretary: Any) -> None:
    from quorate.store.handing_in import hand_in
    from quorate.store.people import member_by_mail
    from quorate.web.lane import lane

    assert admit(secretary, "back@vale.example").status_code == 201
    first = member_by_mail(lane().place, lane().now().state, "back@vale.example")
    assert first
    lane().submit(hand_in("membership.resign", {}, first))
    assert admit(secretary, "back@vale.example").status_code == 201
    second = member_by_mail(lane().place, lane().now().state, "back@vale.example")
    assert second not in (None, first)
    assert admit(secretary, "back@vale.example").status_code == 422
