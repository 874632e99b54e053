"""What goes wrong with one letter concerns that letter only, and the postman goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from support.browser import player

pytestmark = pytest.mark.xdist_group("web")
BAD = "ü,typo@example.org"


@pytest.fixture
def two(demo: Path) -> Iterator[tuple[Any, Any]]:
    """Two letters that are due because of one entry; the first member's address is one that mail
    cannot carry, as older sheets may have it."""
    from quorate.store import outbox
    from quorate.store.models import Account, Letter, LettersUntil, RecordEntry
    from quorate.web.lane import lane

    state = lane().now().state
    outbox.write_down(state, lane().clock.now(state.time))
    Letter.objects.all().delete()
    LettersUntil.objects.update_or_create(pk=1, defaults={"size": state.size})
    rows = RecordEntry.objects.order_by("-sequence")
    entry = next(row.sequence for row in rows if b'"act":"proposals.ask"' in bytes(row.data))
    people = state.membership.members
    here = [m for m in state.membership.branches["NG"].members if people[m].reachable]
    here = [m for m in here if not Account.objects.filter(member=m).exists()]
    account = Account.objects.create(email=BAD, member=here[0])
    yield tuple(Letter.objects.create(entry=entry, member=m) for m in here[:2])  # type: ignore[misc]
    account.delete()
    Letter.objects.all().delete()


def _sent(demo: Path) -> int:
    return len(list((demo / "mail").glob("*.eml")))


def test_the_letter_to_a_good_address_goes_out(
    demo: Path, two: tuple[Any, Any], caplog: pytest.LogCaptureFixture
) -> None:
    from quorate.web.letters import postman

    logging.getLogger("quorate").propagate = True
    for file in (demo / "mail").glob("*.eml"):
        file.unlink()
    assert postman.go_round() == 1
    assert _sent(demo) == 1
    bad, good = two
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.sent, bad.tries, good.sent) == (False, 1, True)
    assert bad.taken_until > good.taken_until - 1, "it is tried again later"
    assert f"{bad.entry}.{bad.member}" in caplog.text
    assert "typo" not in caplog.text
    assert "example.org" not in caplog.text


def test_a_letter_that_cannot_be_written_stops_no_other(
    demo: Path, two: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.web.letters import postman
    from quorate.web.letters.writing import written

    def fails(state: Any, taken: Any, to: str) -> Any:
        if to == BAD:
            raise KeyError(to)
        return written(state, taken, to)

    monkeypatch.setattr(postman, "written", fails)
    assert postman.go_round() == 1
    bad, good = two
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.sent, bad.tries, good.sent) == (False, 1, True)


def test_an_entry_of_which_it_cannot_be_told_whom_it_owes_a_letter_stops_no_other(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.store import outbox
    from quorate.store.letters_owed import Owed
    from quorate.store.models import Letter, LettersUntil
    from quorate.web.acting import doing
    from quorate.web.lane import lane

    state = lane().now().state
    LettersUntil.objects.update_or_create(pk=1, defaults={"size": state.size})
    Letter.objects.all().delete()
    by = player("branch secretary")
    text = {"title": "Heating", "text": "It is cold."}
    for _ in range(2):
        done = doing.do("bulletin.hand_in", {"kind": "perspective", "text": text}, by)
        assert isinstance(done, doing.Done), done
    broken = done.entry

    def to(state: Any, act: Any, occasion: Any) -> list[str]:
        if occasion.sequence == broken:
            raise KeyError("whom")
        return [by]

    owed = Owed(to, lambda *_: True)
    monkeypatch.setattr(outbox, "OWED", {"bulletin.hand_in": owed})
    state = lane().now().state
    outbox.write_down(state, lane().clock.now(state.time))
    assert list(Letter.objects.filter(own=False).values_list("entry", flat=True)) == [broken - 1]
    assert LettersUntil.objects.get(pk=1).size == state.size
    Letter.objects.all().delete()


def test_what_a_mail_server_says_is_logged_without_the_address() -> None:
    from smtplib import SMTPDataError, SMTPRecipientsRefused

    from quorate.web.letters.post import without_address

    refused = SMTPRecipientsRefused({"tess@example.org": (550, b"no tess here")})
    assert without_address(refused) == "SMTPRecipientsRefused: 550"
    said = without_address(SMTPDataError(554, b"<tess@example.org>: not wanted"))
    assert "554" in said
    assert "not wanted" in said
    assert "tess" not in said
    assert "tess" not in without_address(ValueError('only tess could be parsed from "tess,"'))


@pytest.mark.parametrize("error", [ValueError("nobody thought of it"), RecursionError()])
def test_the_rounds_go_on_after_whatever_breaks_off_one(
    demo: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    from quorate.web import rounds

    logging.getLogger("quorate").propagate = True
    begun, gone, again, enough = [], [], threading.Event(), threading.Event()

    def begin() -> None:
        begun.append(1)
        if len(begun) == 1:
            raise error

    def go_round() -> None:
        gone.append(1)
        if len(gone) == 1:
            raise error
        again.set()
        enough.wait()  # the thread has no end but the process's

    rounds.start("test", 0.01, begin, go_round)
    assert again.wait(20)
    assert (len(begun), len(gone)) == (2, 2)
    told = [r for r in caplog.records if r.getMessage().startswith("The test broke off")]
    assert len(told) == 2
    assert all(r.exc_info for r in told), "with its traceback"


class _Connection:
    """A mail server that takes everything."""

    def sendmail(self, *_: object) -> None: ...


_PARTS = st.text("aZ9.,;<>()[]@\"'\\+-_=? üß\u0301:", max_size=12)


@given(st.builds("{}@{}{}".format, _PARTS, _PARTS, st.sampled_from(["", ".org", ".ü", "."])))
@example("tess@example.org")
@example("o'neill+union@müller.example")
@example("=?utf-8?q?a?=@example.org")
@example('"tess,typo"@example.org')
@example(f"x@{'ü' * 70}.de")
@settings(max_examples=1500, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_to_each_address_that_is_taken_a_letter_can_go(demo: Path, address: str) -> None:
    """The oracle is what Django does with a letter before a mail server has it."""
    from django.core.mail import EmailMessage
    from django.core.mail.backends.smtp import EmailBackend

    from quorate.store.mail_addresses import can_be_carried

    if can_be_carried(address):
        backend = EmailBackend()
        backend.connection = _Connection()
        letter = EmailMessage("Subject", "Text", "record@example.org", [address])
        assert backend._send(letter)
        assert len(letter.message()["To"].split("@")) == 2


def test_ordinary_addresses_are_taken() -> None:
    from quorate.store.mail_addresses import can_be_carried

    for address in (
        "tess@example.org",
        "Tess.O'Neill+union@north-gate.example.co.uk",
        "tess=list@müller.example",
        "x@xn--mller-kva.example",
    ):
        assert can_be_carried(address), address
