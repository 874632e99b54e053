"""What is remembered of an act handed in under an idempotency key gives nothing of it away."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from quorate import commitments
from quorate.record import canonical
from support.browser import client, player

pytestmark = pytest.mark.xdist_group("web")
ONE, OTHER = bytes(32), bytes([1]) * 32
ADA, BEN = "m-aaaaaaaaaaaaaaaa", "m-bbbbbbbbbbbbbbbb"


def digest(sealing_key: bytes, by: str, key: str, choice: str) -> str:
    from quorate.store import answered
    from quorate.store.handing_in import hand_in

    fields = {"vote": 1, "choice": choice}
    return answered.digest(sealing_key, hand_in("floor.vote", fields, by, key=key))


def test_the_digest_is_another_in_another_organisation(demo: Path) -> None:
    first = digest(ONE, ADA, "k", "for")
    assert first == digest(ONE, ADA, "k", "for")
    assert first != digest(OTHER, ADA, "k", "for")


def test_two_who_vote_the_same_do_not_look_the_same(demo: Path) -> None:
    every = [
        digest(ONE, by, key, choice)
        for by in (ADA, BEN)
        for key in ("k", "l")
        for choice in ("for", "against")
    ]
    assert len(set(every)) == len(every) == 8


def test_what_was_asked_cannot_be_guessed_from_the_database(demo: Path) -> None:
    """Whoever reads the row knows who, when and under which key, and tries every answer."""
    from quorate.store.models import Answered
    from quorate.web.lane import lane

    browser, by = client("alternate"), player("alternate")
    reachable = lane().now().state.membership.members[by].reachable
    body = {"act": "membership.be_reachable", "fields": {"yes": not reachable}}
    headers = {"Idempotency-Key": "guess"}
    answer = browser.post("/api/acts", body, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content
    row = Answered.objects.get(by=by, key="guess")
    for guess in guesses(body, by):
        data = canonical.encode(guess)
        assert row.request != hashlib.sha256(data).hexdigest()
        assert row.request != commitments.commit(data, bytes(32), "quorate/request")


def guesses(body: dict[str, Any], by: str) -> list[Any]:
    return [body, {"by": by, "key": "guess", "asked": body}]
