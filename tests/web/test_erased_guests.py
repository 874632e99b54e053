"""A guest whose sheet was erased: nobody reads their name any more, nowhere, and the record says
which act did it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.browser import client
from support.command import quorate, verified

pytestmark = pytest.mark.xdist_group("web")

NAME = "Ottilie Marsh"
SALT = "6b" * 32
SHEET = {"name": NAME, "email": "ottilie@example.net", "organisation": "the ferrymen", "salt": SALT}


def state() -> Any:
    from quorate.web.lane import lane

    return lane().now().state


def inviting() -> str:
    convention = state().floor.conventions[state().floor.current]
    member: str = state().offices.now[convention.rules.delegates.guests_by, ""][0].member
    return member


def done(act: str, by: str, **fields: Any) -> int:
    from quorate.web.acting import doing

    answer = doing.do(act, fields, by)
    assert isinstance(answer, doing.Done), answer
    return answer.entry


def rows(person: str) -> int:
    from quorate.store.models import Document, PersonalSheet

    kept = PersonalSheet.objects.filter(commitment=person).count()
    return kept + Document.objects.filter(commitment=person).count()


def signed_in(who: str) -> Any:
    browser = client()
    browser.post("/play", {"member": who})
    return browser


def page(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    text: str = answer.content.decode()
    return text


@pytest.fixture
def guest(demo: Path) -> str:
    """Somebody who was invited and whose invitation has ended."""
    from quorate.store.rows import new_guest

    who = new_guest()
    sheet = {**SHEET, "salt": (who[2:].encode().hex() + SALT)[:64]}
    done("delegates.invite", inviting(), guest=who, person=sheet)
    assert NAME in page(client("member"), "/convention")
    done("delegates.end_invitation", inviting(), guest=who)
    return who


def known(who: str) -> Any:
    return state().delegates.assemblies[state().floor.current].guests[who]


def minutes() -> str:
    from quorate.web.convention.minutes import minutes as told

    return repr(told(state(), state().floor.current))


def test_it_is_offered_where_invitations_are_ended(guest: str) -> None:
    link = f"/act/delegates.erase_guest?guest={guest}"
    desk = signed_in(inviting())
    assert link in page(desk, "/convention")
    form = page(desk, link)
    assert NAME in form
    assert "Have a guest" in form
    assert link not in page(client("branch secretary"), "/convention")
    assert desk.post("/act/delegates.erase_guest", {"guest": guest}).status_code == 302
    assert rows(known(guest).person) == 0
    after = page(desk, "/convention")
    assert link not in after
    assert NAME not in after


def test_nobody_reads_the_name_any_more(guest: str, demo: Path, tmp_path: Path) -> None:
    person = known(guest).person
    assert NAME in minutes()
    assert rows(person) == 1
    browser = signed_in(guest)
    entry = done("delegates.erase_guest", inviting(), guest=guest)
    assert rows(person) == 0
    assert NAME not in minutes()
    assert "a former guest" in minutes()
    assert "missing" not in minutes()
    assert "You are a guest" not in page(browser, "/")
    for address in ("/convention", f"/record/{entry}", "/play"):
        assert NAME not in page(client("member"), address)
    shown = client("member").get(f"/api/conventions/{state().floor.current}/seats")
    assert next(g for g in shown.json()["guests"] if g["id"] == guest)["erased"] is True

    for name, more in (("public", ()), ("moving", ("--with-people",))):
        out = tmp_path / name
        quorate("export", demo, out, *more)
        assert person not in "".join(p.read_text() for p in out.glob("*.jsonl"))
        found = verified(out, "--key", demo / "record.vkey")
        assert found["sound"], found["findings"]
        assert entry in found["erased_by"]["delegates.erase_guest"]
    told = " ".join(quorate("verify", tmp_path / "public").stdout.split())
    assert "By delegates.erase_guest: entr" in told
    assert f"{entry:,}" in told.split("delegates.erase_guest")[1]


def test_it_is_erased_again_where_it_is_still_there(guest: str) -> None:
    from quorate.store import erasing
    from quorate.store.models import PersonalSheet

    person = known(guest).person
    sheet = PersonalSheet.objects.get(commitment=person)
    done("delegates.erase_guest", inviting(), guest=guest)
    PersonalSheet.objects.bulk_create([sheet])  # a database restored in part
    assert erasing.repair(state()) == 1
    assert rows(person) == 0
    assert erasing.repair(state()) == 0


def test_whatever_was_made_for_the_guest_goes_too(guest: str) -> None:
    """Nobody signs in as a guest; should there be an account, or a token, or a letter."""
    from quorate.store.models import Account, Answered, ApiToken
    from quorate.web.api.tokens import make_token

    Account.objects.create(email="ottilie@example.net", member=guest)
    make_token(guest, "a program")
    before = Answered.objects.count()
    done("delegates.erase_guest", inviting(), guest=guest)
    assert not Account.objects.filter(member=guest).exists()
    assert not ApiToken.objects.filter(member=guest).exists()
    assert Answered.objects.count() <= before


def test_it_does_not_come_back_with_the_same_words_and_salt(demo: Path) -> None:
    from quorate.store.rows import new_guest
    from quorate.web.acting import doing

    who = new_guest()
    done("delegates.invite", inviting(), guest=who, person=SHEET)
    done("delegates.end_invitation", inviting(), guest=who)
    person = known(who).person
    done("delegates.erase_guest", inviting(), guest=who)
    again = doing.do("delegates.invite", {"guest": new_guest(), "person": SHEET}, inviting())
    assert isinstance(again, doing.Refused), again
    assert again.rule == "delegates.guests_by"
    assert rows(person) == 0
