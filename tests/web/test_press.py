"""The press sets each print once, and nobody waits in vain."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from support.browser import client
from support.prints import go_on_at, printed

pytestmark = pytest.mark.xdist_group("web")

ISSUE = "/bulletin/issue/1/1.pdf"


class Typesetter:
    """Stands in for typst: it sets what it is given when it may, and counts how often."""

    def __init__(self) -> None:
        self.may = Event()
        self.set: list[Any] = []

    def __call__(self, document: Any) -> bytes:
        assert self.may.wait(30)
        self.set.append(document)
        return b"%PDF- " + document.title.encode()


@pytest.fixture
def typesetter(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typesetter]:
    from quorate.texts import typeset
    from quorate.web import press

    made = Typesetter()
    monkeypatch.setattr(typeset, "pdf", made)
    monkeypatch.setattr(press, "WAIT", 0.2)
    press._prints.clear()
    yield made
    made.may.set()
    press._prints.clear()


def stands(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """What is printed of where each contribution stands."""
    from quorate.web.bulletin import path, views

    monkeypatch.setattr(views, "status", lambda *_: path.Status(words, words))


def test_who_waits_is_told_and_given_it_and_it_is_set_once(typesetter: Typesetter) -> None:
    readers = [client("member"), client("alternate")]
    waiting = [reader.get(ISSUE) for reader in readers]
    for answer in waiting:
        assert answer.status_code == 202
        assert "This is being set in print" in answer.content.decode()
    assert len({go_on_at(answer) for answer in waiting}) == 1
    typesetter.may.set()
    for reader in readers:
        answer = printed(reader.get, ISSUE)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content == b"%PDF- Bulletin 1"
    assert len(typesetter.set) == 1


def test_who_waited_is_given_theirs_though_the_text_has_changed_since(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nobody would see the minutes of a convention that acts faster than they are set."""
    reader = client("member")
    waited = go_on_at(reader.get(ISSUE))
    stands(monkeypatch, "changed since")
    anew = go_on_at(reader.get(ISSUE))
    assert waited != anew
    typesetter.may.set()
    for again in (waited, anew):
        assert printed(reader.get, f"{ISSUE}{again}").status_code == 200
    first, second = typesetter.set
    assert "changed since" not in str(first)
    assert "changed since" in str(second)


def test_nobody_is_given_what_was_erased_since_for_long(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A print from before is given only to who waits, until a minute after it was set."""
    from quorate.web import press

    reader = client("member")
    waited = go_on_at(reader.get(ISSUE))
    typesetter.may.set()
    printed(reader.get, f"{ISSUE}{waited}")
    stands(monkeypatch, "changed since")
    monkeypatch.setattr(press, "COLLECTED", 0)
    printed(reader.get, f"{ISSUE}{waited}")
    assert "changed since" in str(typesetter.set[-1])


def test_who_was_sent_here_by_another_process_joins_what_is_being_set(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two processes send readers to each other for ever, while the record goes on."""
    reader = client("member")
    waited = go_on_at(reader.get(ISSUE))
    stands(monkeypatch, "changed since")
    assert go_on_at(reader.get(f"{ISSUE}?set={'0' * 64}")) == waited
    typesetter.may.set()
    assert printed(reader.get, f"{ISSUE}?set={'0' * 64}").status_code == 200
    assert len(typesetter.set) == 1


def test_no_address_gives_the_print_of_another(typesetter: Typesetter) -> None:
    """Whoever is sent a link to the minutes reads the minutes."""
    from quorate.web import press

    reader = client("member")
    typesetter.may.set()
    printed(reader.get, ISSUE)
    (issue,) = press._prints
    answer = printed(reader.get, f"/convention/1/minutes.pdf?set={issue}")
    assert answer.content.startswith(b"%PDF- Minutes")


def test_those_who_wait_leave_threads_for_others(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four requests wait for a print at a time; the next is shown the page at once."""
    from threading import Thread

    from quorate.web import press

    monkeypatch.setattr(press, "WAIT", 20)
    readers = [client("member") for _ in range(5)]
    held = [Thread(target=reader.get, args=[ISSUE]) for reader in readers[:4]]
    for one in held:
        one.start()
    try:
        while press.WAITING._value:
            assert any(one.is_alive() for one in held)
        assert readers[4].get(ISSUE).status_code == 202
        assert all(one.is_alive() for one in held)
    finally:
        typesetter.may.set()
        for one in held:
            one.join(30)
    assert press.WAITING._value == 4


def test_what_could_not_be_set_is_told_to_who_waits_and_tried_again(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.texts import typeset

    def fails(document: Any) -> bytes:
        typesetter.may.wait(30)
        raise OSError("no space left on device")

    reader = client("member")
    reader.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(typeset, "pdf", fails)
        waited = go_on_at(reader.get(ISSUE))
        typesetter.may.set()
        answer = reader.get(f"{ISSUE}{waited}")
        while go_on_at(answer):
            answer = reader.get(f"{ISSUE}{waited}")
    assert answer.status_code == 500
    assert printed(reader.get, ISSUE).status_code == 200


def test_prints_that_nobody_asks_for_make_room(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.web import press

    monkeypatch.setattr(press, "ROOM", 40)
    typesetter.may.set()
    reader = client("member")
    for text in ("one", "two", "three", "one"):
        stands(monkeypatch, text)
        printed(reader.get, ISSUE)
        printed(reader.get, ISSUE)
    assert len(typesetter.set) == 4, "of sixteen bytes each, two have room"
    assert len(press._prints) <= 3


def test_more_than_can_wait_are_asked_for_again(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.web import press

    monkeypatch.setattr(press, "WAIT", 0)
    reader = client("member")
    for number in range(press.QUEUE + 5):
        stands(monkeypatch, str(number))
        answer = reader.get(ISSUE)
        assert answer.status_code == 202
    assert len(press._prints) == press.QUEUE
    typesetter.may.set()
    assert printed(reader.get, f"{ISSUE}{go_on_at(answer)}").status_code == 200


def test_a_server_that_is_stopped_sets_nothing_before_it_ends() -> None:
    program = (
        "import time; from quorate.web import press\n"
        "press._asked('/slow.pdf', 'a text', lambda _: time.sleep(60) or b'')\n"
        "time.sleep(0.5); print('ends', flush=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "ends\n"
