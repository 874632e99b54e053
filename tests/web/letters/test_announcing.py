"""Whatever is done in a member's name is announced to them, whoever did it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from support.browser import player
from support.caught import MEMBER, caught_by

pytestmark = pytest.mark.xdist_group("web")
SAID = "It is cold in the hall."


@pytest.fixture
def outbox(demo: Path) -> Iterator[Any]:
    """Nothing is to be sent of what was done before."""
    from quorate.store import outbox
    from quorate.store.models import Letter

    _written_down(outbox)
    Letter.objects.all().delete()
    yield outbox
    Letter.objects.all().delete()


def _written_down(outbox: Any) -> int:
    """The moment in ms, once every entry was looked at."""
    from quorate.web.lane import lane

    state = lane().now().state
    now: int = lane().clock.now(state.time)
    outbox.write_down(state, now)
    return now


def _writes(by: str) -> int:
    """They hand in a text; gives its entry."""
    from quorate.web.acting import doing

    text = {"title": "Heating", "text": SAID}
    answer = doing.do("bulletin.hand_in", {"kind": "perspective", "text": text}, by)
    assert isinstance(answer, doing.Done), answer
    return answer.entry


def _withdraws_last(by: str) -> int:
    from quorate.web.acting import doing
    from quorate.web.lane import lane

    last = max(lane().now().state.bulletin.contributions)
    answer = doing.do("bulletin.withdraw", {"contribution": last}, by)
    assert isinstance(answer, doing.Done), answer
    return answer.entry


def _entries(taken: Any) -> list[int]:
    return [act.occasion.sequence for act in reversed(taken.acts)]


def test_an_act_is_announced_within_the_hour_with_what_else_was_done(outbox: Any) -> None:
    from quorate.store.announcing import WAIT

    one, other = player("member"), player("branch secretary")
    done = {one: [_writes(one)]}
    first = _written_down(outbox)
    done[one].append(_withdraws_last(one))
    done[other] = [_writes(other)]
    last = _written_down(outbox)
    assert outbox.take(first + WAIT - 1) is None
    letters = [outbox.take(last + WAIT) for _ in done]
    assert {letter.member: _entries(letter) for letter in letters} == done
    assert outbox.take(last + WAIT) is None


def test_what_is_done_while_a_letter_goes_is_in_the_next_one(outbox: Any) -> None:
    from quorate.store.announcing import WAIT

    member = player("member")
    first = _writes(member)
    under_way = outbox.take(_written_down(outbox) + WAIT)
    second = _writes(member)
    now = _written_down(outbox)
    outbox.was_sent(under_way)
    following = outbox.take(now + WAIT)
    outbox.was_sent(following)
    assert (_entries(under_way), _entries(following)) == ([first], [second])
    assert outbox.take(now + 2 * WAIT) is None


def test_a_letter_that_is_tried_again_tells_the_same(outbox: Any) -> None:
    from quorate.store.announcing import WAIT

    member = player("member")
    _writes(member)
    now = _written_down(outbox) + WAIT
    first = outbox.take(now)
    later = _writes(member)
    _written_down(outbox)
    outbox.not_sent(first, now)
    again, following = (outbox.take(now + 10 * WAIT) for _ in range(2))
    assert again == first
    assert _entries(following) == [later]


def test_the_letter_says_what_and_when_and_where_to_look(demo: Path, outbox: Any) -> None:
    from quorate.store.announcing import WAIT
    from quorate.web.lane import lane
    from quorate.web.letters import post, postman
    from quorate.web.letters.writing import written

    member = player("member")
    entries = [_writes(member), _withdraws_last(member)]
    taken = outbox.take(_written_down(outbox) + WAIT)
    for file in (demo / "mail").glob("*.eml"):
        file.unlink()
    post.send(written(lane().now().state, taken, postman.address_of(member)))
    (file,) = (demo / "mail").glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "Done in your name: 2 acts"
    said = letter.get_content()
    assert said.index("Hand in a contribution") < said.index("Withdraw a contribution")
    assert all(f"(entry {entry:,})" in said for entry in entries)
    assert "/account/receipts" in said
    assert SAID not in said, "a letter does not carry what was handed in"


@caught_by(MEMBER)
def test_what_the_keeper_does_in_a_members_name_is_told_to_them(outbox: Any) -> None:
    """Past every page, with the lane itself."""
    from quorate.store.announcing import WAIT
    from quorate.store.handing_in import hand_in
    from quorate.web.lane import lane

    member = player("member")
    known = lane().now().state.membership.members[member].reachable
    receipt = lane().submit(hand_in("membership.be_reachable", {"yes": not known}, member))
    letter = outbox.take(_written_down(outbox) + WAIT)
    assert (letter.member, _entries(letter)) == (member, [receipt.sequence])


def test_what_falls_due_by_itself_and_the_founding_are_nobodys(demo: Path) -> None:
    from quorate.chapters.secret.trustee_id import trustee_id
    from quorate.store.announcing import is_somebodys

    assert not is_somebodys("founder")
    assert not is_somebodys("rulebook")
    assert not is_somebodys(trustee_id("ab" * 32))
    assert is_somebodys(player("member"))
