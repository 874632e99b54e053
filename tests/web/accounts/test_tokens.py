"""Tokens end with the sessions, and by themselves; keys that others left behind can be removed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")
NOW = 1_800_000_000_000


@pytest.fixture
def account(demo: Path) -> Iterator[Any]:
    """The account of a member of the demo; nothing of it is left behind."""
    from quorate.store.models import Account, ApiToken
    from quorate.web.lane import lane

    member = sorted(lane().now().state.membership.branches["NG"].members)[7]
    account = Account(email="seven@example.net", member=member)
    account.set_unusable_password()
    account.save()
    yield account
    Account.objects.filter(pk=account.pk).delete()
    ApiToken.objects.filter(member=member).delete()


@pytest.fixture
def browser(account: Any) -> Any:
    browser = client()
    browser.force_login(account)
    return browser


def works(token: str) -> bool:
    answer = client().get("/api/rulebook", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


def make_token(account: Any, name: str = "a program") -> str:
    from quorate.web.api.tokens import make_token

    return make_token(account.member, name)


def key(account: Any, kind: str, made: datetime, **data: Any) -> Any:
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.create(user=account, type=kind, data=data, created_at=made)


def stop_link(account: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The link in the letter to the old address, of a change that somebody asked for."""
    from quorate.web.accounts import addresses
    from quorate.web.letters import post

    letters: list[post.Letter] = []
    monkeypatch.setattr(post, "send", letters.append)
    addresses.ask(account, "thief@example.net", NOW)
    (text,) = [letter.text for letter in letters if letter.to == account.email]
    return next(word for word in text.split() if "/stop/" in word).partition("/account")[2]


def test_signing_out_everywhere_ends_tokens(account: Any, browser: Any) -> None:
    token = make_token(account)
    assert works(token)
    assert browser.post("/account/everywhere").status_code == 302
    assert not works(token)
    assert browser.get("/account/address/").status_code == 302


def test_a_token_ends_by_itself(account: Any) -> None:
    from django.utils import timezone

    from quorate.store.models import ApiToken
    from quorate.web.api.tokens import TERM, tokens_of

    token = make_token(account)
    row = ApiToken.objects.filter(member=account.member)
    row.update(made=timezone.now() - TERM + timedelta(minutes=5))
    assert works(token)
    row.update(made=timezone.now() - TERM - timedelta(seconds=1))
    assert not works(token)
    assert not tokens_of(account.member).exists()
    make_token(account)
    assert row.count() == 1, "one that has ended is not kept"


def test_a_token_shows_when_it_was_last_used_and_when_it_ends(account: Any, browser: Any) -> None:
    from quorate.store.models import ApiToken

    token = make_token(account, "the counter")
    page = browser.get("/account/").content.decode()
    assert "the counter" in page
    assert "not used yet, ends on" in page
    assert works(token)
    used = ApiToken.objects.get(member=account.member).used
    assert used is not None
    assert works(token)
    assert ApiToken.objects.get(member=account.member).used == used, "written down once a day"
    assert f"last used on {used:%-d %B %Y}, ends on" in browser.get("/account/").content.decode()


def shown(browser: Any, account: Any, ago: float) -> None:
    """As if whoever is signed in had shown so many seconds ago who they are."""
    from allauth.account.internal.flows import login

    session = browser.session
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    record = {"method": "code", "at": time.time() - ago}
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [record]
    session.save()


def test_whoever_has_just_signed_in_makes_a_token(account: Any, browser: Any) -> None:
    shown(browser, account, 60)
    page = browser.post("/account/token", {"name": "mine"})
    assert page.status_code == 200
    (token,) = re.findall(r'class="hash">([\w-]{40,})<', page.content.decode())
    assert works(token)


def test_with_nothing_but_mail_one_signs_in_anew(account: Any, browser: Any) -> None:
    from quorate.store.models import ApiToken

    shown(browser, account, 6 * 60)
    answer = browser.post("/account/token", {"name": "mine"})
    assert answer["Location"] == "/account/login/?next=/account/"
    assert not ApiToken.objects.filter(member=account.member).exists()
    assert "Sign in anew to make a token" in browser.get(answer["Location"]).content.decode()
    assert browser.get("/account/address/").status_code == 302, "signed out"


def test_making_a_token_asks_for_a_key(account: Any, browser: Any) -> None:
    """A session that is older than five minutes makes none."""
    from allauth.mfa.models import Authenticator

    from quorate.store.models import ApiToken

    key(account, Authenticator.Type.TOTP, datetime(2026, 1, 1, tzinfo=UTC), secret="x")
    shown(browser, account, 6 * 60)
    answer = browser.post("/account/token", {"name": "mine"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not ApiToken.objects.filter(member=account.member).exists()


def test_stopping_ends_tokens_and_removes_the_keys_that_are_ticked(
    account: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.mfa.models import Authenticator

    asked = datetime.fromtimestamp(NOW / 1000, UTC)
    old = key(account, Authenticator.Type.WEBAUTHN, asked - timedelta(days=15), name="Old")
    new = key(account, Authenticator.Type.WEBAUTHN, asked - timedelta(days=13), name="New")
    kept = key(account, Authenticator.Type.TOTP, asked - timedelta(hours=1), secret="x")
    token = make_token(account)
    link = f"/account{stop_link(account, monkeypatch)}"
    page = client().get(link).content.decode()
    assert all(name in page for name in ("“Old”", "“New”", "An authenticator"))
    assert f'name="remove" value="{new.pk}"' in page
    assert f'value="{old.pk}"' not in page
    assert Authenticator.objects.filter(user=account).count() == 3, "looking removes nothing"
    said = client().post(link, {"remove": [str(new.pk), str(old.pk), "²"]}).content.decode()
    assert "Removed: The passkey “New”." in said
    left = Authenticator.objects.filter(user=account).values_list("pk", flat=True)
    assert set(left) == {old.pk, kept.pk}, "an old one is not removed by a letter"
    assert not works(token)


def test_recovery_codes_go_with_the_last_key(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.mfa.models import Authenticator

    asked = datetime.fromtimestamp(NOW / 1000, UTC)
    only = key(account, Authenticator.Type.TOTP, asked, secret="x")
    key(account, Authenticator.Type.RECOVERY_CODES, asked, seed="x", used_mask=0)
    link = f"/account{stop_link(account, monkeypatch)}"
    assert client().post(link, {"remove": str(only.pk)}).status_code == 200
    assert not Authenticator.objects.filter(user=account).exists()


def test_nobody_elses_keys_are_removed(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.mfa.models import Authenticator

    from quorate.store.models import Account

    other = Account.objects.create(email="other@example.net")
    asked = datetime.fromtimestamp(NOW / 1000, UTC)
    theirs = key(other, Authenticator.Type.TOTP, asked, secret="x")
    link = f"/account{stop_link(account, monkeypatch)}"
    client().post(link, {"remove": str(theirs.pk)})
    assert Authenticator.objects.filter(pk=theirs.pk).exists()
    other.delete()
