"""The rules of secret ballots: what they cannot say, and what they say in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from quorate.rulebook.doubts import doubts
from quorate.rulebook.explain import sentence
from quorate.rulebook.reading import FaultyRulebook, preset, read_tables, rulebook_of
from support.small import in_the_open


def tables(**changes: Any) -> dict[str, Any]:
    """The open convention's, whose leadership is elected by secret ballot, with these rules of
    [secret] changed; None removes one."""
    found = read_tables(preset("open-convention"))
    for name, value in changes.items():
        if value is None:
            found["secret"].pop(name)
        else:
            found["secret"][name] = value
    return found


def faults(found: dict[str, Any]) -> dict[str, str]:
    try:
        rulebook_of(found)
    except FaultyRulebook as error:
        return {fault.path: fault.what for fault in error.faults}
    return {}


def sides(*named_by: str) -> dict[str, Any]:
    """Sides with a member for a trustee, named by these; "" is drawn."""
    return {
        f"side-{number}": {"trustee": "member", "named_by": who} if who else {"trustee": "lot"}
        for number, who in enumerate(named_by)
    }


STEERING, CREDENTIALS = "steering-committee", "credentials-committee"


def test_offices_can_be_elected_by_secret_ballot() -> None:
    assert faults(tables()) == {}


@pytest.mark.parametrize(
    ("changes", "path", "why"),
    [
        ({"sides": {}}, "bodies.steering-committee.secret", "needs trustees"),
        ({"sides": sides("chair"), "needed": 1}, "secret.sides", "two at least"),
        ({"sides": sides(*["chair"] * 10)}, "secret.sides", "9 at most"),
        ({"sides": sides("chair", STEERING)}, "secret.needed", "one lost key"),
        (
            {"sides": sides("chair", "chair", STEERING)},
            "secret.sides.side-1.named_by",
            "side-0 too: nobody names two",
        ),
        ({"sides": sides("chair", STEERING, "nobody")}, "secret.sides.side-2.named_by", "no body"),
        (
            {"sides": sides("chair", STEERING, "branch-secretary")},
            "secret.sides.side-2.named_by",
            "of each branch",
        ),
        (
            {"sides": sides("chair", STEERING) | {"third": {"trustee": "outside"}}},
            "secret.sides.third.named_by",
            "who names",
        ),
        (
            {
                "sides": sides("chair", STEERING)
                | {"x": {"trustee": "lot", "named_by": CREDENTIALS}}
            },
            "secret.sides.x.named_by",
            "drawn",
        ),
        ({"sides": sides("", "", STEERING)}, "secret.sides", "more than one that is drawn"),
        ({"needed": 1}, "secret.needed", "one alone"),
        ({"needed": 3}, "secret.needed", "one lost key"),
        ({"needed": 4}, "secret.needed", "more than there are sides"),
        ({"all_needed": True}, "secret.all_needed", "every side"),
        ({"keys_days": 145}, "secret.keys_days", "nobody is named"),
        ({"keys_days": 141}, "secret.keys_days", "no time to draw"),
    ],
)
def test_what_the_rules_cannot_say(changes: dict[str, Any], path: str, why: str) -> None:
    assert why in faults(tables(**changes))[path]


def test_all_can_be_needed_where_the_rulebook_insists() -> None:
    assert faults(tables(needed=3, all_needed=True)) == {}
    said = sentence(rulebook_of(tables(needed=3, all_needed=True)), "secret.all_needed")
    assert "All 3 trustees" in said
    assert "nobody ever reads it" in said


def test_nobody_votes_on_an_appointment() -> None:
    found = read_tables(preset("closed-slate"))
    found["posts"]["chair"]["secret"] = True
    assert "nobody votes" in faults(found)["posts.chair.secret"]


def test_a_places_election_leaves_time_for_its_register() -> None:
    found = tables()
    found["posts"]["branch-secretary"]["secret"] = True
    assert "no time to draw" in faults(found)["secret.keys_hours"]
    found["secret"] |= {"keys_hours": 97}
    assert set(faults(found)) == {"secret.mix_hours"}
    found["elections"]["nominations_days"] = 7
    assert faults(found) == {}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("secret.sides", "3 trustees hold the key together"),
        ("secret.sides", "does not hide that somebody claimed a key"),
        ("secret.sides.leadership", "a member in good standing, named by the steering committee"),
        ("secret.sides.outside", "another organisation, named by the credentials committee"),
        ("secret.sides.drawn.trustee", "drawn by lot"),
        ("secret.needed", "Any 2 of the 3 trustees open a box together"),
        ("secret.fewest_ballots", "fewer than 5 ballots is not opened"),
        ("secret.without_trustees", "the election is held on paper"),
        ("bodies.steering-committee", "elected by the convention in a secret ballot, by single"),
    ],
)
def test_in_plain_words(path: str, words: str) -> None:
    assert words in sentence(rulebook_of(tables()), path)


def test_without_sides_nothing_is_said_that_is_not_so() -> None:
    found = in_the_open(read_tables(preset("open-convention")))
    found["secret"]["sides"] = {}
    rulebook = rulebook_of(found)
    assert "No election is held by secret ballot" in sentence(rulebook, "secret.sides")
    assert sentence(rulebook, "secret.fewest_voters") == ""


def in_a_branch(**changes: Any) -> dict[str, Any]:
    """The branches' secretaries are elected by secret ballot, with time for it."""
    found = tables(keys_hours=97, **changes)
    found["posts"]["branch-secretary"]["secret"] = True
    found["elections"]["nominations_days"] = 8
    return found


def test_nobody_can_have_keys_claimed_at_night_only() -> None:
    assert faults(in_a_branch(claims_hours=24)) == {}
    assert "at night only" in faults(in_a_branch(claims_hours=23))["secret.claims_hours"]


def test_small_branches_and_failed_registers_need_papers() -> None:
    found = in_a_branch()
    found["elections"]["on_paper"] = False
    assert set(faults(found)) == {"posts.branch-secretary.secret", "secret.without_trustees"}
    found["secret"]["without_trustees"] = "later"
    assert set(faults(found)) == {"posts.branch-secretary.secret"}


def test_what_a_branch_is_told_of_its_elections() -> None:
    rulebook = rulebook_of(in_a_branch())
    assert "in which fewer vote elects on paper" in sentence(rulebook, "secret.fewest_voters")
    assert "while nominations run" in sentence(rulebook, "secret.keys_hours")
    assert "nobody gets round the box" in sentence(rulebook, "secret.without_trustees")


def test_what_is_doubtful_in_a_branch() -> None:
    told = {fault.path for fault in doubts(rulebook_of(in_a_branch(mix_hours=12)))}
    assert "secret.mix_hours" in told
    told = {fault.path for fault in doubts(rulebook_of(in_a_branch(mix_hours=24)))}
    assert "secret.mix_hours" not in told
    told = {fault.path for fault in doubts(rulebook_of(tables(without_trustees="later")))}
    assert "secret.without_trustees" in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (0, "Only offices of which this rulebook says so"),
        (1, "1 delegate can demand"),
        (7, "7 delegates can demand"),
        ("1/4", "can demand that the convention elect to an office by secret ballot"),
        ("10%", "10% of the delegates can demand"),
        ("100%", "1/1 of the delegates can demand"),
    ],
)
def test_so_many_delegates_can_demand_it(asked: int | str, said: str) -> None:
    rulebook = rulebook_of(tables(on_demand=asked))
    assert said in sentence(rulebook, "secret.on_demand")
    assert ("secret.on_demand" in {fault.path for fault in doubts(rulebook)}) == (asked == 1)


@pytest.mark.parametrize("asked", [-1, 100_001, True, "0", "three", "3/2", 0.5, [3]])
def test_what_is_no_number_and_no_share(asked: object) -> None:
    assert "secret.on_demand" in faults(tables(on_demand=asked))


def test_a_demand_needs_trustees_in_time() -> None:
    found = tables(on_demand=3, sides={})
    found["bodies"]["steering-committee"]["secret"] = False
    assert "needs trustees" in faults(found)["secret.on_demand"]
    found = tables(on_demand=3, keys_days=145)
    found["bodies"]["steering-committee"]["secret"] = False
    assert "nobody is named" in faults(found)["secret.keys_days"]
