"""Polls of the convention, of branches and regions: who opens them, who votes, who is installed."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.elections.remembers import Election
from quorate.rulebook.reading import FaultyRulebook, read_rulebook
from support.small import Small, founded, rules_text
from support.year import (
    assembly,
    chair,
    convention,
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


def refused(small: Small, by: str, act: str, rule: str, **fields: object) -> str:
    refusal = small.pure.tried(by, act, **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def again(small: Small, election: Election) -> Election:
    return small.state.elections.elections[election.number]


def dates(small: Small, nominations: int, poll: int) -> dict[str, int]:
    opens = small.pure.time + nominations
    return {"opens": opens, "closes": opens + poll}


class TestTheConvention:
    def test_only_the_chair_opens_its_polls(self, small):
        fields = dates(small, 10 * MINUTE, 10 * MINUTE)
        for by in (small.holder("steering-committee"), small.members["C2"][-1]):
            refused(
                small,
                by,
                "elections.open_poll",
                "floor.chaired_by",
                office="steering-committee",
                **fields,
            )

    def test_there_is_time_to_nominate_and_to_vote(self, small):
        refused(
            small,
            chair(small),
            "elections.open_poll",
            "elections.nominations_minutes",
            office="steering-committee",
            **dates(small, 0, 60 * MINUTE),
        )
        refused(
            small,
            chair(small),
            "elections.open_poll",
            "elections.poll_minutes",
            office="steering-committee",
            **dates(small, 10 * MINUTE, 1),
        )

    def test_it_elects_only_while_it_sits(self):
        small = delegates_elected(founded())
        refused(
            small,
            chair(small),
            "elections.open_poll",
            "floor.called_by",
            office="steering-committee",
            **dates(small, DAY, DAY),
        )

    def test_one_poll_at_a_time_for_an_office_and_none_after_its_result(self, small):
        fields = dates(small, 10 * MINUTE, 10 * MINUTE)
        election = poll(small, "bulletin-editor")
        refused(
            small,
            chair(small),
            "elections.open_poll",
            "posts.bulletin-editor",
            office="bulletin-editor",
            **fields,
        )
        member = delegates(small)[0]
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(fields["closes"])
        assert again(small, election).result.elected == (member,)
        refused(
            small,
            chair(small),
            "elections.open_poll",
            "floor.close",
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
        refused(
            small,
            other,
            "elections.vote",
            rule,
            election=election.number,
            ballot=small.pure.seal("1"),
        )
        refused(
            small,
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
        refused(
            closed,
            chair(closed),
            "elections.open_poll",
            "posts.bulletin-editor",
            office="bulletin-editor",
            **dates(closed, DAY, DAY),
        )
        refused(
            closed,
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
        refused(small, new, "elections.nominate", rule, election=1, member=outsider)
        small.pure.go_to(fields["opens"])
        refused(small, outsider, "elections.vote", rule, election=1, ballot=small.pure.seal("1"))
        vote_all_alike(small, 1, small.members["B1"][:4])
        small.pure.go_to(fields["closes"])
        assert small.holders("branch-secretary", "B1") == [new]

    def test_a_secretary_opens_no_poll_of_another_branch(self, small):
        refused(
            small,
            small.holder("branch-secretary", "B2"),
            "elections.open_poll",
            "membership.roll_attested_by",
            office="branch-secretary",
            place="B1",
            **dates(small, 3 * DAY, 3 * DAY),
        )

    def test_nobody_rushes_a_branch(self, small):
        secretary = small.holder("branch-secretary", "B1")
        refused(
            small,
            secretary,
            "elections.open_poll",
            "elections.nominations_days",
            office="branch-secretary",
            place="B1",
            **dates(small, MINUTE, 3 * DAY),
        )
        refused(
            small,
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
            refused(
                small,
                small.holder("steering-committee"),
                "elections.open_poll",
                f"posts.{office}",
                office=office,
                place=place,
                **dates(small, 3 * DAY, 3 * DAY),
            )


def closed_on_paper(small: Small) -> tuple[int, list[str]]:
    """A poll on paper that has closed, with two candidates, and three tellers."""
    election = poll(small, "bulletin-editor", paper=True)
    for member in delegates(small)[:2]:
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
    small.pure.go_to(election.closes)
    return election.number, small.holders("credentials-committee")[:3]


class TestOnPaper:
    def test_papers_are_entered_after_the_close_and_counted(self, small):
        election = poll(small, "bulletin-editor", paper=True)
        number = election.number
        first, second = delegates(small)[:2]
        for member in (first, second):
            small.pure.do(member, "elections.nominate", election=number, member=member)
        teller, another = small.holders("credentials-committee")[:2]
        rule = "delegates.credentials_by"
        papers = [{"weight": 4, "ranks": [2]}, {"weight": 3, "ranks": [1, 2]}]
        small.pure.go_to(election.opens)
        refused(
            small,
            first,
            "elections.vote",
            "delegates.election_opens",
            election=number,
            ballot=small.pure.seal("1"),
        )
        refused(small, teller, "elections.enter_papers", rule, election=number, papers=papers)
        small.pure.go_to(election.closes)
        refused(small, first, "elections.enter_papers", rule, election=number, papers=papers)
        small.pure.do(teller, "elections.enter_papers", election=number, papers=papers)
        because = refused(small, another, "elections.end_papers", rule, election=number, total=8)
        assert "7" in because
        assert "8" in because
        small.pure.do(another, "elections.end_papers", election=number, total=7)
        small.pure.let_fall_due()
        assert again(small, election).result.elected == (second,)
        assert again(small, election).entered_by == (teller,)
        assert again(small, election).ended_by == another
        refused(small, teller, "elections.enter_papers", rule, election=number, papers=papers)

    def test_no_election_rests_on_one_persons_word(self, small):
        """Whoever entered any of the papers does not say that they are all."""
        number, (first, second, third) = closed_on_paper(small)
        one = [{"weight": 1, "ranks": [1]}]
        for teller in (first, second, first):
            small.pure.do(teller, "elections.enter_papers", election=number, papers=one)
        for teller in (first, second):
            rule = "elections.on_paper"
            refused(small, teller, "elections.end_papers", rule, election=number, total=3)
        small.pure.do(third, "elections.end_papers", election=number, total=3)
        election = small.state.elections.elections[number]
        assert election.entered_by == (first, second)
        assert election.ended_by == third

    def test_no_more_papers_than_delegates_who_could_vote(self, small):
        """All twelve seats are there: a thirteenth paper is one too many, in whatever batches."""
        number, (teller, _, another) = closed_on_paper(small)
        rule = "elections.papers_at_most"
        fields = {"election": number, "papers": [{"weight": 13, "ranks": [1]}]}
        because = refused(small, teller, "elections.enter_papers", rule, **fields)
        assert "13" in because
        assert "12" in because
        ten = [{"weight": 6, "ranks": [1]}, {"weight": 4, "ranks": [2]}]
        small.pure.do(teller, "elections.enter_papers", election=number, papers=ten)
        three = [{"weight": 1, "ranks": [1]}] * 3
        refused(small, teller, "elections.enter_papers", rule, election=number, papers=three)
        small.pure.do(teller, "elections.enter_papers", election=number, papers=three[:2])
        small.pure.do(another, "elections.end_papers", election=number, total=12)

    def test_more_where_the_rulebook_says_that_others_vote_too(self):
        small = sitting(delegates_elected(founded(papers_at_most='"any"')))
        number, (teller, _, _) = closed_on_paper(small)
        many = [{"weight": 5055, "ranks": [1]}]
        small.pure.do(teller, "elections.enter_papers", election=number, papers=many)

    def test_no_more_papers_than_members_on_a_branchs_roll(self, small):
        secretary = small.holder("branch-secretary", "B1")
        fields = dates(small, 3 * DAY, 3 * DAY)
        small.pure.do(
            secretary,
            "elections.open_poll",
            office="branch-secretary",
            place="B1",
            paper=True,
            **fields,
        )
        number = len(small.state.elections.elections)
        small.pure.go_to(fields["closes"])
        teller = small.holder("credentials-committee")
        roll = len(small.state.elections.elections[number].voters)
        rule, papers = "elections.papers_at_most", [{"weight": roll + 1, "ranks": [1]}]
        refused(small, teller, "elections.enter_papers", rule, election=number, papers=papers)
        papers = [{"weight": roll, "ranks": [1]}]
        small.pure.do(teller, "elections.enter_papers", election=number, papers=papers)

    def test_no_papers_where_the_rulebook_has_none(self):
        small = sitting(delegates_elected(founded(on_paper="false")))
        refused(
            small,
            chair(small),
            "elections.open_poll",
            "elections.on_paper",
            office="steering-committee",
            paper=True,
            **dates(small, 10 * MINUTE, 10 * MINUTE),
        )

    def test_no_papers_for_a_poll_that_is_not_on_paper(self, small):
        election = poll(small, "bulletin-editor")
        refused(
            small,
            small.holder("credentials-committee"),
            "elections.enter_papers",
            "delegates.credentials_by",
            election=election.number,
            papers=[{"weight": 1, "ranks": [1]}],
        )


def test_the_whole_leadership_is_elected(small):
    led(small)
    assert small.pure.tried(chair(small), "floor.close") is None
    assert convention(small).closed is not None


def test_a_rulebook_with_one_teller_has_no_election_on_paper():
    """Nobody could ever say that the papers are all."""
    with pytest.raises(FaultyRulebook) as caught:
        read_rulebook(rules_text("open-convention", credentials_by='"chair"'))
    assert [fault.path for fault in caught.value.faults] == ["elections.on_paper"]
    read_rulebook(rules_text("open-convention", credentials_by='"chair"', on_paper="false"))
