"""What pages say of a proposal that stands as amended, of a referral, of too many holders, and of
members who came too late to vote: of organisations that only the rules know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from quorate.chapters.calendar import DAY
from support.pure import person, pseudonym
from support.small import Small, founded
from support.year import (
    admit,
    chair,
    dates,
    decided,
    delegates,
    delegates_elected,
    hand_in,
    led,
    opened_vote,
    sitting,
)

pytestmark = pytest.mark.xdist_group("web")
REFERRAL = {"question": "referral", "owner": "steering-committee", "due": 2**43}


def page(small: Small, view: Callable[..., Any], by: str, **fields: object) -> str:
    """The page that the view makes of this organisation, as ``by`` sees it, in one line."""
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.cookie import CookieStorage
    from django.test import RequestFactory

    from quorate.store.standing import Standing
    from quorate.web.lane import lane

    request = RequestFactory().get("/", headers={"host": "localhost"})
    request.state, request.time, request.halted = small.state, small.pure.time, ""
    request.member, request.former, request.guest = by, None, None
    request.user, request.session = AnonymousUser(), {}
    request._messages = CookieStorage(request)
    with patch.object(lane(), "standing", Standing(small.state)):
        return " ".join(view(request, **fields).content.decode().split())


@pytest.fixture
def referred(demo: Path) -> Small:
    """Proposal 1, of whose amendments 2 is adopted, comes back with amendment 3, undecided."""
    small = delegates_elected(founded(agenda='"as-numbered"'))
    first, second = delegates(small)[:2]
    hand_in(small, first)
    for _ in range(2):
        hand_in(small, second, "amendment", amends="proposal", about=1)
    for number in (1, 2, 3):
        admit(small, number)
    sitting(small)
    decided(small, 2, ["for"] * 12)
    return small


def closed(small: Small) -> None:
    led(small)
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()


def test_a_referral_names_what_goes_with_it(referred: Small) -> None:
    from quorate.web.convention.overview import overview
    from quorate.web.convention.voting import vote

    seen = page(referred, overview, chair(referred))
    assert "/act/floor.open_vote?proposal=1&amp;question=referral" in seen
    assert "of number 1, which this amends" in seen
    number = opened_vote(referred, 1, **REFERRAL)
    seen = page(referred, vote, delegates(referred)[0], number=number)
    assert 'that have no outcome go with it: <a href="/bulletin/3">number 3</a>' in seen


def test_next_year_its_pages_say_that_it_stands_as_amended(referred: Small) -> None:
    from quorate.web.bulletin.views import contribution
    from quorate.web.convention.minutes import minutes
    from quorate.web.convention.overview import overview
    from quorate.web.convention.voting import vote

    decided(referred, 1, ["for"] * 12, **REFERRAL)
    closed(referred)
    sitting(delegates_elected(referred))
    decided(referred, 3, ["against"] * 12)
    amended = 'as amended by <a href="/bulletin/2">number 2</a>'
    by = delegates(referred)[0]
    assert amended in page(referred, overview, by)
    assert amended in page(referred, contribution, by, number=1)
    number = opened_vote(referred, 1)
    assert amended in page(referred, vote, by, number=number)
    said = {
        (n, piece.kicker): piece.markdown
        for n in (1, 2)
        for section in minutes(referred.state, n)
        for piece in section.pieces
    }
    assert "with proposal 1, which it amends" in said[1, "ITEM 2 · NUMBER 3 · REFERRED"]
    assert "As amended by number 2." in said[1, "ITEM 3 · NUMBER 1 · REFERRED"]
    assert "As amended by number 2." in said[2, "ITEM 2 · NUMBER 1 · NO OUTCOME YET"]


def test_a_body_with_fewer_seats_than_holders_is_said_to_be_so(demo: Path) -> None:
    from quorate.web.offices.views import overview

    small = delegates_elected(founded(agenda='"as-numbered"'))
    changes = [{"path": "bodies.steering-committee.seats", "value": 3}]
    by = delegates(small)[0]
    admit(small, hand_in(small, by, "amendment", amends="rulebook", changes=changes))
    sitting(small)
    decided(small, 1, ["for"] * 12, "rulebook")
    assert "a mandate is not cut short" not in page(small, overview, by)
    closed(small)
    seen = page(small, overview, by)
    assert seen.count("a mandate is not cut short") == 1
    assert "9 hold it, and it has 3 seats." in seen
    assert "until their term is over" not in seen


def test_an_election_says_how_many_came_too_late_for_it(demo: Path) -> None:
    from quorate.web.elections.views import election

    small = founded()
    small.pure.go_to(small.pure.time + 100 * DAY)
    secretary = small.holder("branch-secretary", "C2")
    new = pseudonym(9000)
    small.pure.do(secretary, "membership.admit", member=new, branch="C2", person=person(9000))
    poll = {"office": "branch-secretary", "place": "C2", **dates(small, 3 * DAY, 3 * DAY)}
    small.pure.do(secretary, "elections.open_poll", **poll)
    seen = page(small, election, new, number=1)
    assert "1 member of Branch C2 came to their branch after" in seen
    assert "and does not" in seen
    small.pure.go_to(poll["opens"])
    assert "You came to your branch on" in page(small, election, new, number=1)
