"""An account's address: who has one, and how it is changed, by the clock."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from support.browser import client
from support.caught import MEMBER, caught_by

pytestmark = pytest.mark.xdist_group("web")
NOW = 1_800_000_000_000
DAY = 86_400_000


@pytest.fixture
def account(demo: Path) -> Any:
    """The account of a member of the demo, and nothing of it left behind."""
    from quorate.store.keeping import sheets
    from quorate.store.models import Account, AddressChange
    from quorate.web.accounts.signing_in import prepare
    from quorate.web.lane import lane

    for letter in (demo / "mail").glob("*.eml"):
        letter.unlink()
    state = lane().now().state
    member = sorted(state.membership.branches["NG"].members)[5]
    person = state.membership.members[member].person
    email = sheets(lane().place.sealing_key, [person])[person].email
    prepare(email.upper(), state, NOW)
    account = Account.objects.get(member=member)
    yield account
    Account.objects.all().delete()
    assert not AddressChange.objects.exists()


def letters(demo: Path, to: str) -> list[str]:
    """What was written to this address, in any order."""
    found = []
    for file in (demo / "mail").glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        if letter["To"] == to:
            found.append(letter.get_content())
    return found


def secret(demo: Path, to: str, what: str) -> str:
    text = "\n".join(letters(demo, to))
    return re.findall(rf"/account/address/{what}/(\S+)", text)[-1]


def signs_in(email: str, now: int) -> bool:
    """Whether a code would be sent to this address."""
    from allauth.account.internal.userkit import filter_users_by_email

    from quorate.web.accounts.signing_in import prepare
    from quorate.web.lane import lane

    prepare(email, lane().now().state, now)
    return bool(filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True))


def test_one_member_one_account(account: Any) -> None:
    from quorate.store.models import Account
    from quorate.web.accounts.signing_in import prepare
    from quorate.web.lane import lane

    for _ in range(3):
        prepare(account.email, lane().now().state, NOW)
    assert Account.objects.count() == 1
    prepare("nobody@example.com", lane().now().state, NOW)
    assert Account.objects.count() == 1


@caught_by(MEMBER)
def test_the_new_address_waits_for_three_days(demo: Path, account: Any) -> None:
    from quorate.store.models import AddressChange
    from quorate.web.accounts import addresses
    from quorate.web.lane import lane

    old, state = account.email, lane().now().state
    addresses.ask(account, "one@new.example", NOW)
    change = addresses.to_confirm(secret(demo, "one@new.example", "confirm"))
    assert change is not None
    assert addresses.confirm(change, state, NOW + 1) == "waits"
    last = NOW + 3 * DAY - 1
    assert signs_in(old, last)
    assert not signs_in("one@new.example", last)
    assert signs_in("one@new.example", last + 1)
    assert not signs_in(old, last + 1), "the sheet's address signs in no more"
    assert not AddressChange.objects.exists()


def test_without_a_yes_it_never_changes(demo: Path, account: Any) -> None:
    from quorate.web.accounts import addresses
    from quorate.web.lane import lane

    old = account.email
    addresses.ask(account, "two@new.example", NOW)
    assert signs_in(old, NOW + 30 * DAY)
    assert not signs_in("two@new.example", NOW + 30 * DAY)
    change = addresses.to_confirm(secret(demo, "two@new.example", "confirm"))
    assert change is not None
    assert addresses.confirm(change, lane().now().state, NOW + 31 * DAY) == "changed"
    assert signs_in("two@new.example", NOW + 31 * DAY)


def test_a_second_wish_starts_the_time_anew(demo: Path, account: Any) -> None:
    from quorate.web.accounts import addresses
    from quorate.web.lane import lane

    old = account.email
    addresses.ask(account, "three@new.example", NOW)
    first = secret(demo, "three@new.example", "confirm")
    addresses.ask(account, "four@new.example", NOW + 2 * DAY)
    assert addresses.to_confirm(first) is None
    change = addresses.to_confirm(secret(demo, "four@new.example", "confirm"))
    assert change is not None
    addresses.confirm(change, lane().now().state, NOW + 2 * DAY)
    assert signs_in(old, NOW + 4 * DAY)
    assert not signs_in("four@new.example", NOW + 4 * DAY)
    assert signs_in("four@new.example", NOW + 5 * DAY)


def test_getting_the_mailed_pages_changes_nothing(demo: Path, account: Any) -> None:
    from quorate.store.models import AddressChange
    from quorate.web.accounts import addresses

    addresses.ask(account, "five@new.example", NOW)
    browser = client()
    before = AddressChange.objects.values().get()
    links = (
        f"confirm/{secret(demo, 'five@new.example', 'confirm')}",
        f"stop/{secret(demo, account.email, 'stop')}",
    )
    for link in links:
        for method in (browser.get, browser.head, browser.options):
            assert method(f"/account/address/{link}").status_code in (200, 405)
            assert AddressChange.objects.values().get() == before
    assert browser.post(f"/account/address/{links[1]}").status_code == 200
    assert not AddressChange.objects.exists()
    assert browser.post(f"/account/address/{links[0]}").status_code == 404


@caught_by(MEMBER)
def test_anothers_address_is_not_taken_over(demo: Path, account: Any) -> None:
    from quorate.store.keeping import sheets
    from quorate.web.accounts import addresses
    from quorate.web.lane import lane

    state = lane().now().state
    other = sorted(state.membership.branches["NG"].members)[6]
    person = state.membership.members[other].person
    theirs = sheets(lane().place.sealing_key, [person])[person].email
    addresses.ask(account, theirs, NOW)
    change = addresses.to_confirm(secret(demo, theirs, "confirm"))
    assert change is not None
    assert addresses.confirm(change, state, NOW + 9 * DAY) == "taken"
    addresses.withdraw(change)


def test_without_an_announcement_nothing_changes(
    demo: Path, account: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.store.models import AddressChange
    from quorate.web.accounts import addresses
    from quorate.web.letters import post

    def fails(letter: post.Letter) -> None:
        raise post.NotSent("no mail server")

    monkeypatch.setattr(post, "send", fails)
    browser = client()
    browser.force_login(account)
    page = browser.post("/account/address/", {"email": "six@new.example"})
    assert "No letter could be sent, so nothing was changed" in page.content.decode()
    assert not AddressChange.objects.exists()
    with pytest.raises(post.NotSent):
        addresses.ask(account, "six@new.example", NOW)


def test_only_our_own_addresses_are_reachable(demo: Path, account: Any) -> None:
    browser = client()
    browser.force_login(account)
    for page in (
        "email/",
        "password/set/",
        "password/change/",
        "password/reset/",
        "confirm-email/",
    ):
        assert browser.get(f"/account/{page}").status_code == 404
    assert client().get("/account/signup/").status_code == 302
