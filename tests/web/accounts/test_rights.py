"""What an account may do comes from the state; what its owner asks to be erased is erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")


@pytest.fixture
def newcomer(demo: Path) -> Any:
    """Somebody just admitted, with an account, a token and a browser in which they are signed in:
    (pseudonym, browser, token)."""
    from quorate.store.models import Account
    from quorate.web.api.tokens import make_token

    member = admitted("kim@example.net")
    account = Account.objects.create(email="kim@example.net", member=member)
    browser = client()
    browser.force_login(account)
    yield member, browser, make_token(member, "a program")
    Account.objects.all().delete()


def admitted(email: str) -> str:
    from quorate.store.handing_in import hand_in
    from quorate.store.recorded import Recorded
    from quorate.store.rows import new_pseudonym
    from quorate.web.lane import lane

    member = new_pseudonym()
    person = {"name": "Kim Doyle", "email": email}
    state = lane().now().state
    secretary = state.offices.now["branch-secretary", "NG"][0].member
    fields = {"member": member, "branch": "NG", "person": person}
    act = hand_in("membership.admit", fields, secretary, key=member)
    assert isinstance(lane().submit(act), Recorded)
    return member


def sheets(member: str) -> int:
    from quorate.store.models import PersonalSheet
    from quorate.web.lane import lane

    person = lane().now().state.membership.members[member].person
    return PersonalSheet.objects.filter(commitment=person).count()


def remembered(member: str) -> int:
    """How many answers are remembered: to the member, or to whoever handed their sheet in."""
    from quorate.store.models import Answered
    from quorate.web.lane import lane

    person = lane().now().state.membership.members[member].person
    return Answered.objects.filter(sheet=person).union(Answered.objects.filter(by=member)).count()


def test_an_account_carries_no_rights(newcomer: Any) -> None:
    from quorate.store.models import Account

    _, browser, _ = newcomer
    flags = {field.name for field in Account._meta.get_fields()}
    assert not flags & {"is_staff", "is_superuser", "groups", "user_permissions"}
    assert browser.post("/act/floor.call", {"place": "here"}).status_code in (409, 422)
    assert browser.post("/act/membership.resign").status_code == 302
    page = browser.post("/act/membership.transfer", {"branch": "NG"})
    assert page.status_code == 409
    assert "resigned" in page.content.decode()


@pytest.mark.parametrize("way", ["page", "form", "api", "in bulk", "command"])
def test_erasing_removes_sheet_and_account_whatever_the_way(
    demo: Path, newcomer: Any, way: str
) -> None:
    from quorate.store.handing_in import hand_in
    from quorate.store.models import Account, ApiToken
    from quorate.store.recorded import Recorded
    from quorate.web.lane import lane
    from support.command import quorate

    member, browser, token = newcomer
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    assert browser.post("/account/erase").status_code == 302, "not while a member"
    assert browser.post("/act/membership.erase").status_code == 409
    assert browser.post("/act/membership.resign", {"idempotency-key": "r"}).status_code == 302
    assert sheets(member) == 1
    assert remembered(member) == 2
    assert browser.get("/account/").status_code == 200
    assert client().get("/api/rulebook", **bearer).status_code == 401, "reads no more"
    if way == "page":
        assert browser.post("/account/erase").status_code == 200
    elif way == "form":
        assert browser.post("/act/membership.erase").status_code == 302
    elif way == "api":
        act = {"act": "membership.erase", "fields": {}}
        bearer["HTTP_IDEMPOTENCY_KEY"] = "erase"
        answer = client().post("/api/acts", act, content_type="application/json", **bearer)
        assert answer.status_code == 201, answer.content
    elif way == "in bulk":
        other = admitted("lee@example.net")
        acts = [("membership.resign", other), ("membership.erase", other)]
        handed_in = [hand_in(name, {}, by) for name, by in acts]
        answers = lane().submit_all([*handed_in, hand_in("membership.erase", {}, member)])
        assert all(isinstance(answer, Recorded) for answer in answers)
        assert sheets(other) == 0
    else:
        quorate("act", demo, "membership.erase", "--as", member)
    assert sheets(member) == 0
    assert remembered(member) == 0
    assert not Account.objects.filter(member=member).exists()
    assert not ApiToken.objects.filter(member=member).exists()
    assert browser.post("/act/membership.erase").status_code == 403


def test_what_was_erased_and_is_still_there_is_erased_at_the_start(newcomer: Any) -> None:
    from quorate.store import erasing
    from quorate.store.models import PersonalSheet
    from quorate.web.lane import lane

    member, browser, _ = newcomer
    browser.post("/act/membership.resign")
    person = lane().now().state.membership.members[member].person
    sheet = PersonalSheet.objects.get(commitment=person)
    browser.post("/act/membership.erase")
    assert sheets(member) == 0
    PersonalSheet.objects.bulk_create([sheet])  # a database restored in part
    assert erasing.repair(lane().now().state) == 1
    assert sheets(member) == 0
    assert erasing.repair(lane().now().state) == 0


def test_a_refused_erasing_erases_nothing(newcomer: Any) -> None:
    from quorate.chapters.clause import Refusal
    from quorate.store.handing_in import hand_in
    from quorate.web.lane import lane

    member, _, _ = newcomer
    assert isinstance(lane().submit(hand_in("membership.erase", {}, member)), Refusal)
    assert sheets(member) == 1
