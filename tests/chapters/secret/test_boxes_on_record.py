"""An election by secret ballot: the box from what is asked to what comes out, and its papers. What
ballots, shuffles and decryptions are in themselves is tested in tests/ballots."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quorate import organisation
from quorate.ballots.door import NotAdmitted
from quorate.ballots.questions import Homomorphic, NonHomomorphic
from quorate.chapters.calendar import HOUR, MINUTE
from quorate.chapters.clause import RULEBOOK, Occasion
from quorate.chapters.elections.counting import contest, count_sheet
from quorate.chapters.elections.papers import most, papers_over_by
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.floor.close import owed_elections
from quorate.chapters.secret.boxes import ballots_to_come, taking_ballots
from quorate.chapters.secret.remembers import Head
from quorate.chapters.secret.rolls import not_on_paper
from quorate.organisation import replay
from support.caught import VERIFY, caught_by
from support.secret_poll import BODY, Poll, called, rolled_convention, voting
from support.secret_year import closed, in_secret, keyed, register_of, rolled, trustees
from support.small import Small
from support.year import chair, convention, credentialed, delegates, delegates_elected, poll

CROSSES = {"bodies.steering-committee__count": '"plurality-at-large/1"'}
OPEN, PAPERS, BALLOTS = "secret.open_hours", "secret.papers_minutes", "record.ballots"


def cast_all(made: Poll, voters: int = 12) -> list[str]:
    """Whoever has a key votes: the first candidate before the second, or marks both."""
    members = delegates(made.small)[:voters]
    for place, member in enumerate(members):
        made.cast(member, *((1, 2) if place % 3 else (3,)))
    return members


def opened(made: Poll, *owners: int) -> None:
    if isinstance(made.asked.questions[0], NonHomomorphic):
        for owner in (1, 2):
            made.shuffle(owner)
    for owner in owners or (1, 3):
        made.decrypt(owner)


def test_ballots_are_expected_from_the_roll_s_making_until_the_box_is_closed() -> None:
    small = delegates_elected(in_secret())
    expected = [ballots_to_come(small.state)]
    held = keyed(small)
    expected.append(ballots_to_come(small.state))
    closed(small, held)
    expected.append(ballots_to_come(small.state))
    rolled(small, held)
    made = called(small, held)
    made.small.pure.go_to(made.election.opens)
    made.small.pure.let_fall_due()
    expected.append(ballots_to_come(small.state))
    assert [box.election for box in taking_ballots(small.state)] == [made.number]
    cast_all(made)
    made.close()
    expected.append(ballots_to_come(small.state))
    assert expected == [False, False, True, True, False]
    assert taking_ballots(small.state) == []


class TestWhole:
    def test_rankings_come_out_and_are_counted(self) -> None:
        made = voting()
        members = cast_all(made)
        made.cast(members[0], 5, 4)
        made.close()
        opened(made)
        made.state()
        assert (made.box.heads[-1].ballots, made.box.counted) == (13, 12)
        given = contest(made.election)
        assert sum(paper.weight for paper in given.papers) == 12
        by_ranks = {paper.ranks: paper.weight for paper in given.papers}
        assert by_ranks == {((1,), (2,)): 8, ((3,),): 3, ((5,), (4,)): 1}
        assert made.election.result is not None
        assert made.election.result.elected == count_sheet(made.small.state, made.election).elected

    def test_sums_come_out_and_are_counted(self) -> None:
        made = voting(**CROSSES)
        members = cast_all(made)
        made.cast(members[0])
        made.close()
        opened(made, 2, 3)
        made.state()
        assert made.election.box is not None
        assert made.election.box.sums == (1, 8, 8, 3, 0, 0)
        sheet = count_sheet(made.small.state, made.election)
        assert (sheet.papers.read, sheet.papers.valid) == (12, 11)

    def test_the_record_replayed_comes_to_the_same(self) -> None:
        made = voting()
        cast_all(made)
        made.close()
        opened(made)
        made.state()
        assert replay(made.small.pure.entries) == made.small.state

    def test_what_is_asked_follows_from_the_record(self) -> None:
        made = voting(**CROSSES)
        (question,) = made.asked.questions
        assert isinstance(question, Homomorphic)
        assert question.answers == tuple(one.member for one in made.election.standing)
        assert (question.min, question.max, question.blank) == (1, 5, True)
        assert made.asked.public_key == made.own.description.public_key
        assert voting(**CROSSES).box.phi == made.box.phi

    def test_where_nobody_stands_there_is_no_box(self) -> None:
        made = called(*rolled_convention(), candidates=0)
        made.small.pure.go_to(made.election.closes)
        made.small.pure.let_fall_due()
        assert made.number not in made.small.state.secret.boxes
        assert made.election.void or made.election.result is not None


class TestCalled:
    def test_not_before_the_roll(self) -> None:
        small = delegates_elected(in_secret())
        own = keyed(small)
        closed(small, own)
        opens = small.pure.time + 10 * MINUTE
        fields = {"office": BODY, "opens": opens, "closes": opens + 10 * MINUTE}
        small.refused(chair(small), "elections.open_poll", "secret.mix_minutes", **fields)
        rolled(small, own)
        opens = small.pure.time + 10 * MINUTE
        fields = {"office": BODY, "opens": opens, "closes": opens + 10 * MINUTE}
        assert small.pure.tried(chair(small), "elections.open_poll", **fields) is None

    @pytest.mark.parametrize(("instead", "says"), [("paper", "on paper"), ("later", "register")])
    def test_with_a_void_register_the_rulebook_says_how(self, instead: str, says: str) -> None:
        small = delegates_elected(in_secret(without_trustees=f'"{instead}"'))
        closed(small, keyed(small), without=3)
        assert register_of(small).void == "claims"
        opens = small.pure.time + 10 * MINUTE
        fields: dict[str, Any] = {"office": BODY, "opens": opens, "closes": opens + 10 * MINUTE}
        refusal = small.pure.tried(chair(small), "elections.open_poll", **fields)
        assert refusal is not None
        assert refusal.rule == "secret.without_trustees"
        assert says in refusal.instead
        owed = BODY in owed_elections(small.state, convention(small))
        on_paper = small.pure.tried(chair(small), "elections.open_poll", **fields, paper=True)
        assert (on_paper is None) == owed == (instead == "paper")

    def test_too_few_ballots_twice_let_it_be_on_paper_at_this_convention_only(self) -> None:
        made = voting()
        made.close()
        again = made.election.anew
        assert again is not None
        small = made.small
        small.pure.go_to(small.state.elections.elections[again].closes)
        small.pure.let_fall_due()
        second = small.state.elections.elections[again]
        assert (second.void, second.anew) == (True, None)
        assert not_on_paper(small.state, (BODY, ""), None) is None
        earlier = with_election(small.state, second._replace(convention=99))
        earlier = with_election(earlier, made.election._replace(convention=99))
        refusal = not_on_paper(earlier, (BODY, ""), None)
        assert refusal is not None
        assert poll(small, BODY, paper=True).paper

    def test_an_open_office_of_the_same_convention_is_elected_openly(self) -> None:
        small, _ = rolled_convention()
        assert not poll(small, "credentials-committee").register

    def test_no_ballot_with_a_name(self) -> None:
        made = voting()
        made.small.refused(
            delegates(made.small)[0],
            "elections.vote",
            "secret.sides",
            election=made.number,
            ballot=made.small.pure.seal("1"),
        )


class TestGrowing:
    def test_every_few_minutes_until_the_close(self) -> None:
        made = voting(batch_minutes="3")
        members = delegates(made.small)
        for minute, member in enumerate(members[:9], 1):
            made.cast(member, 1)
            made.small.pure.go_to(made.election.opens + minute * MINUTE)
        made.close()
        assert [head.ballots for head in made.box.heads] == [0, 3, 6, 9, 9]
        assert [head.time for head in made.box.heads[1:4]] == [
            made.election.opens + minutes * MINUTE for minutes in (3, 6, 9)
        ]
        assert len({head.head for head in made.box.heads}) == 5

    def test_whether_anything_was_cast_or_not(self) -> None:
        made = voting(batch_minutes="3")
        made.small.pure.go_to(made.election.opens + 3 * MINUTE)
        made.small.pure.let_fall_due()
        assert [head.ballots for head in made.box.heads] == [0, 0]
        assert made.box.heads[0].head == made.box.heads[1].head

    @pytest.mark.parametrize(
        ("ballots", "head"), [(1, "same"), (2, "other"), (3, "same"), (0, "other")]
    )
    def test_no_box_that_is_not_the_same_gone_on(self, ballots: int, head: str) -> None:
        made = voting(batch_minutes="3")
        for member in delegates(made.small)[:2]:
            made.cast(member, 1)
        made.small.pure.go_to(made.election.opens + 3 * MINUTE)
        made.small.pure.let_fall_due()
        made.small.pure.time = made.election.opens + 6 * MINUTE
        state = made.small.state
        due = organisation.fallen_due(state, made.small.pure.time)
        assert due is not None
        last = made.box.heads[-1].head
        honest = made.small.pure.falling_due(due)
        forged = replace(honest, ballots=ballots, head=last if head == "same" else "0" * 64)
        occasion = Occasion(state.size, made.small.pure.time, RULEBOOK)
        refusal = organisation.decide(state, forged, occasion)
        assert refusal is not None
        assert refusal.rule == "secret.batch_minutes"
        assert organisation.decide(state, honest, occasion) is None

    def test_with_too_few_ballots_it_is_never_opened_and_held_again(self) -> None:
        made = voting()
        cast_all(made, 4)
        made.close()
        assert (made.box.void, made.election.void) == ("few", True)
        made.small.refused(
            trustees(made.small)[0],
            "secret.shuffle_box",
            "secret.without_trustees",
            **made.shuffled(1),
        )
        again = Poll(made.small, made.own, made.election.anew or 0)
        assert again.box.phi != made.box.phi
        cast_all(again)
        again.close()
        opened(again)
        again.state()
        assert again.election.result is not None


@pytest.fixture
def shut() -> Poll:
    made = voting()
    cast_all(made)
    made.close()
    return made


class TestOpening:
    def test_enough_shuffle_before_anybody_decrypts(self, shut: Poll) -> None:
        first, second, _ = trustees(shut.small)
        shut.small.refused(first, "secret.decrypt_box", "secret.needed", **shut.decrypted(1))
        shut.shuffle(1)
        shut.small.refused(first, "secret.shuffle_box", OPEN, **shut.shuffled(1))
        shut.small.refused(first, "secret.decrypt_box", "secret.needed", **shut.decrypted(1))
        late = shut.shuffled(2)
        shut.shuffle(3)
        shut.small.refused(second, "secret.shuffle_box", OPEN, **late)
        shut.decrypt(1)
        shut.small.refused(second, "secret.shuffle_box", OPEN, **shut.shuffled(2))
        shut.small.refused(first, "secret.decrypt_box", OPEN, **shut.decrypted(1))

    def test_no_more_decrypt_than_are_needed(self, shut: Poll) -> None:
        opened(shut, 1, 2)
        third = trustees(shut.small)[2]
        shut.small.refused(third, "secret.decrypt_box", OPEN, **shut.decrypted(3))

    def test_each_signs_their_own(self, shut: Poll) -> None:
        first, second, _ = trustees(shut.small)
        shut.small.refused(second, "secret.shuffle_box", "secret.sides", **shut.shuffled(1))
        stranger = shut.small.members["C2"][-1]
        shut.small.refused(stranger, "secret.shuffle_box", "secret.sides", **shut.shuffled(1))
        other = shut.shuffled(1) | {"shuffle": shut.small.pure.beside(b"another")}
        shut.small.refused(first, "secret.shuffle_box", "secret.sides", **other)

    def test_of_sums_nothing_is_shuffled(self) -> None:
        made = voting(**CROSSES)
        cast_all(made)
        made.close()
        fields = {**made.decrypted(1), "shuffle": made.small.pure.beside(b"{}")}
        del fields["decryption"]
        first = trustees(made.small)[0]
        made.small.refused(first, "secret.shuffle_box", OPEN, **fields)

    def test_not_while_voting_is_open(self) -> None:
        made = voting()
        fields = {"election": made.number, "before": "0" * 64, "signature": "{}"}
        first = trustees(made.small)[0]
        made.small.refused(first, "secret.decrypt_box", OPEN, **fields, decryption="0" * 64)

    def test_too_few_trustees_void_it_and_their_register(self, shut: Poll) -> None:
        for owner in (1, 2):
            shut.shuffle(owner)
        shut.decrypt(2)
        closes = shut.box.closed or 0
        shut.small.pure.go_to(closes + 48 * HOUR - 1)
        assert not shut.election.void
        shut.small.pure.go_to(closes + 48 * HOUR)
        shut.small.pure.let_fall_due()
        assert (shut.box.void, shut.election.void) == ("trustees", True)
        assert register_of(shut.small).void == "box"
        last = trustees(shut.small)[2]
        shut.small.refused(
            last, "secret.decrypt_box", "secret.without_trustees", **shut.decrypted(3)
        )
        opens = shut.small.pure.time + 10 * MINUTE
        fields = {"office": BODY, "opens": opens, "closes": opens + 10 * MINUTE}
        by = chair(shut.small)
        shut.small.refused(by, "elections.open_poll", "secret.without_trustees", **fields)
        assert shut.small.pure.tried(by, "elections.open_poll", **fields, paper=True) is None


class TestResult:
    def test_not_before_enough_have_decrypted(self, shut: Poll) -> None:
        opened(shut, 2)
        fields = {"election": shut.number, "rankings": [{"weight": 12, "numbers": [1] * 5}]}
        shut.small.refused(shut.small.members["C2"][-1], "secret.result", OPEN, **fields)

    @pytest.mark.parametrize("wrong", ["sums", "less", "more", "order", "short", "unended"])
    def test_what_cannot_be(self, shut: Poll, wrong: str) -> None:
        opened(shut)
        fields = shut.result()
        said = fields["rankings"]
        changed = {
            "sums": {"sums": [12] * 6, "rankings": []},
            "less": {"rankings": said[1:]},
            "more": {"rankings": [*said, {"weight": 1, "numbers": [255] * 5}]},
            "order": {"rankings": said[::-1]},
            "short": {"rankings": [one | {"numbers": one["numbers"][:4]} for one in said]},
            "unended": {"more": True},
        }[wrong]
        by = shut.small.members["C2"][-1]
        shut.small.refused(by, "secret.result", BALLOTS, **(fields | changed))
        shut.state()

    def test_in_several_entries(self, shut: Poll) -> None:
        opened(shut)
        fields = shut.result()
        by, said = shut.small.members["C2"][-1], fields["rankings"]
        assert len(said) == 2
        first = fields | {"rankings": said[:1], "more": True}
        shut.small.pure.do(by, "secret.result", **first)
        assert shut.election.result is None
        shut.small.refused(by, "secret.result", BALLOTS, **first)
        shut.small.pure.do(by, "secret.result", **(fields | {"rankings": said[1:]}))
        shut.small.pure.let_fall_due()
        assert shut.election.result is not None
        shut.small.refused(by, "secret.result", OPEN, **fields)


def unchecked(small: Small) -> tuple[str, ...]:
    """The two seats without a key, as if nobody had looked at their delegates' credentials yet, nor
    had they come."""
    here = convention(small)
    assembly = small.state.delegates.assemblies[here.number]
    checked, presence = assembly.credentialed, here.presence
    seats = tuple(sorted(set(checked) - set(register_of(small).counted)))
    for seat in seats:
        checked = checked.delete(seat)
        presence = presence.delete(seat) if seat in presence else presence
    assembly = replace(assembly, credentialed=checked)
    assemblies = small.state.delegates.assemblies.set(here.number, assembly)
    there = replace(here, presence=presence)
    conventions = small.state.floor.conventions.set(here.number, there)
    small.pure.state = small.state._replace(
        delegates=small.state.delegates._replace(assemblies=assemblies),
        floor=small.state.floor._replace(conventions=conventions),
    )
    return seats


class TestPapers:
    """Two delegates have claimed no key, and vote on paper."""

    @pytest.fixture
    def both(self) -> Poll:
        made = voting(without=2)
        cast_all(made, 10)
        made.close()
        return made

    def enter(self, made: Poll, weight: int) -> Any:
        papers = [{"weight": weight, "ranks": [2, 1]}]
        teller = made.small.holders("credentials-committee")[0]
        return made.small.pure.tried(
            teller, "elections.enter_papers", election=made.number, papers=papers
        )

    def end(self, made: Poll, total: int) -> None:
        other = made.small.holders("credentials-committee")[1]
        made.small.pure.do(other, "elections.end_papers", election=made.number, total=total)

    def test_one_teller_does_not_end_them_before_they_began(self, both: Poll) -> None:
        self.end(both, 0)
        assert both.small.pure.time < papers_over_by(
            both.small.state, both.election, both.box.closed or 0
        )
        assert self.enter(both, 2) is None
        third = both.small.holders("credentials-committee")[2]
        both.small.pure.do(third, "elections.end_papers", election=both.number, total=2)
        assert both.election.ended_by == third

    def test_are_counted_with_the_box(self, both: Poll) -> None:
        assert self.enter(both, 2) is None
        self.end(both, 2)
        opened(both)
        both.state()
        assert sum(paper.weight for paper in contest(both.election).papers) == 12

    def test_at_most_those_without_a_key(self, both: Poll) -> None:
        refusal = self.enter(both, 3)
        assert refusal.rule == "elections.papers_at_most"
        assert "2 could vote without a key" in refusal.because

    def test_are_in_before_the_box_is_opened(self, both: Poll) -> None:
        for owner in (1, 2):
            both.shuffle(owner)
        first = trustees(both.small)[0]
        both.small.refused(first, "secret.decrypt_box", PAPERS, **both.decrypted(1))
        assert self.enter(both, 1) is None
        self.end(both, 1)
        both.decrypt(1)
        assert self.enter(both, 1).rule == PAPERS

    def test_do_not_hold_it_up(self, both: Poll) -> None:
        """What one teller entered and no other has ended is not counted."""
        assert self.enter(both, 2) is None
        both.papers_over()
        assert self.enter(both, 1).rule == PAPERS
        opened(both)
        both.state()
        assert sum(paper.weight for paper in contest(both.election).papers) == 10

    @caught_by(VERIFY)
    def test_none_by_who_is_checked_when_a_part_is_known(self) -> None:
        """Whoever could have no paper, since nobody without a key was checked, finds somebody when
        trustees have decrypted."""
        made = voting(without=2)
        small = made.small
        keyless = unchecked(small)
        cast_all(made, 10)
        made.close()
        opened(made)
        for seat in keyless:
            credentialed(small, seat)
        assert most(small.state, made.election) == 2
        assert small.pure.time < made.election.closes + made.box.rules.papers_minutes * MINUTE
        assert self.enter(made, 2).rule == PAPERS
        other = small.holders("credentials-committee")[1]
        fields = {"election": made.number, "total": 0}
        small.refused(other, "elections.end_papers", PAPERS, **fields)

    def test_none_while_voting_is_open(self) -> None:
        made = voting(without=2)
        assert self.enter(made, 1).rule == "delegates.credentials_by"


def test_a_ballot_of_another_election_stays_outside() -> None:
    made = voting()
    other = made.asked.uuid.encode()
    data = made.ballot(delegates(made.small)[0], 1).replace(other, b"1" * 22)
    with pytest.raises(NotAdmitted) as refused:
        made.door.admit(data, (), lambda _: 0)
    assert refused.value.kind == "election"


def test_a_head_says_when_it_stood() -> None:
    made = voting()
    assert made.box.heads == (
        Head(made.box.heads[0].head, 0, made.small.state.size - 1, made.election.opens),
    )
    assert made.box.opened == made.election.opens
