"""The ballot that a page shows, and how what was typed on it becomes a ballot, by every rule."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from immutables import Map

from quorate.chapters.elections.open_ballots import ranks
from quorate.chapters.elections.remembers import NO_TERMS, Candidate, Election, Terms

pytestmark = pytest.mark.xdist_group("web")

MEMBERS = [f"m-{letter * 16}" for letter in "abcd"]


def election(count: str, terms: Terms = NO_TERMS, seats: int = 3) -> Election:
    standing = tuple(Candidate(member, member, 0, accepted=True) for member in MEMBERS)
    body = ("body", "steering-committee", "", seats, count, "seats", 0, 9)
    return Election(1, 1, *body, candidates=standing, terms=terms)


def typed(one: Election, **fields: str) -> str:
    """The ballot made of a form that was filled in so. Raises ValueError."""
    from quorate.web.acting.filled import _ballot, _with_few_enough

    state = SimpleNamespace(elections=SimpleNamespace(elections=Map({1: one})))
    given = {f"ballot-{name.removeprefix('c')}": text for name, text in fields.items()}
    request: Any = SimpleNamespace(POST={"election": "1", **given}, state=state)
    return _with_few_enough(_ballot("ballot", request), request)


def test_ranks(demo: Any) -> None:
    assert typed(election("scottish-stv/1"), c1="3", c2="1", c3="", c4="2") == "2,4,1"
    with pytest.raises(ValueError, match="stands twice"):
        typed(election("meek-prf/1"), c1="1", c2="1")


@pytest.mark.parametrize(
    ("count", "terms", "most"),
    [
        ("plurality-at-large/1", NO_TERMS, 3),
        ("limited-vote/1", Terms(marks=2), 2),
        ("approval/1", NO_TERMS, None),
    ],
)
def test_crosses(demo: Any, count: str, terms: Terms, most: int | None) -> None:
    one = election(count, terms)
    assert typed(one, c1="1", c2="2") == "1,2"
    every = {f"c{n}": str(n) for n in range(1, 5)}
    if most is None:
        assert typed(one, **every) == "1,2,3,4"
        return
    with pytest.raises(ValueError, match=f"Mark {most} at most"):
        typed(one, **every)


def test_points(demo: Any) -> None:
    one = election("cumulative/1", Terms(points=5))
    assert typed(one, c1="3", c2="0", c4="2", c3="") == "1,1,1,4,4"
    assert ranks("1,1,1,4,4") == (1, 1, 1, 4, 4)
    assert typed(one) == ""
    with pytest.raises(ValueError, match="You gave 6 points"):
        typed(one, c1="3", c2="3")
    for wrong in ("-1", "1.5", "many", "101"):
        with pytest.raises(ValueError, match="whole numbers"):
            typed(one, c1=wrong)
    assert typed(election("cumulative/1"), c1="3") == "1,1,1"


@pytest.mark.parametrize(
    ("count", "terms", "says"),
    [
        ("scottish-stv/1", NO_TERMS, "Give 1 to your first choice"),
        ("plurality-at-large/1", NO_TERMS, "Mark up to 3"),
        ("limited-vote/1", Terms(marks=1), "A ballot with more than one mark does not count."),
        ("approval/1", NO_TERMS, "Mark as many as you approve of"),
        ("cumulative/1", Terms(points=1), "You have 1 point."),
        ("cumulative/1", NO_TERMS, "You have 3 points."),
        ("scottish-stv/1", Terms(reserved=2, group="women"), "At least 2 places are for women."),
    ],
)
def test_the_page_asks_for_what_the_rule_counts(
    demo: Any, count: str, terms: Terms, says: str
) -> None:
    from django.template.loader import render_to_string

    from quorate.count.rules import RULES
    from quorate.web.elections.paper import most_marks, reserved_in_words
    from quorate.web.lane import lane

    members = sorted(lane().now().state.membership.members)[:4]
    standing = tuple(Candidate(member, member, 0, accepted=True) for member in members)
    one = election(count, terms)._replace(candidates=standing)
    page = render_to_string(
        "elections/election.html",
        {
            "e": one,
            "phase": "voting",
            "can_vote": True,
            "marks": RULES[count].marks,
            "most_marks": most_marks(one),
            "reserved": reserved_in_words(one),
        },
    )
    assert says in page
    assert page.count('name="ballot-') == 4


def test_whoever_stands_says_whether_they_are_of_the_group(demo: Any) -> None:
    from django.template.loader import render_to_string

    from quorate.web.elections.paper import reserved_in_words
    from quorate.web.lane import lane

    member = sorted(lane().now().state.membership.members)[0]
    one = election("scottish-stv/1", Terms(reserved=1, group="women"))
    told = {
        "e": one,
        "reserved": reserved_in_words(one),
        "my_candidacy": Candidate(member, member, 0, accepted=True),
        "of_group": {"election": 1, "yes": "yes", "of_group": "yes"},
        "not_standing": {"election": 1},
    }
    page = render_to_string("elections/standing.html", told)
    assert "I stand, and I am of this group" in page
    assert 'name="of_group" value="yes"' in page
    told["my_candidacy"] = replace(told["my_candidacy"], of_group=True)
    page = render_to_string("elections/standing.html", told)
    assert "You said that you are of the group" in page
    assert "I stand, and I am of this group" not in page
    told["reserved"] = reserved_in_words(election("scottish-stv/1"))
    page = render_to_string("elections/standing.html", told)
    assert "group" not in page


def test_the_form_asks_for_the_group_only_where_places_are_reserved(demo: Any) -> None:
    from quorate.web.acting.forms import fields_of

    def asked(one: Election) -> set[str]:
        state: Any = SimpleNamespace(elections=SimpleNamespace(elections=Map({1: one})))
        return {field.name for field in fields_of(state, "elections.accept", {"election": "1"}, {})}

    with_places = election("scottish-stv/1", Terms(reserved=1, group="women"))
    assert asked(with_places) - asked(election("scottish-stv/1")) == {"of_group"}
