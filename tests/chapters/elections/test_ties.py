"""Ties: who is elected whatever a lot says sits at once, and one lot settles the branches' ties."""

from __future__ import annotations

import hashlib

import pytest

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.clause import RULEBOOK
from quorate.chapters.elections.counting import count_sheet
from quorate.chapters.elections.remembers import Election
from support.small import Small, founded
from support.year import apportioned, assembly, branch_elections, called, convention, drawn


def tied(*places: str, **rules: str) -> Small:
    """In these branches the last seat ties: the first candidate has many votes, the other two as
    many as each other. Elsewhere everyone votes alike."""
    small = apportioned(called(founded(**rules)))
    stand = {e.place: standing(small, e, 3 if e.place in places else 1) for e in elections(small)}
    small.pure.go_to(convention(small).dates.election_opens)
    for election in elections(small):
        voters = [m for m in small.members[election.place] if m in election.voters]
        names = len(stand[election.place])
        if election.place not in places:
            vote(small, election, voters, ",".join(str(n + 1) for n in range(names)))
            continue
        first, rest = voters[:-4], voters[-4:]
        vote(small, election, first, "1")
        for place, ballot in enumerate(("2", "2", "3", "3")):
            vote(small, election, [rest[place]], ballot)
    small.pure.go_to(convention(small).dates.election_closes)
    return small


def elections(small: Small) -> list[Election]:
    return branch_elections(small)


def standing(small: Small, election: Election, count: int) -> list[str]:
    able = [m for m in small.members[election.place] if m in election.voters][3 : 3 + count]
    for member in able:
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
    return able


def vote(small: Small, election: Election, voters: list[str], ballot: str) -> None:
    for voter in voters:
        sealed = small.pure.seal(ballot)
        small.pure.do(voter, "elections.vote", election=election.number, ballot=sealed)


def of(small: Small, place: str) -> Election:
    return next(e for e in elections(small) if e.place == place)


def two_seats(small: Small) -> list[str]:
    """Branches with just two seats: there the three who stand can tie for the last."""
    return [e.place for e in elections(small) if e.seats == 2]


@pytest.fixture
def places() -> list[str]:
    return two_seats(apportioned(called(founded())))


def test_whoever_is_elected_before_the_tie_sits_at_once(places: list[str]) -> None:
    small = tied(places[0])
    election = of(small, places[0])
    first, *equal = [candidate.member for candidate in election.standing]
    assert election.lot_needed
    assert election.certain == (first,)
    seats = assembly(small).delegations[places[0]].seats
    assert [assembly(small).seats[seat].holder for seat in seats] == [first, None]
    drawn(small, "delegates", 1)
    small.pure.let_fall_due()
    sitting = [assembly(small).seats[seat].holder for seat in seats]
    assert sitting[0] == first
    assert sitting[1] in equal
    assert len(assembly(small).seats[seats[0]].sittings) == 1
    (alternate,) = assembly(small).delegations[places[0]].alternates
    assert {sitting[1], alternate} == set(equal)


def test_the_lot_is_called_by_itself_and_settles_every_branch(places: list[str]) -> None:
    small = tied(*places[:2])
    (draw,) = small.state.lots.draws.values()
    assert (draw.purpose, draw.of, draw.called_by) == ("delegates", 1, RULEBOOK)
    assert draw.called == convention(small).dates.election_closes
    for place in places[:2]:
        assert of(small, place).lot_needed
    member = small.members["C2"][-1]
    small.refused(member, "lots.call", "lots.source", purpose="delegates", of=1)
    number = of(small, places[0]).number
    small.refused(member, "lots.call", "lots.source", purpose="election", of=number)
    drawn(small, "delegates", 1)
    small.pure.let_fall_due()
    for place in places[:2]:
        assert of(small, place).result.lot == draw.number
        seats = assembly(small).delegations[place].seats
        assert all(assembly(small).seats[seat].holder for seat in seats)


def test_each_branch_is_drawn_for_itself_as_documented(places: list[str]) -> None:
    """Otherwise the third on every paper would win, or in none."""
    small = tied(*places[:2])
    drawn(small, "delegates", 1)
    small.pure.let_fall_due()
    drawn_seed = small.state.lots.draws[1].seed
    for place in places[:2]:
        election = of(small, place)
        line = f"quorate/lot/v1\n{drawn_seed} election={election.number}\n"
        seed = hashlib.sha256(line.encode()).hexdigest()
        (tie,) = count_sheet(small.state, election).ties

        def ticket(number: int, seed: str = seed, label: str = tie.label or "") -> str:
            text = f"quorate-lot/1\n{seed}\n{label}\n{number}"
            return hashlib.sha256(text.encode()).hexdigest()

        last_drawn = max((2, 3), key=ticket)
        assert tie.chosen == (election.standing[last_drawn - 1].member,)


def test_who_was_seated_and_gave_way_is_not_seated_again(places: list[str]) -> None:
    small = tied(places[0])
    first = of(small, places[0]).certain[0]
    small.pure.do(first, "delegates.give_way")
    drawn(small, "delegates", 1)
    small.pure.let_fall_due()
    seats = assembly(small).delegations[places[0]].seats
    holders = [assembly(small).seats[seat].holder for seat in seats]
    assert holders[0] is None
    assert holders[1] is not None
    assert first not in holders


def test_a_lot_for_want_of_numbers_is_called_again_by_any_member(places: list[str]) -> None:
    small = tied(places[0])
    small.pure.go_to(small.state.lots.draws[1].reveal_until + HOUR)
    assert small.state.lots.draws[1].cancelled is not None
    assert of(small, places[0]).lot_needed
    small.pure.do(small.members["C2"][-1], "lots.call", purpose="delegates", of=1)
    drawn(small, "delegates", 1)
    small.pure.let_fall_due()
    assert of(small, places[0]).result.lot == 2


def test_where_a_public_source_is_the_rule_the_tie_waits_for_its_name(places: list[str]) -> None:
    small = tied(places[0], source='"public"')
    assert not small.state.lots.draws
    checker = small.holder("credentials-committee")
    fields = {"purpose": "delegates", "of": 1, "public": "the lottery of Saturday"}
    small.pure.do(checker, "lots.call", **fields)
    small.pure.go_to(small.state.lots.draws[1].commit_until)
    small.pure.do(checker, "lots.enter_public", draw=1, value="4 8 15")
    small.pure.let_fall_due()
    assert of(small, places[0]).result is not None


def test_where_crosses_are_counted_those_above_the_tie_sit_at_once(places: list[str]) -> None:
    small = tied(places[0], count='"plurality-at-large/1"')
    election = of(small, places[0])
    assert election.count == "plurality-at-large/1"
    assert election.certain == (election.standing[0].member,)


def test_a_tie_of_all_seats_nobody(places: list[str]) -> None:
    small = apportioned(called(founded()))
    election = of(small, "C2")
    candidates = standing(small, election, 2)
    small.pure.go_to(convention(small).dates.election_opens)
    vote(small, election, candidates[:1], "1")
    vote(small, election, candidates[1:], "2")
    small.pure.go_to(convention(small).dates.election_closes)
    assert of(small, "C2").certain == ()
    assert of(small, "C2").lot_needed
    assert assembly(small).seats["C2-1"].holder is None
    small.pure.go_to(small.pure.time + DAY)
