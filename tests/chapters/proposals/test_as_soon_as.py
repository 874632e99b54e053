"""“Admitted as soon as one version of it is seconded by …”: whatever act brings that about."""

from __future__ import annotations

from support.bulletin import contribution, days_before, open_bulletin, proposal, second
from support.small import Small, founded
from support.year import (
    apportioned,
    assembly,
    branch_elections,
    convention,
    delegates,
    delegates_elected,
    hand_in,
    nominated,
    vote_all_alike,
)

DELEGATES = {"branches": "60", "members": '"100%"'}
BRANCHES = {"delegates": "60", "members": '"100%"', "branches": "1"}
MEMBERS = {"delegates": "60", "branches": "60"}


def admitted_by(small: Small, number: int) -> str | None:
    admission = proposal(small, number).admission
    return None if admission is None else admission.way


def restore(small: Small, member: str) -> None:
    for judge in small.holders("credentials-committee"):
        if judge != member and small.state.membership.members[member].standing != "good":
            small.pure.do(judge, "membership.restore", member=member)
    assert small.state.membership.members[member].standing == "good"


def others(small: Small, count: int) -> list[str]:
    """So many delegates who did not write proposal 1."""
    author = contribution(small, 1).author
    return [m for m in delegates(small) if m != author][:count]


def test_a_suspended_seconder_counts_again_with_the_restoring():
    """Nobody keeps a proposal from the floor by suspending a seconder for a day."""
    small = open_bulletin(**MEMBERS)
    number = hand_in(small, small.members["A1"][5])
    first, other = small.members["B1"][-2:]
    second(small, first, number)
    small.suspend(first)
    second(small, other, number)
    assert admitted_by(small, number) is None
    restore(small, first)
    assert admitted_by(small, number) == "members"
    admission = proposal(small, number).admission
    assert admission is not None
    assert admission.entry == small.state.size - 1


def test_what_is_lapsed_is_not_admitted_by_restoring_somebody():
    small = open_bulletin(**MEMBERS)
    number = hand_in(small, small.members["A1"][5])
    first, other = small.members["B1"][-2:]
    second(small, first, number)
    small.suspend(first)
    second(small, other, number)
    small.pure.go_to(days_before(small, 28))
    restore(small, first)
    assert admitted_by(small, number) is None
    assert proposal(small, number).lapsed == days_before(small, 28)


def test_a_share_of_fewer_members_is_reached_when_others_leave():
    """5% of 60 members are three; of 40, two."""
    small = open_bulletin(**MEMBERS, members='"5%"')
    number = hand_in(small, small.members["A1"][5])
    for member in small.members["B1"][-2:]:
        second(small, member, number)
    leaving = [*small.members["A2"], *small.members["B2"]]
    for member in leaving[:19]:
        small.pure.do(member, "membership.resign")
    assert admitted_by(small, number) is None
    small.pure.do(leaving[19], "membership.resign")
    assert admitted_by(small, number) == "members"


def test_the_share_is_of_those_in_good_standing():
    """1/20 of 41 members are three; of 40, two: with a suspension it is reached."""
    small = open_bulletin(**MEMBERS, members='"1/20"')
    number = hand_in(small, small.members["A1"][5])
    for member in small.members["B1"][-2:]:
        second(small, member, number)
    leaving = [*small.members["A2"], *small.members["B2"]]
    for member in leaving[:19]:
        small.pure.do(member, "membership.resign")
    small.suspend(small.members["A1"][-1])
    assert admitted_by(small, number) == "members"


def test_seconders_who_leave_or_are_suspended_do_not_count():
    small = open_bulletin(**MEMBERS, members='"5%"')
    number = hand_in(small, small.members["A1"][5])
    first, other, third, fourth, fifth = small.members["B1"][-5:]
    second(small, first, number)
    second(small, other, number)
    small.pure.do(first, "membership.resign")
    small.suspend(other)
    second(small, third, number)
    second(small, fourth, number)
    assert admitted_by(small, number) is None  # 5% of 58 in good standing are three
    second(small, fifth, number)
    assert admitted_by(small, number) == "members"


def test_a_branch_seconds_it_when_those_who_did_not_have_left():
    """Three of the 16 of A1 second it, where four would have to; of 15, three are a fifth."""
    small = open_bulletin(**BRANCHES)
    number = hand_in(small, small.members["B1"][5])
    *seconding, leaving = small.members["A1"][-4:]
    for member in seconding:
        second(small, member, number)
    assert admitted_by(small, number) is None
    small.pure.do(leaving, "membership.transfer", branch="C1")
    assert admitted_by(small, number) == "branches"


def test_nobody_makes_a_branch_second_by_moving_there():
    """Two of B2's members second it, and one of B1's, who moves to B2 when the bulletin is open."""
    small = open_bulletin(**BRANCHES)
    number = hand_in(small, small.members["A1"][5])
    for member in (*small.members["B2"][-3:-1], small.members["B1"][-1]):
        second(small, member, number)
    small.pure.go_to(small.pure.time + 1)
    small.pure.do(small.members["B1"][-1], "membership.transfer", branch="B2")
    assert admitted_by(small, number) is None
    second(small, small.members["B2"][-1], number)
    assert admitted_by(small, number) == "branches"


def test_a_delegate_who_has_left_the_seat_does_not_count():
    small = delegates_elected(founded(**DELEGATES))
    number = hand_in(small, delegates(small)[0])
    named = others(small, 6)
    for member in named[:4]:
        second(small, member, number)
    small.pure.do(named[0], "delegates.give_way")
    small.pure.do(named[1], "membership.transfer", branch="C2")
    for member in named[4:6]:
        second(small, member, number)
    assert admitted_by(small, number) is None  # four of the six sit in a seat now


def test_an_alternate_who_seconded_it_counts_when_stepping_in():
    small = delegates_elected(founded(**DELEGATES))
    number = hand_in(small, delegates(small)[-1])
    named = others(small, 5)
    for member in named[:4]:
        second(small, member, number)
    gone = named[4]
    seat = assembly(small).seated[gone]
    branch = assembly(small).seats[seat].branch
    alternate = assembly(small).delegations[branch].alternates[0]
    second(small, alternate, number)
    assert admitted_by(small, number) is None
    small.pure.do(gone, "delegates.give_way")
    small.pure.do(alternate, "delegates.step_in", seat=seat)
    assert admitted_by(small, number) == "delegates"


def test_those_who_are_elected_later_count_from_then():
    """Members second it before the election; it is admitted by the result, and by nobody else."""
    small = delegates_elected(founded(**DELEGATES))
    chosen = delegates(small)[1:6]
    again = open_bulletin(**DELEGATES)
    author = next(m for m in again.members["A1"] if m not in chosen)
    number = hand_in(again, author)
    for member in chosen:
        second(again, member, number)
    assert admitted_by(again, number) is None
    delegates_elected_in(again)
    assert set(chosen) <= set(delegates(again))
    assert admitted_by(again, number) == "delegates"


def delegates_elected_in(small: Small) -> None:
    """The branches elect whom they elect in the other year, too."""
    nominated(apportioned(small))
    small.pure.go_to(convention(small).dates.election_opens)
    for election in branch_elections(small):
        voters = [m for m in small.members[election.place] if m in election.voters]
        vote_all_alike(small, election.number, voters)
    small.pure.go_to(convention(small).dates.election_closes)


def test_nobodys_approval_is_asked():
    """Editor, chair and both committees do nothing at all, and it is on the way to the floor."""
    small = open_bulletin(**MEMBERS)
    number = hand_in(small, small.members["A1"][5])
    officers = {h.member for holdings in small.state.offices.now.values() for h in holdings}
    first, other = [m for m in small.members["B1"] if m not in officers][:2]
    before = len(small.pure.entries)
    second(small, first, number)
    second(small, other, number)
    assert admitted_by(small, number) == "members"
    done = small.pure.entries[before:]
    assert [occasion.by for occasion, _ in done] == [first, other]
