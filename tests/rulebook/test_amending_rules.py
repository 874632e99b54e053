"""Amending by dotted paths: a rule is changed, added or removed, and the whole has to stand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quorate.rulebook.amending import Change, amended, rule_at
from quorate.rulebook.reading import FaultyRulebook, preset, read_rulebook, tables_of

RULES = read_rulebook(preset("open-convention"))


def faults(*changes: Change) -> set[str]:
    with pytest.raises(FaultyRulebook) as raised:
        amended(RULES, changes)
    return {fault.path for fault in raised.value.faults}


def differs(one: object, other: object, path: str = "") -> set[str]:
    """The dotted paths at which two plain tables differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            found
            for name in {*one, *other}
            for found in differs(one.get(name), other.get(name), f"{path}.{name}".strip("."))
        }
    return set() if one == other else {path}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("floor.quorum", "1/3"),
        ("floor.vote_minutes", 5),
        ("bulletin.issues", (120, 35)),
        ("posts.chair.paid", True),
        ("delegates.may_not_nominate", ("regional-organiser", "chair")),
        ("delegates.may_not_nominate", ()),
        ("bodies.steering-committee.seats", 11),
        ("posts.chair.title", "Chairperson"),
        ("floor.majorities.rulebook.share", "3/4"),
        ("organisation.words.branch", "local"),
    ],
)
def test_just_this_rule_is_changed(path, value):
    after = amended(RULES, [Change(path, value)])
    assert differs(tables_of(RULES), tables_of(after)) == {path}
    said = rule_at(tables_of(after), path)
    assert said == (list(value) if isinstance(value, tuple) else value)


def test_the_rulebook_that_is_amended_stays_as_it_was():
    before = tables_of(RULES)
    amended(RULES, [Change("bulletin.refusal_reasons.threat", "Other words."), *()])
    assert tables_of(RULES) == before


def test_a_rule_is_added_and_removed():
    path = "bulletin.refusal_reasons.spam"
    more = amended(RULES, [Change(path, "It is an advertisement.")])
    assert rule_at(tables_of(more), path) == "It is an advertisement."
    assert amended(more, [Change(path, None)]) == RULES
    fewer = amended(RULES, [Change("proposals.seconds.members", None)])
    assert fewer.proposals.seconds.members is None


def test_a_post_is_added_rule_by_rule_and_removed_as_a_whole():
    post = {
        "title": "Treasurer",
        "per": "organisation",
        "chosen_by": "convention",
        "count": "scottish-stv/1",
        "answers_to": "the convention",
        "paid": False,
    }
    changes = [Change(f"posts.treasurer.{rule}", value) for rule, value in post.items()]
    more = amended(RULES, changes)
    assert more.posts["treasurer"].title == "Treasurer"
    assert amended(more, [Change("posts.treasurer", None)]) == RULES
    assert faults(*changes[1:]) == {"posts.treasurer.title"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("floor.notice", "a month"),
        ("floor.notice", "145"),
        ("floor.notice", True),
        ("floor.notice", -1),
        ("floor.notice", (145,)),
        ("floor.quorum", "most"),
        ("floor.quorum", "3/2"),
        ("floor.quorum", "0%"),
        ("floor.quorum", 1),
        ("elections.on_paper", "yes"),
        ("elections.on_paper", 1),
        ("bulletin.issues", 35),
        ("bulletin.words", 99),
        ("delegates.method", "by-hand"),
        ("floor.quorom", "1/3"),
        ("flor.quorum", "1/3"),
    ],
)
def test_a_wrong_value_or_name_is_refused_at_its_path(path, value):
    found = faults(Change(path, value))
    assert any(path == f or f.startswith(f"{path}.") or path.startswith(f"{f}.") for f in found)


@pytest.mark.parametrize(
    "path", ["", ".", "floor.", ".floor", "floor..quorum", "bulletin.issues.0", "floor.quorum.a"]
)
def test_what_is_no_path_is_refused(path):
    for value in ("1/3", None):
        assert faults(Change(path, value))


def test_what_others_name_is_not_removed():
    assert "bulletin.refused_by" in faults(Change("posts.bulletin-editor", None))
    named = faults(Change("bodies.credentials-committee", None))
    assert {"bulletin.appeal_to", "delegates.credentials_by", "membership.suspended_by"} <= named
    elsewhere = [
        Change("bulletin.refused_by", "chair"),
        Change("posts.bulletin-editor", None),
    ]
    assert "bulletin-editor" not in amended(RULES, elsewhere).posts


def test_what_has_to_be_there_is_not_removed():
    for path in ("floor.quorum", "floor.majorities.rulebook", "bulletin", "membership.admission"):
        assert any(path == fault or path in fault for fault in faults(Change(path, None)))


def test_changes_are_made_together():
    """Each alone would put the days out of order; together they stand."""
    one, other = Change("bulletin.closes", 27), Change("proposals.seconding_closes", 26)
    third = Change("bulletin.issues", (110, 27))
    assert faults(one)
    both = amended(RULES, [one, other, third])
    assert (both.bulletin.closes, both.proposals.seconding_closes) == (27, 26)


def test_shares_stay_exact():
    after = amended(
        RULES, [Change("floor.quorum", "33.33%"), Change("recall.majority.share", "7%")]
    )
    assert after.floor.quorum == Fraction(3333, 10000)
    assert after.recall.majority.share == Fraction(7, 100)


def test_a_rule_that_is_not_there_is_none():
    tables = tables_of(RULES)
    assert rule_at(tables, "floor.vote_minutes") == 2
    for path in ("", "floor.nothing", "floor.quorum.share", "nothing"):
        assert rule_at(tables, path) is None
