"""The outbox: a letter is taken by one process, and by the next where that one dies."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")
MINUTE = 60_000


@pytest.fixture
def owed(demo: Path) -> Iterator[Any]:
    """A letter that the demo's request to Northgate owes to one of its members, and a moment."""
    from quorate.store import outbox
    from quorate.store.models import Letter, LettersUntil, RecordEntry
    from quorate.web.lane import lane

    Letter.objects.all().delete()
    state = lane().now().state
    rows = RecordEntry.objects.order_by("-sequence")
    entry = next(row.sequence for row in rows if b'"act":"proposals.ask"' in bytes(row.data))
    member = next(
        m for m in state.membership.branches["NG"].members if state.membership.members[m].reachable
    )
    LettersUntil.objects.update_or_create(pk=1, defaults={"size": state.size})
    letter = Letter.objects.create(entry=entry, member=member)
    assert outbox.take(-1) is None, "nothing is due before its time"
    yield letter
    Letter.objects.all().delete()


def test_a_letter_is_taken_by_one_and_after_a_minute_by_the_next(owed: Any) -> None:
    from quorate.store import outbox

    first = outbox.take(1_000)
    assert first is not None
    assert (first.entry, first.member) == (owed.entry, owed.member)
    assert outbox.take(1_000) is None
    assert outbox.take(1_000 + MINUTE - 1) is None
    again = outbox.take(1_000 + MINUTE)
    assert again == first
    outbox.was_sent(again)
    assert outbox.take(10**15) is None


def test_what_cannot_be_sent_is_tried_ever_more_rarely_and_given_up(owed: Any) -> None:
    from quorate.store import outbox

    now, tries = 0, []
    while (taken := outbox.take(now)) is not None:
        tries.append(now)
        outbox.not_sent(taken, now)
        owed.refresh_from_db()
        assert outbox.take(owed.taken_until - 1) is None
        now = owed.taken_until
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits == [MINUTE * 2**n for n in range(1, outbox.TRIES)]


def test_whoever_does_not_want_it_any_more_gets_none(demo: Path, owed: Any) -> None:
    from quorate.web.acting import doing
    from quorate.web.letters import postman

    before = set((demo / "mail").glob("*.eml"))
    assert isinstance(doing.do("membership.be_reachable", {"yes": False}, owed.member), doing.Done)
    assert postman.go_round() == 0
    assert set((demo / "mail").glob("*.eml")) == before
    owed.refresh_from_db()
    assert owed.sent, "as far as anybody is concerned"
    assert isinstance(doing.do("membership.be_reachable", {"yes": True}, owed.member), doing.Done)


def test_a_letter_sent_again_is_the_same_letter(demo: Path, owed: Any) -> None:
    from quorate.store.models import Letter
    from quorate.web.letters import postman

    for file in (demo / "mail").glob("*.eml"):
        file.unlink()
    assert postman.go_round() == 1
    (file,) = (demo / "mail").glob("*.eml")
    first = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert first["To"] == postman.address_of(owed.member)
    assert postman.go_round() == 0
    Letter.objects.update(sent=False, taken_until=0)  # its sender died before it said so
    assert postman.go_round() == 1
    (file,) = (demo / "mail").glob("*.eml")
    assert (
        message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"]
        == (first["Message-ID"])
    )


def test_each_entry_is_looked_at_once(owed: Any) -> None:
    from quorate.store import outbox
    from quorate.store.models import Letter, LettersUntil
    from quorate.web.lane import lane

    state = lane().now().state
    Letter.objects.all().delete()
    LettersUntil.objects.update(size=0)
    asked = state.proposals
    moment = max(r.time for p in asked.proposals.values() for r in p.requests)
    assert outbox.write_down(state, moment) == state.size
    written = Letter.objects.count()
    assert written > 0
    assert outbox.write_down(state, moment) == 0
    LettersUntil.objects.update(size=0)
    outbox.write_down(state, moment)
    assert Letter.objects.count() == written, "one letter an entry and member"
    LettersUntil.objects.update(size=0)
    Letter.objects.all().delete()
    outbox.write_down(state, moment + outbox.STALE + 1)
    assert not Letter.objects.filter(own=False), "old requests write no letters"


def test_what_goes_wrong_with_a_code_is_not_seen_from_outside(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether an address is a member's cannot be told from the answer, even when mail fails."""
    from quorate.store.models import Account
    from quorate.web.letters import post

    def fails(letter: post.Letter) -> None:
        raise post.NotSent("no mail server")

    monkeypatch.setattr(post, "send", fails)
    known = Account.objects.create(email="known@example.net", member="m-aaaaaaaaaaaaaaaa")
    answers = []
    for email in (known.email, "unknown@example.net"):
        browser = client()
        answer = browser.post("/account/login/", {"email": email}, follow=True)
        page = answer.content.decode().replace(email, "EMAIL")
        answers.append((answer.status_code, answer.redirect_chain, _without_tokens(page)))
    assert answers[0] == answers[1]
    known.delete()


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", page)
