"""What a rulebook states of an election besides its rule: marks, points, places for a group."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quorate.chapters.elections.counting import contest, count_sheet, terms
from quorate.chapters.elections.remembers import NO_TERMS, Election
from quorate.count.rules import count
from support.small import Small, founded_with, rules_text
from support.year import delegates, delegates_elected, poll, sitting

COMMITTEE = "steering-committee"


def sitting_with(count: str, **stated: str) -> Small:
    """The convention sits; its steering committee has three seats, elected by this rule."""
    text = rules_text("open-convention")
    head, begin, rest = text.partition(f"[bodies.{COMMITTEE}]\n")
    rest = rest.replace('count = "scottish-stv/1"', f'count = "{count}"', 1)
    rest = rest.replace("seats = 9", "seats = 3", 1)
    more = "".join(f"{name} = {value}\n" for name, value in stated.items())
    return sitting(delegates_elected(founded_with(f"{head}{begin}{more}{rest}")))


def stands(small: Small, election: Election, members: list[str], of_group: list[str]) -> None:
    for member in members:
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
    for member in of_group:
        small.pure.do(member, "elections.accept", election=election.number, yes=True, of_group=True)


def elected(small: Small, election: Election, ballots: list[str]) -> list[int]:
    """The numbers of those elected when delegates cast these ballots."""
    small.pure.go_to(election.opens)
    for voter, ballot in zip(delegates(small), ballots, strict=False):
        sealed = small.pure.seal(ballot)
        small.pure.do(voter, "elections.vote", election=election.number, ballot=sealed)
    small.pure.go_to(election.closes)
    found = again(small, election)
    assert found.result is not None
    members = [candidate.member for candidate in found.standing]
    return [members.index(member) + 1 for member in found.result.elected]


def again(small: Small, election: Election) -> Election:
    return small.state.elections.elections[election.number]


@pytest.mark.parametrize(
    ("rule", "expected"), [("plurality-at-large/1", [1, 4, 5]), ("scottish-stv/1", [1, 4, 5])]
)
def test_places_reserved_for_a_group(rule: str, expected: list[int]) -> None:
    """Nobody votes for 4 and 5 first, and both are elected: two places of three are theirs."""
    small = sitting_with(rule, reserved='{group = "women", at_least = 2}')
    election = poll(small, COMMITTEE)
    assert (election.terms.reserved, election.terms.group) == (2, "women")
    five = delegates(small)[:5]
    stands(small, election, five, five[3:])
    assert sorted(elected(small, election, ["1,2,3"] * 6 + ["1"])) == expected
    sheet = count_sheet(small.state, again(small, election))
    assert sheet.terms[0][0] == "Reserved places"
    assert "at least 2 for women" in sheet.terms[0][1]
    assert any("(R1)" in remark for remark in sheet.remarks)


def test_who_is_of_the_group_is_said_by_themselves_until_nominations_close() -> None:
    small = sitting_with("scottish-stv/1", reserved='{group = "women", at_least = 2}')
    election = poll(small, COMMITTEE)
    one, two = delegates(small)[:2]
    stands(small, election, [one], [])
    assert not again(small, election).standing[0].of_group
    fields = {"election": election.number, "yes": True, "of_group": True}
    assert small.pure.tried(two, "elections.accept", **fields) is not None
    small.pure.do(one, "elections.accept", **fields)
    assert again(small, election).standing[0].of_group
    small.pure.do(one, "elections.accept", **fields | {"yes": False})
    assert not again(small, election).candidates[0].of_group
    small.pure.go_to(election.opens)
    assert small.pure.tried(one, "elections.accept", **fields) is not None


def test_where_no_places_are_reserved_nobody_is_of_a_group() -> None:
    small = sitting_with("scottish-stv/1")
    election = poll(small, COMMITTEE)
    assert election.terms == NO_TERMS
    assert terms(election) is None
    member = delegates(small)[0]
    stands(small, election, [member], [])
    fields = {"election": election.number, "yes": True, "of_group": True}
    small.refused(member, "elections.accept", f"bodies.{COMMITTEE}", **fields)


def test_limited_vote() -> None:
    small = sitting_with("limited-vote/1", marks="2")
    election = poll(small, COMMITTEE)
    stands(small, election, delegates(small)[:4], [])
    # Three marks are one too many.
    ballots = ["1,2"] * 4 + ["3,4"] * 2 + ["3"] + ["2,3,4"]
    assert elected(small, election, ballots) == [1, 2, 3]
    sheet = count_sheet(small.state, again(small, election))
    assert sheet.terms == (("Marks a paper", "at most 2"),)
    assert [(one.reason, one.papers) for one in sheet.papers.invalid] == [("more than 2 marked", 1)]


@pytest.mark.parametrize(("stated", "valid"), [({"points": "5"}, 8), ({}, 7)])
def test_cumulative_vote(stated: dict[str, str], valid: int) -> None:
    """Without a number of points there are as many as seats, three."""
    small = sitting_with("cumulative/1", **stated)
    election = poll(small, COMMITTEE)
    stands(small, election, delegates(small)[:4], [])
    ballots = ["1,1,1"] * 4 + ["4,4,2"] * 2 + ["3"] + ["3,3,3,3,3"]
    elected(small, election, ballots)
    sheet = count_sheet(small.state, again(small, election))
    assert sheet.papers.valid == valid
    votes = [int(votes) for _, votes in sheet.stages[0].votes]
    assert votes == [12, 2, 6 if valid == 8 else 1, 4]


@pytest.mark.parametrize("rule", ["approval/1", "ers97/1", "meek-prf/1"])
def test_other_rules_for_persons(rule: str) -> None:
    """As the library counts the same ballots, and nothing is stated besides."""
    small = sitting_with(rule)
    election = poll(small, COMMITTEE)
    stands(small, election, delegates(small)[:5], [])
    ballots = ["1,2"] * 3 + ["2,3,4"] * 4 + ["3,1"] * 2 + ["5,1"]
    elected(small, election, ballots)
    found = again(small, election)
    sheet = count(rule, contest(found), None)
    assert found.result is not None
    assert found.result.elected == sheet.elected
    assert sheet.papers.valid == sum(Decimal(1) for _ in ballots)


def test_terms_are_those_of_the_opening_and_of_an_election_held_anew() -> None:
    small = sitting_with("limited-vote/1", marks="1")
    election = poll(small, COMMITTEE)
    assert election.terms.marks == 1
    stands(small, election, delegates(small)[:2], [])
    small.pure.go_to(election.opens)
    voter = delegates(small)[0]
    ballot = small.pure.seal("1")
    small.pure.do(voter, "elections.vote", election=election.number, ballot=ballot)
    small.pure.sealed.pop(ballot)
    small.pure.go_to(election.closes)
    found = again(small, election)
    assert found.void
    assert found.anew is not None
    assert small.state.elections.elections[found.anew].terms == election.terms
