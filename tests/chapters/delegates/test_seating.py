"""Who sits in a seat: elected by the branch, or its next alternate; nobody else."""

from __future__ import annotations

import pytest

from support.pure import person
from support.small import Small, founded
from support.year import (
    apportioned,
    assembly,
    branch_elections,
    called,
    convention,
    credentialed,
    delegates_elected,
    nominated,
    sitting,
    vote_all_alike,
)


@pytest.fixture
def small() -> Small:
    return delegates_elected(founded())


def refused(small: Small, by: str, act: str, rule: str, **fields: object) -> str:
    refusal = small.pure.tried(by, act, **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def alternate_of(small: Small, branch: str) -> str:
    return assembly(small).delegations[branch].alternates[0]


def test_those_elected_sit_in_the_seats_in_order(small):
    for election in branch_elections(small):
        seats = assembly(small).delegations[election.place].seats
        elected = small.state.elections.elections[election.number].result.elected
        assert tuple(assembly(small).seats[seat].holder for seat in seats) == elected


def test_an_alternate_steps_in_when_a_delegate_gives_way(small):
    holder, alternate = assembly(small).seats["A1-1"].holder, alternate_of(small, "A1")
    small.pure.do(holder, "delegates.give_way")
    assert assembly(small).seats["A1-1"].holder is None
    assert holder not in assembly(small).seated
    small.pure.do(alternate, "delegates.step_in", seat="A1-1")
    seat = assembly(small).seats["A1-1"]
    assert seat.holder == alternate
    assert [(s.member, s.how) for s in seat.sittings] == [
        (holder, "elected"),
        (alternate, "stepped in"),
    ]


def test_nobody_steps_in_who_is_not_the_next_alternate(small):
    small.pure.do(assembly(small).seats["A1-1"].holder, "delegates.give_way")
    for other in (alternate_of(small, "A2"), small.members["A1"][-1]):
        refused(small, other, "delegates.step_in", "delegates.alternates", seat="A1-1")


def test_nobody_steps_into_a_seat_that_is_taken_or_does_not_exist(small):
    alternate = alternate_of(small, "A1")
    refused(small, alternate, "delegates.step_in", "delegates.alternates", seat="A1-1")
    refused(small, alternate, "delegates.step_in", "delegates.alternates", seat="A1-99")


def test_who_gave_way_does_not_come_back_as_the_next_alternate(small):
    alternate = alternate_of(small, "A1")
    small.pure.do(assembly(small).seats["A1-1"].holder, "delegates.give_way")
    small.pure.do(alternate, "delegates.step_in", seat="A1-1")
    small.pure.do(alternate, "delegates.give_way")
    because = refused(small, alternate, "delegates.step_in", "delegates.alternates", seat="A1-1")
    assert "no alternate left" in because


@pytest.mark.parametrize("leaving", ["resign", "transfer"])
def test_a_delegate_who_leaves_the_branch_leaves_the_seat(small, leaving):
    holder = assembly(small).seats["A1-1"].holder
    fields = {"branch": "B1"} if leaving == "transfer" else {}
    small.pure.do(holder, f"membership.{leaving}", **fields)
    assert assembly(small).seats["A1-1"].holder is None
    small.pure.do(alternate_of(small, "A1"), "delegates.step_in", seat="A1-1")


def test_a_suspension_does_not_silence_the_branch(small):
    holder, alternate = assembly(small).seats["A1-1"].holder, alternate_of(small, "A1")
    small.suspend(holder)
    small.pure.do(alternate, "delegates.step_in", seat="A1-1")
    assert assembly(small).seats["A1-1"].holder == alternate
    assert holder not in assembly(small).seated


def test_the_committee_may_record_the_next_alternate_and_no_other(small):
    small.pure.do(assembly(small).seats["A1-1"].holder, "delegates.give_way")
    small.pure.do(small.holder("credentials-committee"), "delegates.step_in", seat="A1-1")
    assert assembly(small).seats["A1-1"].holder == alternate_of(small, "A1")


def test_nobody_steps_in_before_the_branch_has_elected():
    small = apportioned(called(founded()))
    refused(small, small.members["A1"][0], "delegates.step_in", "delegates.alternates", seat="A1-1")


def test_a_candidate_who_has_left_by_the_count_is_passed_over():
    small = nominated(apportioned(called(founded())))
    election = next(e for e in branch_elections(small) if e.place == "A1")
    leaver = small.state.elections.elections[election.number].standing[0].member
    small.pure.go_to(election.opens)
    vote_all_alike(small, election.number, small.members["A1"])
    small.pure.do(leaver, "membership.resign")
    small.pure.go_to(election.closes)
    counted = small.state.elections.elections[election.number]
    others = [c.member for c in counted.standing if c.member != leaver]
    assert counted.withdrawn == {1}
    assert counted.result.elected == tuple(others)
    seats = [assembly(small).seats[s].holder for s in assembly(small).delegations["A1"].seats]
    assert seats == others


class TestCredentials:
    def test_only_whom_the_branch_elected_has_credentials(self, small):
        office = small.holder("credentials-committee")
        nobody = small.members["A1"][-1]
        because = refused(
            small,
            office,
            "delegates.credential",
            "delegates.credentials_by",
            seat="A1-1",
            member=nobody,
        )
        assert because == "Nobody elected this member to this seat."

    def test_only_the_committee_checks_them(self, small):
        holder = assembly(small).seats["A1-1"].holder
        refused(
            small,
            small.members["C2"][-1],
            "delegates.credential",
            "delegates.credentials_by",
            seat="A1-1",
            member=holder,
        )

    def test_once_is_enough(self, small):
        credentialed(small, "A1-1")
        refused(
            small,
            small.holder("credentials-committee"),
            "delegates.credential",
            "delegates.credentials_by",
            seat="A1-1",
            member=assembly(small).seats["A1-1"].holder,
        )

    def test_a_stand_in_needs_credentials_of_their_own(self, small):
        sitting(small)
        alternate = alternate_of(small, "A1")
        small.pure.do(assembly(small).seats["A1-1"].holder, "delegates.give_way")
        assert "A1-1" not in convention(small).presence
        small.pure.do(alternate, "delegates.step_in", seat="A1-1")
        refused(small, alternate, "floor.arrive", "delegates.credentials_by")
        credentialed(small, "A1-1")
        small.pure.do(alternate, "floor.arrive")
        assert convention(small).presence["A1-1"] == alternate


class TestGuests:
    GUEST = "g-" + "a" * 16

    def test_a_guest_is_invited_and_the_invitation_ends(self, small):
        host = small.holder("steering-committee")
        small.pure.do(host, "delegates.invite", guest=self.GUEST, person=person(500))
        refused(
            small,
            host,
            "delegates.invite",
            "delegates.guests_by",
            guest=self.GUEST,
            person=person(500),
        )
        small.pure.do(host, "delegates.end_invitation", guest=self.GUEST)
        assert assembly(small).guests[self.GUEST].ended is not None
        refused(small, host, "delegates.end_invitation", "delegates.guests_by", guest=self.GUEST)

    def test_only_whom_the_rulebook_lets_invite(self, small):
        refused(
            small,
            small.members["C2"][-1],
            "delegates.invite",
            "delegates.guests_by",
            guest=self.GUEST,
            person=person(500),
        )

    def test_a_guest_cannot_act(self, small):
        small.pure.do(
            small.holder("steering-committee"),
            "delegates.invite",
            guest=self.GUEST,
            person=person(500),
        )
        refused(small, self.GUEST, "floor.arrive", "membership.admission")
