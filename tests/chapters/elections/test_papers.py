"""Elections on paper: two tellers enter and end them, and no more than were given out count."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.elections.remembers import Election
from quorate.rulebook.reading import FaultyRulebook, read_rulebook
from support.small import Small, founded, rules_text
from support.year import (
    chair,
    dates,
    delegates,
    delegates_elected,
    poll,
    sitting,
)


@pytest.fixture
def small() -> Small:
    return sitting(delegates_elected(founded()))


def again(small: Small, election: Election) -> Election:
    return small.state.elections.elections[election.number]


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
        small.refused(
            first,
            "elections.vote",
            "delegates.election_opens",
            election=number,
            ballot=small.pure.seal("1"),
        )
        small.refused(teller, "elections.enter_papers", rule, election=number, papers=papers)
        small.pure.go_to(election.closes)
        small.refused(first, "elections.enter_papers", rule, election=number, papers=papers)
        small.pure.do(teller, "elections.enter_papers", election=number, papers=papers)
        because = small.refused(another, "elections.end_papers", rule, election=number, total=8)
        assert "7" in because
        assert "8" in because
        small.pure.do(another, "elections.end_papers", election=number, total=7)
        small.pure.let_fall_due()
        assert again(small, election).result.elected == (second,)
        assert again(small, election).entered_by == (teller,)
        assert again(small, election).ended_by == another
        small.refused(teller, "elections.enter_papers", rule, election=number, papers=papers)

    def test_no_election_rests_on_one_persons_word(self, small):
        """Whoever entered any of the papers does not say that they are all."""
        number, (first, second, third) = closed_on_paper(small)
        one = [{"weight": 1, "ranks": [1]}]
        for teller in (first, second, first):
            small.pure.do(teller, "elections.enter_papers", election=number, papers=one)
        for teller in (first, second):
            rule = "elections.on_paper"
            small.refused(teller, "elections.end_papers", rule, election=number, total=3)
        small.pure.do(third, "elections.end_papers", election=number, total=3)
        election = small.state.elections.elections[number]
        assert election.entered_by == (first, second)
        assert election.ended_by == third

    def test_nor_that_there_are_none_on_ones_word(self, small):
        """Whoever ends the entering before it began takes away nobody's paper."""
        number, (first, second, third) = closed_on_paper(small)
        none = {"election": number, "total": 0}
        small.pure.do(first, "elections.end_papers", **none)
        small.refused(first, "elections.end_papers", "elections.on_paper", **none)
        five = [{"weight": 5, "ranks": [1]}]
        small.pure.do(second, "elections.enter_papers", election=number, papers=five)
        small.refused(third, "elections.end_papers", "delegates.credentials_by", **none)
        small.pure.do(first, "elections.end_papers", election=number, total=5)
        election = small.state.elections.elections[number]
        assert (election.entered_by, election.ended_by) == ((second,), first)

    def test_two_say_that_there_are_none(self, small):
        number, (first, second, _) = closed_on_paper(small)
        small.pure.do(first, "elections.end_papers", election=number, total=0)
        assert small.state.elections.elections[number].closed is None
        small.pure.do(second, "elections.end_papers", election=number, total=0)
        election = small.state.elections.elections[number]
        assert election.closed is not None
        assert (election.entered_by, election.ended_by) == ((first,), second)

    def test_papers_of_fewer_than_the_quorum_elect_nobody(self, small):
        number, (teller, another, _) = closed_on_paper(small)
        five = [{"weight": 5, "ranks": [1]}]
        small.pure.do(teller, "elections.enter_papers", election=number, papers=five)
        small.pure.do(another, "elections.end_papers", election=number, total=5)
        small.pure.let_fall_due()
        election = small.state.elections.elections[number]
        assert election.void
        assert election.result is None
        poll(small, "bulletin-editor")

    def test_no_more_papers_than_delegates_who_could_vote(self, small):
        """All twelve seats are there: a thirteenth paper is one too many, in whatever batches."""
        number, (teller, _, another) = closed_on_paper(small)
        rule = "elections.papers_at_most"
        fields = {"election": number, "papers": [{"weight": 13, "ranks": [1]}]}
        because = small.refused(teller, "elections.enter_papers", rule, **fields)
        assert "13" in because
        assert "12" in because
        ten = [{"weight": 6, "ranks": [1]}, {"weight": 4, "ranks": [2]}]
        small.pure.do(teller, "elections.enter_papers", election=number, papers=ten)
        three = [{"weight": 1, "ranks": [1]}] * 3
        small.refused(teller, "elections.enter_papers", rule, election=number, papers=three)
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
        small.refused(teller, "elections.enter_papers", rule, election=number, papers=papers)
        papers = [{"weight": roll, "ranks": [1]}]
        small.pure.do(teller, "elections.enter_papers", election=number, papers=papers)

    def test_no_papers_where_the_rulebook_has_none(self):
        small = sitting(delegates_elected(founded(on_paper="false")))
        small.refused(
            chair(small),
            "elections.open_poll",
            "elections.on_paper",
            office="steering-committee",
            paper=True,
            **dates(small, 10 * MINUTE, 10 * MINUTE),
        )

    def test_no_papers_for_a_poll_that_is_not_on_paper(self, small):
        election = poll(small, "bulletin-editor")
        small.refused(
            small.holder("credentials-committee"),
            "elections.enter_papers",
            "delegates.credentials_by",
            election=election.number,
            papers=[{"weight": 1, "ranks": [1]}],
        )


def test_a_rulebook_with_one_teller_has_no_election_on_paper():
    """Nobody could ever say that the papers are all."""
    with pytest.raises(FaultyRulebook) as caught:
        read_rulebook(rules_text("open-convention", credentials_by='"chair"'))
    assert [fault.path for fault in caught.value.faults] == ["elections.on_paper"]
    read_rulebook(rules_text("open-convention", credentials_by='"chair"', on_paper="false"))
