"""Whatever is done in a member's name is announced to them, whoever did it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from support.browser import player

pytestmark = pytest.mark.xdist_group("web")
HAND_IN = {"kind": "perspective", "text": {"title": "Heating", "text": "It is cold."}}


@pytest.fixture
def outbox(demo: Path) -> Iterator[Any]:
    """Nothing is to be sent of what was done before."""
    from quorate.store import outbox
    from quorate.store.models import Letter
    from quorate.web.lane import lane

    _written_down(outbox)
    Letter.objects.all().delete()
    yield outbox
    Letter.objects.all().delete()
    assert lane().now()


def _written_down(outbox: Any) -> int:
    """The moment in ms, once every entry was looked at."""
    from quorate.web.lane import lane

    state = lane().now().state
    now: int = lane().clock.now(state.time)
    outbox.write_down(state, now)
    return now


def _do(by: str, act: str, **fields: Any) -> None:
    from quorate.web.acting import doing

    answer = doing.do(act, fields, by)
    assert isinstance(answer, doing.Done), answer


def _all_due(outbox: Any, now: int) -> dict[str, list[str]]:
    """Who is told of what, of the letters due then, in the order in which it was done."""
    told: dict[str, list[str]] = {}
    while (taken := outbox.take(now)) is not None:
        told.setdefault(taken.member, []).extend(act.name for act in reversed(taken.acts))
        outbox.was_sent(taken)
    return told


def test_an_act_is_announced_within_the_hour_with_what_else_was_done(outbox: Any) -> None:
    from quorate.store.announcing import WAIT

    one, other = player("member"), player("secretary")
    _do(one, "bulletin.hand_in", **HAND_IN)
    first = _written_down(outbox)
    _do(one, "membership.be_reachable", yes=True)
    _do(other, "membership.be_reachable", yes=True)
    last = _written_down(outbox)
    assert outbox.take(first + WAIT - 1) is None
    assert _all_due(outbox, last + WAIT) == {
        one: ["bulletin.hand_in", "membership.be_reachable"],
        other: ["membership.be_reachable"],
    }


def test_what_is_done_while_a_letter_goes_is_in_the_next_one(outbox: Any) -> None:
    from quorate.store.announcing import WAIT

    member = player("member")
    _do(member, "membership.be_reachable", yes=True)
    now = _written_down(outbox)
    under_way = outbox.take(now + WAIT)
    _do(member, "membership.be_reachable", yes=False)
    now = _written_down(outbox)
    outbox.was_sent(under_way)
    assert [act.act.yes for act in under_way.acts] == [True]
    following = outbox.take(now + WAIT)
    assert [act.act.yes for act in following.acts] == [False]
    outbox.was_sent(following)
    assert outbox.take(now + 2 * WAIT) is None


def test_a_letter_that_is_tried_again_tells_the_same(outbox: Any) -> None:
    from quorate.store.announcing import WAIT

    member = player("member")
    _do(member, "membership.be_reachable", yes=True)
    now = _written_down(outbox) + WAIT
    first = outbox.take(now)
    _do(member, "membership.be_reachable", yes=True)
    _written_down(outbox)
    outbox.not_sent(first, now)
    again = [outbox.take(now + 10 * WAIT), outbox.take(now + 10 * WAIT)]
    assert again[0] == first
    assert again[1].entry == first.entry + 1


def test_the_letter_says_what_and_when_and_where_to_look(demo: Path, outbox: Any) -> None:
    from quorate.store.announcing import WAIT
    from quorate.web.letters import post, postman
    from quorate.web.letters.writing import written

    member = player("member")
    _do(member, "bulletin.hand_in", **HAND_IN)
    _do(member, "membership.be_reachable", yes=True)
    now = _written_down(outbox)
    taken = outbox.take(now + WAIT)
    from quorate.web.lane import lane

    for file in (demo / "mail").glob("*.eml"):
        file.unlink()
    post.send(written(lane().now().state, taken, postman.address_of(member)))
    (file,) = (demo / "mail").glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "Done in your name: 2 acts"
    said = letter.get_content()
    assert said.index("Hand in a contribution") < said.index("Whether others may write to me")
    assert f"entry {taken.acts[0].occasion.sequence:,}" in said
    assert "/account/receipts" in said
    assert "It is cold" not in said, "a letter does not carry what was handed in"


def test_what_falls_due_by_itself_and_the_founding_are_nobodys(demo: Path) -> None:
    from quorate.store.announcing import is_somebodys

    assert not is_somebodys("founder")
    assert not is_somebodys("rulebook")
    assert is_somebodys(player("member"))
