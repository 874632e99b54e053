"""Polls of the convention, of branches and regions: who opens them, who votes, who is installed."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.elections.remembers import Election
from support.small import Small, founded
from support.year import (
    assembly,
    chair,
    convention,
    dates,
    delegates,
    delegates_elected,
    led,
    poll,
    sitting,
    vote_all_alike,
)


@pytest.fixture
def small() -> Small:
    return sitting(delegates_elected(founded()))


def again(small: Small, election: Election) -> Election:
    return small.state.elections.elections[election.number]


class TestTheConvention:
    def test_only_the_chair_opens_its_polls(self, small):
        fields = dates(small, 10 * MINUTE, 10 * MINUTE)
        for by in (small.holder("steering-committee"), small.members["C2"][-1]):
            small.refused(
                by,
                "elections.open_poll",
                "floor.chaired_by",
                office="steering-committee",
                **fields,
            )

    def test_there_is_time_to_nominate_and_to_vote(self, small):
        small.refused(
            chair(small),
            "elections.open_poll",
            "elections.nominations_minutes",
            office="steering-committee",
            **dates(small, 0, 60 * MINUTE),
        )
        small.refused(
            chair(small),
            "elections.open_poll",
            "elections.poll_minutes",
            office="steering-committee",
            **dates(small, 10 * MINUTE, 1),
        )

    def test_it_elects_only_while_it_sits(self):
        small = delegates_elected(founded())
        small.refused(
            chair(small),
            "elections.open_poll",
            "floor.called_by",
            office="steering-committee",
            **dates(small, DAY, DAY),
        )

    def test_one_poll_at_a_time_for_an_office_and_none_after_its_result(self, small):
        fields = dates(small, 10 * MINUTE, 10 * MINUTE)
        election = poll(small, "bulletin-editor")
        small.refused(
            chair(small),
            "elections.open_poll",
            "posts.bulletin-editor",
            office="bulletin-editor",
            **fields,
        )
        member = delegates(small)[0]
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(election.opens)
        vote_all_alike(small, election.number, delegates(small))
        small.pure.go_to(fields["closes"])
        assert again(small, election).result.elected == (member,)
        small.refused(
            chair(small),
            "elections.open_poll",
            "floor.close",
            office="bulletin-editor",
            **dates(small, 10 * MINUTE, 10 * MINUTE),
        )

    def test_fewer_than_the_quorum_elect_nobody_and_open_no_poll(self, small):
        election = poll(small, "bulletin-editor")
        member = delegates(small)[0]
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
        for leaving in delegates(small)[1:8]:
            small.pure.do(leaving, "floor.leave")
        small.pure.go_to(election.opens)
        vote_all_alike(small, election.number, delegates(small)[:1] + delegates(small)[8:])
        small.pure.go_to(election.closes)
        assert again(small, election).void
        assert again(small, election).anew is None
        small.refused(
            chair(small),
            "elections.open_poll",
            "floor.quorum",
            office="bulletin-editor",
            **dates(small, 10 * MINUTE, 10 * MINUTE),
        )

    def test_an_election_of_nobody_can_be_held_again(self, small):
        election = poll(small, "bulletin-editor")
        small.pure.go_to(election.closes)
        assert again(small, election).result.elected == ()
        poll(small, "bulletin-editor")

    def test_seats_vote_when_present_and_each_once(self, small):
        election = poll(small, "bulletin-editor")
        voter, other = delegates(small)[:2]
        small.pure.do(voter, "elections.nominate", election=election.number, member=voter)
        small.pure.go_to(election.opens)
        small.pure.do(other, "floor.leave")
        rule = "posts.bulletin-editor"
        small.refused(
            other,
            "elections.vote",
            rule,
            election=election.number,
            ballot=small.pure.seal("1"),
        )
        small.refused(
            small.members["A1"][-1],
            "elections.vote",
            rule,
            election=election.number,
            ballot=small.pure.seal("1"),
        )
        vote_all_alike(small, election.number, [voter, voter])
        seat = assembly(small).seated[voter]
        assert list(again(small, election).sealed) == [seat]
        small.pure.go_to(election.closes)
        assert len(again(small, election).opened) == 1

    def test_a_stand_in_votes_in_the_seats_name(self, small):
        election = poll(small, "bulletin-editor")
        first, second = delegates(small)[0], delegates(small)[-1]
        for member in (first, second):
            small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(election.opens)
        seat = "A1-1"
        holder = assembly(small).seats[seat].holder
        vote_all_alike(small, election.number, [holder], "1")
        small.pure.do(holder, "delegates.give_way")
        alternate = assembly(small).delegations["A1"].alternates[0]
        small.pure.do(alternate, "delegates.step_in", seat=seat)
        small.pure.do(
            small.holder("credentials-committee"),
            "delegates.credential",
            seat=seat,
            member=alternate,
        )
        small.pure.do(alternate, "floor.arrive")
        vote_all_alike(small, election.number, [alternate], "2")
        sealed = again(small, election).sealed[seat]
        assert sealed.by == alternate
        assert len(sealed.before) == 1
        small.pure.go_to(election.closes)
        assert again(small, election).opened[seat].ranks == (2,)
        assert len(again(small, election).opened) == 1

    def test_those_elected_take_office_at_the_close_and_not_before(self, small):
        before = small.holders("steering-committee")
        led(small)
        assert small.holders("steering-committee") == before
        elected = delegates(small)[:9]
        small.pure.do(chair(small), "floor.close")
        assert small.holders("steering-committee") == elected
        past = [h for h in small.state.offices.past if h.office == ("steering-committee", "")]
        assert [h.member for h in past] == before

    def test_who_has_left_by_the_close_is_not_installed(self, small):
        led(small)
        leaver = next(m for m in delegates(small)[:9] if m != chair(small))
        small.pure.do(leaver, "membership.resign")
        small.pure.do(chair(small), "floor.close")
        assert leaver not in small.holders("steering-committee")
        assert len(small.holders("steering-committee")) == 8

    def test_an_appointed_office_is_not_elected(self):
        closed = sitting(delegates_elected(founded("closed-slate", delegates="3")))
        closed.refused(
            chair(closed),
            "elections.open_poll",
            "posts.bulletin-editor",
            office="bulletin-editor",
            **dates(closed, DAY, DAY),
        )
        closed.refused(
            chair(closed),
            "elections.open_poll",
            "record.subject",
            office="nothing",
            **dates(closed, DAY, DAY),
        )


class TestBranchesAndRegions:
    @pytest.fixture
    def small(self) -> Small:
        return founded()

    def test_the_members_of_the_branch_elect_their_secretary(self, small):
        secretary = small.holder("branch-secretary", "B1")
        fields = dates(small, 3 * DAY, 3 * DAY)
        small.pure.do(
            secretary, "elections.open_poll", office="branch-secretary", place="B1", **fields
        )
        election = small.state.elections.elections[1]
        assert sorted(election.voters) == sorted(small.members["B1"])
        new = small.members["B1"][-1]
        small.pure.do(new, "elections.nominate", election=1, member=new)
        outsider = small.members["A1"][0]
        rule = "posts.branch-secretary"
        small.refused(new, "elections.nominate", rule, election=1, member=outsider)
        small.pure.go_to(fields["opens"])
        small.refused(outsider, "elections.vote", rule, election=1, ballot=small.pure.seal("1"))
        vote_all_alike(small, 1, small.members["B1"][:4])
        small.pure.go_to(fields["closes"])
        assert small.holders("branch-secretary", "B1") == [new]

    def test_a_secretary_opens_no_poll_of_another_branch(self, small):
        small.refused(
            small.holder("branch-secretary", "B2"),
            "elections.open_poll",
            "membership.roll_attested_by",
            office="branch-secretary",
            place="B1",
            **dates(small, 3 * DAY, 3 * DAY),
        )

    def test_nobody_rushes_a_branch(self, small):
        secretary = small.holder("branch-secretary", "B1")
        small.refused(
            secretary,
            "elections.open_poll",
            "elections.nominations_days",
            office="branch-secretary",
            place="B1",
            **dates(small, MINUTE, 3 * DAY),
        )
        small.refused(
            secretary,
            "elections.open_poll",
            "elections.poll_days",
            office="branch-secretary",
            place="B1",
            **dates(small, 3 * DAY, MINUTE),
        )

    def test_only_members_in_good_standing_at_the_opening_are_on_the_roll(self, small):
        from support.pure import person, pseudonym

        gone, suspended = small.members["A1"][-2:]
        small.pure.do(gone, "membership.resign")
        small.suspend(suspended)
        fields = dates(small, 3 * DAY, 3 * DAY)
        small.pure.do(
            small.holder("steering-committee"),
            "elections.open_poll",
            office="regional-organiser",
            place="A",
            **fields,
        )
        late = pseudonym(900)
        small.pure.do(
            small.holder("branch-secretary", "A1"),
            "membership.admit",
            member=late,
            branch="A1",
            person=person(900),
        )
        expected = {*small.members["A1"], *small.members["A2"]} - {gone, suspended}
        assert set(small.state.elections.elections[1].voters) == expected

    def test_the_place_must_be_one_of_the_office(self, small):
        for office, place in (
            ("branch-secretary", "A"),
            ("regional-organiser", ""),
            ("chair", "A"),
        ):
            small.refused(
                small.holder("steering-committee"),
                "elections.open_poll",
                f"posts.{office}",
                office=office,
                place=place,
                **dates(small, 3 * DAY, 3 * DAY),
            )


def test_the_whole_leadership_is_elected(small):
    led(small)
    assert small.pure.tried(chair(small), "floor.close") is None
    assert convention(small).closed is not None
