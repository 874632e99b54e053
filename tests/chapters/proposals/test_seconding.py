"""Seconding: a name under one version; each way at its exact threshold; who counts, and who not."""

from __future__ import annotations

import pytest

from quorate.web.bulletin.path import path
from support.bulletin import contribution, days_before, open_bulletin, proposal, revise, second
from support.pure import document, person, pseudonym
from support.small import BRANCHES, Small, founded
from support.year import (
    apportioned,
    branch_elections,
    convention,
    delegates,
    delegates_elected,
    hand_in,
    vote_all_alike,
)

RULE = "proposals.seconds"
ONLY = {
    "delegates": {"branches": "60", "members": '"100%"'},
    "branches": {"delegates": "60", "members": '"100%"'},
    "members": {"delegates": "60", "branches": "60"},
}
"""The other two ways put out of reach, so that just this one can be reached."""


def only(way: str, **changed: str) -> Small:
    return open_bulletin(**(ONLY[way] | changed))


def with_delegates(**changed: str) -> Small:
    return delegates_elected(founded(**(ONLY["delegates"] | changed)))


def admitted_by(small: Small, number: int) -> str | None:
    admission = proposal(small, number).admission
    return None if admission is None else admission.way


def seconding(small: Small, number: int) -> dict[str, object]:
    return {"proposal": number, "version": contribution(small, number).latest.text}


def by_delegates(small: Small, number: int, count: int) -> None:
    """So many delegates who did not write it second it."""
    author = contribution(small, number).author
    for member in [m for m in delegates(small) if m != author][:count]:
        second(small, member, number)


def of_branch(small: Small, branch: str, count: int) -> list[str]:
    """So many ordinary members of the branch, the last ones."""
    return small.members[branch][-count:]


def test_five_delegates_admit_it_and_four_do_not():
    small = with_delegates()
    number = hand_in(small, delegates(small)[0])
    by_delegates(small, number, 4)
    assert admitted_by(small, number) is None
    fifth = delegates(small)[5]
    second(small, fifth, number)
    assert admitted_by(small, number) == "delegates"
    admission = proposal(small, number).admission
    assert admission is not None
    assert admission.version == contribution(small, number).latest.text
    assert (admission.time, admission.entry) == (small.pure.time, small.state.size - 1)


def test_others_do_not_count_as_delegates():
    small = with_delegates()
    number = hand_in(small, delegates(small)[0])
    by_delegates(small, number, 4)
    for member in [m for m in small.everyone if m not in delegates(small)][:12]:
        second(small, member, number)
    assert admitted_by(small, number) is None


@pytest.mark.parametrize(
    ("share", "needed"),
    [("3%", 2), ("1/60", 1), ("1/30", 2), ("1/20", 3), ("5%", 3), ("6%", 4)],
)
def test_a_share_of_the_60_members_in_exact_fractions(share, needed):
    small = only("members", members=f'"{share}"')
    number = hand_in(small, small.members["A1"][0])
    others = small.members["B1"][:needed]
    for member in others[:-1]:
        second(small, member, number)
        assert admitted_by(small, number) is None
    second(small, others[-1], number)
    assert admitted_by(small, number) == "members"


BY_BRANCH = {"A1": 4, "A2": 3, "B1": 3, "B2": 3, "C1": 3, "C2": 3}
"""One fifth of 16, 14, 10, 8, 7 and 5 members, three at least."""


@pytest.mark.parametrize("branch", sorted(BRANCHES))
def test_a_branch_seconds_it_by_a_fifth_of_its_members_and_three_at_least(branch):
    small = only("branches", branches="1")
    outside = "B1" if branch != "B1" else "A1"
    number = hand_in(small, small.members[outside][0])
    members = of_branch(small, branch, BY_BRANCH[branch])
    for member in members[:-1]:
        second(small, member, number)
    assert admitted_by(small, number) is None
    second(small, members[-1], number)
    assert admitted_by(small, number) == "branches"


def test_two_branches_are_needed_and_one_is_not_enough():
    small = only("branches")
    number = hand_in(small, small.members["A1"][0])
    for member in small.members["B1"]:
        second(small, member, number)
    for member in of_branch(small, "B2", 2) + of_branch(small, "C1", 2):
        second(small, member, number)
    assert admitted_by(small, number) is None
    second(small, small.members["C1"][0], number)
    assert admitted_by(small, number) == "branches"


def test_a_branch_of_two_cannot_second_by_itself():
    """Of the five members of C2 three leave, and a branch seconds by three of its members."""
    small = only("branches", branches="1")
    number = hand_in(small, small.members["A1"][0])
    for member in small.members["C2"][:3]:
        small.pure.do(member, "membership.resign")
    for member in small.members["C2"][3:]:
        second(small, member, number)
    assert admitted_by(small, number) is None


def test_nobody_counts_for_a_branch_that_they_have_left():
    """Three of B2 second it and move away: B2's members do not second it any more."""
    small = only("branches")
    number = hand_in(small, small.members["A1"][0])
    for member in of_branch(small, "B2", 3):
        second(small, member, number)
        small.pure.do(member, "membership.transfer", branch="A2")
    for member in of_branch(small, "C1", 3):
        second(small, member, number)
    assert admitted_by(small, number) is None  # they are three of the 17 of A2: four would have to


def test_a_crowd_that_moves_on_seconds_for_one_branch_only():
    """The same three cannot be two branches, one after the other."""
    small = only("branches")
    number = hand_in(small, small.members["A1"][0])
    crowd = of_branch(small, "B2", 3)
    for member in crowd:
        second(small, member, number)
    for member in crowd:
        small.pure.do(member, "membership.transfer", branch="C2")
        small.refused(member, "proposals.second", RULE, **seconding(small, number))
    assert admitted_by(small, number) is None


def test_a_seconder_supports_one_version_by_its_hash():
    small = only("members")
    number = hand_in(small, small.members["A1"][0])
    first = contribution(small, number).latest.text
    second(small, small.members["B1"][0], number)
    later = revise(small, number, "changed")
    assert admitted_by(small, number) is None
    second(small, small.members["B1"][1], number)  # one for each version: neither has two
    assert admitted_by(small, number) is None
    by = small.members["B1"][2]
    wrong = {"proposal": number, "version": document("never handed in")}
    small.refused(by, "proposals.second", RULE, **wrong)
    second(small, by, number, first)
    admission = proposal(small, number).admission
    assert admission is not None
    assert admission.version == first != later


def test_changed_text_is_seconded_anew():
    """Whoever seconds the new version does not support the old one any more."""
    small = only("members")
    number = hand_in(small, small.members["A1"][0])
    first = contribution(small, number).latest.text
    second(small, small.members["B1"][0], number)
    revise(small, number, "changed")
    second(small, small.members["B1"][0], number)
    second(small, small.members["B1"][1], number, first)
    assert admitted_by(small, number) is None
    second(small, small.members["B1"][2], number)
    assert admitted_by(small, number) == "members"
    assert {s.version for s in proposal(small, number).seconders.values()} == {
        first,
        contribution(small, number).latest.text,
    }


def test_nobody_seconds_their_own_or_the_same_version_twice():
    small = only("members")
    author = small.members["A1"][0]
    number = hand_in(small, author)
    small.refused(author, "proposals.second", RULE, **seconding(small, number))
    second(small, small.members["B1"][0], number)
    by = small.members["B1"][0]
    small.refused(by, "proposals.second", RULE, **seconding(small, number))
    assert admitted_by(small, number) is None


def test_only_proposals_are_seconded():
    small = only("members")
    number = hand_in(small, small.members["A1"][0], "perspective")
    by = small.members["B1"][0]
    small.refused(by, "proposals.second", RULE, **seconding(small, number))
    small.refused(by, "proposals.second", RULE, proposal=9, version=document("x"))
    withdrawn = hand_in(small, small.members["A1"][0])
    small.pure.do(small.members["A1"][0], "bulletin.withdraw", contribution=withdrawn)
    small.refused(by, "proposals.second", RULE, **seconding(small, withdrawn))


def test_a_suspended_member_does_not_second():
    small = only("members")
    number = hand_in(small, small.members["A1"][0])
    by = of_branch(small, "B1", 1)[0]
    small.suspend(by)
    small.refused(by, "proposals.second", "membership.admission", **seconding(small, number))


def test_a_name_is_taken_back_until_the_proposal_is_admitted():
    small = only("members")
    number = hand_in(small, small.members["A1"][0])
    first, other, third = small.members["B1"][:3]
    small.refused(first, "proposals.withdraw_second", RULE, proposal=number)
    second(small, first, number)
    small.pure.do(first, "proposals.withdraw_second", proposal=number)
    small.refused(first, "proposals.withdraw_second", RULE, proposal=number)
    second(small, other, number)
    assert admitted_by(small, number) is None
    second(small, first, number)
    assert admitted_by(small, number) == "members"
    small.refused(first, "proposals.withdraw_second", RULE, proposal=number)
    second(small, third, number)  # more names are welcome
    assert set(proposal(small, number).seconders) == {first, other, third}


def test_after_the_admission_only_the_admitted_version_is_seconded():
    small = only("members")
    number = hand_in(small, small.members["A1"][0])
    first = contribution(small, number).latest.text
    revise(small, number, "changed")
    for member in small.members["B1"][:2]:
        second(small, member, number, first)
    late = small.members["B1"][3]
    small.refused(late, "proposals.second", RULE, **seconding(small, number))
    early = small.members["B1"][0]
    small.refused(early, "proposals.second", RULE, **seconding(small, number))
    second(small, late, number, first)


def test_seconding_closes_28_days_before_to_the_millisecond():
    small = only("members")
    number = hand_in(small, small.members["A1"][0])
    other = hand_in(small, small.members["A1"][1])
    small.pure.go_to(days_before(small, 28) - 1)
    for member in small.members["B1"][:2]:
        second(small, member, number)
    second(small, small.members["B1"][0], other)
    small.pure.go_to(days_before(small, 28))
    assert admitted_by(small, number) == "members"
    assert proposal(small, number).lapsed is None
    assert proposal(small, other).lapsed == days_before(small, 28)
    rule = "proposals.seconding_closes"
    by = small.members["B1"][1]
    small.refused(by, "proposals.second", rule, **seconding(small, other))
    small.refused(small.members["B1"][0], "proposals.withdraw_second", rule, proposal=other)
    small.refused(small.members["A1"][1], "proposals.ask", rule, proposal=other, branch="B1")
    author = contribution(small, other).author
    small.refused(author, "bulletin.withdraw", "bulletin.opens", contribution=other)


def newcomers(small: Small, count: int, branch: str = "C2") -> list[str]:
    """So many are admitted now by the branch's secretary."""
    made = [pseudonym(5000 + number) for number in range(count)]
    for number, member in enumerate(made, 5000):
        fields = {"member": member, "branch": branch, "person": person(number)}
        small.pure.do(small.holder("branch-secretary", branch), "membership.admit", **fields)
    return made


@pytest.mark.parametrize(("rule", "way"), [("false", None), ("true", "members")])
def test_whoever_was_admitted_after_the_bulletin_opened_does_not_count_for_the_share(rule, way):
    small = only("members", new_members=rule)
    small.pure.go_to(days_before(small, 139))
    number = hand_in(small, small.members["C2"][0])
    for member in newcomers(small, 3):
        second(small, member, number)
    assert admitted_by(small, number) == way


def test_at_the_hour_at_which_it_opens_they_still_count():
    small = only("members")
    number = hand_in(small, small.members["C2"][0])
    for member in newcomers(small, 2):
        second(small, member, number)
    assert admitted_by(small, number) == "members"


def test_newcomers_count_once_they_are_delegates():
    """Their name is not refused: the seat that a branch gave them has its own weight."""
    small = only("delegates", delegates="1")
    small.pure.go_to(days_before(small, 139))
    (member,) = newcomers(small, 1, "A1")
    apportioned(small)
    (election,) = [e for e in branch_elections(small) if e.place == "A1"]
    small.pure.do(member, "elections.nominate", election=election.number, member=member)
    small.pure.go_to(convention(small).dates.election_opens)
    vote_all_alike(small, election.number, [member])
    small.pure.go_to(convention(small).dates.election_closes)
    assert member in delegates(small)
    number = hand_in(small, small.members["C2"][0])
    second(small, member, number)
    assert admitted_by(small, number) == "delegates"


def test_a_seconder_who_leaves_their_seat_later_does_not_make_it_look_short():
    small = with_delegates()
    number = hand_in(small, delegates(small)[0])
    by_delegates(small, number, 5)
    seconded = "5 of 5 delegates"
    assert seconded in [step.detail for step in path(small.state, contribution(small, number), 0)]
    leaving = next(iter(proposal(small, number).seconders))
    small.pure.do(leaving, "delegates.give_way")
    told = [step.detail for step in path(small.state, contribution(small, number), 0)]
    assert "by enough delegates then" in told
    assert not any("4 of 5" in detail for detail in told)
