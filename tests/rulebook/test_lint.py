"""What a rulebook says that cannot be: each kind of contradiction, at its dotted path."""

from __future__ import annotations

from typing import Any

import pytest

from quorate.count.reserved import Terms
from quorate.count.rules import RULES
from quorate.rulebook import lint
from quorate.rulebook.reading import PRESETS, FaultyRulebook, preset, read_tables, rulebook_of

OPEN = read_tables(preset("open-convention"))


def faults(changes: dict[str, Any]) -> dict[str, str]:
    """Dotted path → what is wrong, with these rules changed; None removes one."""
    tables = read_tables(preset("open-convention"))
    for path, value in changes.items():
        table = tables
        *above, last = path.split(".")
        for step in above:
            table = table.setdefault(step, {})
        if value is None:
            table.pop(last)
        else:
            table[last] = value
    try:
        rulebook_of(tables)
    except FaultyRulebook as error:
        return {fault.path: fault.what for fault in error.faults}
    return {}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"unsigned_vouchers": 1}, "unsigned_vouchers"),
        ({"unsigned_wait_hours": 48}, "unsigned_wait_hours"),
        ({"unsigned_vouchers": 0}, "unsigned_wait_hours"),
    ],
)
def test_vouching_unsigned_is_never_the_easier_way(changes, path):
    found = faults({f"signing.{rule}": value for rule, value in changes.items()})
    assert found.keys() == {f"signing.{path}"}


OFFICES_NAMED = (
    "membership.admission",
    "membership.roll_attested_by",
    "membership.challenges_decided_by",
    "membership.suspended_by",
    "bulletin.refused_by",
    "bulletin.appeal_to",
    "proposals.answer_from",
    "delegates.credentials_by",
    "delegates.guests_by",
    "floor.called_by",
    "floor.chaired_by",
    "floor.carried_out_by",
    "bodies.steering-committee.stood_in_by",
    "bodies.steering-committee.recalled_by",
)


@pytest.mark.parametrize("path", OFFICES_NAMED)
def test_a_rule_names_an_office_that_is_there(path):
    assert path in faults({path: "central-committee"})


def test_nobody_bars_an_office_that_is_not_there():
    found = faults({"delegates.may_not_nominate": ["chair", "central-committee"]})
    assert list(found) == ["delegates.may_not_nominate.1"]


@pytest.mark.parametrize("path", OFFICES_NAMED[2:12])
def test_what_is_done_once_is_not_done_by_a_post_of_each_branch(path):
    assert path in faults({path: "branch-secretary"})
    assert path in faults({path: "regional-organiser"})


def test_an_office_has_one_name_and_the_name_means_one_thing():
    chair = dict(OPEN["bodies"]["credentials-committee"])
    assert "bodies.chair" in faults({"bodies.chair": chair})
    for name in ("convention", "branch", "region", "delegates", "automatic"):
        assert f"bodies.{name}" in faults({f"bodies.{name}": chair})
        assert f"posts.{name}" in faults({f"posts.{name}": dict(OPEN["posts"]["chair"])})


def test_nobody_hears_the_appeal_against_themselves():
    assert "bulletin.appeal_to" in faults({"bulletin.appeal_to": "bulletin-editor"})


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"membership.roll_cut_off": 145}, "membership.roll_cut_off"),
        ({"delegates.election_opens": 100}, "delegates.election_opens"),
        ({"delegates.election_closes": 60}, "delegates.election_closes"),
        ({"proposals.seconding_closes": 45}, "proposals.seconding_closes"),
        ({"proposals.answer_due": 28}, "proposals.answer_due"),
        ({"membership.roll_challenge": 19}, "delegates.nominations_open"),
        ({"membership.challenges_decided_within": 12}, "delegates.nominations_open"),
        ({"delegates.nominations_open": 80}, "delegates.nominations_open"),
        ({"delegates.nominations_open": 60}, "delegates.election_opens"),
        ({"floor.at_least_every": 145}, "floor.at_least_every"),
        ({"floor.late_hours": 336}, "floor.late_hours"),
        ({"bulletin.closes": 140}, "bulletin.closes"),
        ({"bulletin.closes": 27}, "proposals.seconding_closes"),
        ({"bulletin.opens": 146}, "bulletin.opens"),
        ({"bulletin.appeal_within": 22}, "bulletin.appeal_decided_within"),
        ({"bulletin.appeal_decided_within": 22}, "bulletin.appeal_decided_within"),
        ({"bulletin.issues": [140, 35]}, "bulletin.issues.0"),
        ({"bulletin.issues": [110, 36]}, "bulletin.issues"),
        ({"bulletin.issues": []}, "bulletin.issues"),
    ],
)
def test_days_come_in_their_order(changes, path):
    assert path in faults(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"membership.roll_cut_off": 101},
        {"delegates.election_opens": 74},
        {"delegates.election_closes": 59},
        {"bulletin.closes": 28, "bulletin.issues": [110, 28]},
        {"bulletin.opens": 145},
        {"proposals.answer_due": 27},
        {"membership.roll_challenge": 18},
        {"delegates.nominations_open": 79},
        {"floor.at_least_every": 146},
        {"floor.late_hours": 335},
        {"bulletin.appeal_within": 21},
        {"bulletin.issues": [139, 35]},
        {"delegates.may_not_nominate": []},
    ],
)
def test_one_day_less_and_it_stands(changes):
    assert faults(changes) == {}


def test_half_a_rule_is_none():
    for way in ("delegates", "branches", "members"):
        others = {"delegates", "branches", "members"} - {way}
        left = {f"proposals.seconds.{other}": None for other in others}
        assert faults(left) == {}
        assert "proposals.seconds" in faults({**left, f"proposals.seconds.{way}": None})
    assert "delegates.seats" in faults({"delegates.seats": None})
    per = {"delegates.method": "per-members"}
    assert "delegates.members_per_delegate" in faults(per)
    assert faults({**per, "delegates.members_per_delegate": 30}) == {}
    assert "elections.over_within" in faults({"elections.over_within": 5})
    assert faults({"elections.over_within": 6}) == {}
    assert "bulletin.refusal_reasons" in faults({"bulletin.refusal_reasons": {}})
    of_a_sitting = ("sitting_commit_hours", "sitting_reveal_hours")
    for hours in ("commit_hours", "reveal_hours", *of_a_sitting):
        assert f"lots.{hours}" in faults({f"lots.{hours}": 0})


@pytest.mark.parametrize("path", ["delegates", "bodies.steering-committee", "posts.chair"])
def test_persons_are_counted_by_a_rule_that_counts_persons(path):
    for count in ("slate-yes-no/1", "show-of-hands/1", "scottish-stv"):
        assert f"{path}.count" in faults({f"{path}.count": count})
    assert faults({f"{path}.count": "plurality-at-large/1"}) == {}


def test_the_rules_that_a_rulebook_may_name_are_those_that_count():
    for name in (*lint.COUNTS_OF_INDIVIDUALS, *lint.COUNTS_FOR_ONE, *lint.COUNTS_OF_SLATES):
        rule = RULES[name]
        assert rule.count is not None
        assert (rule.fills == "one place") == (name in lint.COUNTS_FOR_ONE)
        assert (rule.fills == "several each") == (name in lint.COUNTS_OF_SLATES)
    with_reserved = {rule.name for rule in RULES.values() if rule.terms is Terms}
    assert with_reserved == set(lint.COUNTS_WITH_RESERVED)


def test_rules_for_one_seat_are_for_one_seat():
    assert faults({"posts.chair.count": "schulze/1"}) == {}
    body = "bodies.steering-committee"
    assert f"{body}.count" in faults({f"{body}.count": "schulze/1"})
    assert faults({f"{body}.count": "ranked-pairs/1", f"{body}.seats": 1}) == {}
    assert "delegates.count" in faults({"delegates.count": "instant-runoff/1"})
    assert faults({"delegates.count": "meek-prf/1"}) == {}


def test_a_limited_vote_states_its_marks_and_no_other_rule_does():
    body = "bodies.steering-committee"
    limited = {f"{body}.count": "limited-vote/1"}
    assert f"{body}.marks" in faults(limited)
    assert faults({**limited, f"{body}.marks": 8}) == {}
    assert f"{body}.marks" in faults({**limited, f"{body}.marks": 9})
    assert f"{body}.marks" in faults({f"{body}.marks": 3})
    assert "posts.chair.count" in faults({"posts.chair.count": "limited-vote/1"})


def test_points_are_stated_for_a_cumulative_vote_only():
    body = "bodies.steering-committee"
    in_points = {f"{body}.count": "cumulative/1", f"{body}.secret": False}
    assert faults(in_points) == {}
    assert faults({**in_points, f"{body}.points": 5}) == {}
    assert f"{body}.points" in faults({f"{body}.points": 5})
    assert faults({**in_points, f"{body}.points": 101}) != {}


def test_reserved_places_fit_the_body_and_its_rule():
    body = "bodies.steering-committee"
    reserved = {f"{body}.reserved": {"group": "women", "at_least": 9}}
    for count in ("scottish-stv/1", "plurality-at-large/1"):
        assert faults({**reserved, f"{body}.count": count}) == {}
    for count in ("approval/1", "ers97/1"):
        assert f"{body}.reserved" in faults({**reserved, f"{body}.count": count})
    more = {f"{body}.reserved": {"group": "women", "at_least": 10}}
    assert f"{body}.reserved.at_least" in faults(more)
    appointed = {f"{body}.chosen_by": "appointment", f"{body}.appointed_by": "chair"}
    assert f"{body}.reserved" in faults({**reserved, **appointed})


def test_a_slate_is_counted_as_one_and_somebody_proposes_it():
    body = "bodies.steering-committee"
    slate = {f"{body}.method": "slate", f"{body}.slate_from": "delegates"}
    assert f"{body}.count" in faults(slate)
    slate[f"{body}.count"] = "slate-against-slate/1"
    assert faults(slate) == {}
    for proposer in ("everybody", "chair"):
        assert f"{body}.slate_from" in faults({**slate, f"{body}.slate_from": proposer})
    without = {path: value for path, value in slate.items() if not path.endswith("slate_from")}
    assert f"{body}.slate_from" in faults(without)


def test_an_office_is_filled_somehow():
    for path in ("bodies.credentials-committee", "posts.chair"):
        assert f"{path}.count" in faults({f"{path}.count": None})
        assert f"{path}.appointed_by" in faults({f"{path}.chosen_by": "appointment"})
    method = "bodies.credentials-committee.method"
    assert method in faults({method: None})


def test_a_branch_chooses_and_recalls_its_own_only():
    for place in ("branch", "region"):
        assert "posts.chair.chosen_by" in faults({"posts.chair.chosen_by": place})
        assert "posts.chair.recalled_by" in faults({"posts.chair.recalled_by": place})
        body = "bodies.steering-committee.recalled_by"
        assert body in faults({body: place})
    chosen = {"posts.regional-organiser.chosen_by": "branch"}
    assert "posts.regional-organiser.chosen_by" in faults(chosen)


@pytest.mark.parametrize(
    ("post", "chooser", "stands"),
    [
        ("chair", "branch-secretary", False),
        ("chair", "regional-organiser", False),
        ("regional-organiser", "branch-secretary", False),
        ("branch-secretary", "regional-organiser", True),
        ("branch-secretary", "chair", True),
        ("regional-organiser", "steering-committee", True),
    ],
)
def test_whoever_appoints_or_recalls_holds_office_there(post, chooser, stands):
    """A post of each branch has no holder for the whole: nobody could ever be appointed by it."""
    path = f"posts.{post}"
    appoints = {f"{path}.chosen_by": "appointment", f"{path}.appointed_by": chooser}
    assert (f"{path}.appointed_by" not in faults(appoints)) == stands
    assert (f"{path}.recalled_by" not in faults({f"{path}.recalled_by": chooser})) == stands


def test_somebody_acts_when_a_term_has_ended():
    path = "posts.bulletin-editor"
    assert f"{path}.stood_in_by" in faults({f"{path}.after_term": "ends"})
    ends = {f"{path}.after_term": "ends", f"{path}.stood_in_by": "credentials-committee"}
    assert faults(ends) == {}
    for nobody in ("bulletin-editor", "branch-secretary"):
        assert f"{path}.stood_in_by" in faults({f"{path}.stood_in_by": nobody})


def test_every_contradiction_is_named_at_once():
    found = faults({"floor.called_by": "nobody", "bulletin.issues": [], "lots.commit_hours": 0})
    assert {"floor.called_by", "bulletin.issues", "lots.commit_hours"} <= set(found)


@pytest.mark.parametrize("name", PRESETS)
def test_the_presets_stand(name):
    rulebook_of(read_tables(preset(name)))


def test_whoever_comes_has_a_vote_within_a_term():
    assert faults({"elections.voice_after": 399}) == {}
    assert set(faults({"elections.voice_after": 400})) == {"elections.voice_after"}
