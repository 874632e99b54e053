"""Delegates demand a secret ballot for an office that the convention would elect to openly."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor.close import owed_elections
from quorate.organisation import replay
from support.key_register import KeyRegister
from support.secret_poll import Poll
from support.secret_year import closed, keyed, register_of, rolled
from support.small import Small, founded_with, rules_text
from support.year import (
    assembly,
    called,
    chair,
    convention,
    delegates,
    delegates_elected,
    poll,
    sitting,
)

DEMAND, OPEN, RULE = "secret.demand", "elections.open_poll", "secret.on_demand"
OFFICE, OTHER = "steering-committee", "credentials-committee"
WITHOUT = "secret.without_trustees"


def asking(on_demand: str = "3", **changed: str) -> Small:
    """No office is secret; so many delegates can demand it."""
    return founded_with(rules_text("open-convention", on_demand=on_demand, **changed))


def demand(small: Small, count: int, office: str = OFFICE, first: int = 0) -> None:
    for member in delegates(small)[first : first + count]:
        small.pure.do(member, DEMAND, office=office)


def with_roll(small: Small) -> tuple[Small, KeyRegister]:
    """The convention sits, and the roll of keys stands."""
    delegates_elected(small)
    own = keyed(small)
    closed(small, own)
    rolled(small, own)
    return small, own


def times(small: Small) -> dict[str, int]:
    opens = small.pure.time + 10 * MINUTE
    return {"opens": opens, "closes": opens + 10 * MINUTE}


def last(small: Small) -> Election:
    elections = small.state.elections.elections
    return elections[max(elections)]


def test_a_register_is_opened_at_every_call() -> None:
    small = called(asking())
    small.pure.let_fall_due()
    assert register_of(small).convention == 1
    none = called(asking("0"))
    none.pure.let_fall_due()
    assert not none.state.secret.registers


@pytest.mark.parametrize(
    ("on_demand", "demands", "register"),
    [("3", 2, 0), ("3", 3, 1), ('"1/4"', 2, 0), ('"1/4"', 3, 1), ('"1/3"', 3, 0), ("1", 1, 1)],
)
def test_enough_of_the_twelve_have_to_demand_it(
    on_demand: str, demands: int, register: int
) -> None:
    small, _ = with_roll(asking(on_demand))
    demand(small, demands)
    assert poll(small, OFFICE).register == register
    assert poll(small, OTHER).register == 0


def test_it_is_demanded_before_the_convention_opens_and_waits_for_the_roll() -> None:
    small = delegates_elected(asking())
    own = keyed(small)
    demand(small, 3)
    closed(small, own)
    small.refused(chair(small), OPEN, "secret.mix_minutes", office=OFFICE, **times(small))
    small.refused(chair(small), OPEN, WITHOUT, office=OFFICE, paper=True, **times(small))
    rolled(small, own)
    assert poll(small, OFFICE).register == 1


def test_an_election_that_takes_nominations_goes_on_in_secret() -> None:
    small, own = with_roll(asking())
    number = poll(small, OFFICE).number
    members = delegates(small)
    for member in members[:5]:
        small.pure.do(member, "elections.nominate", election=number, member=member)
    demand(small, 3)
    made = Poll(small, own, number)
    assert (made.election.register, len(made.election.standing)) == (1, 5)
    small.pure.go_to(made.election.opens)
    ballot = small.pure.seal("1")
    small.refused(members[0], "elections.vote", "secret.sides", election=number, ballot=ballot)
    for place, member in enumerate(members):
        made.cast(member, place % 5 + 1)
    made.close()
    for owner in (1, 2):
        made.shuffle(owner)
    for owner in (1, 3):
        made.decrypt(owner)
    made.state()
    assert made.election.result is not None
    assert set(made.election.result.elected) == set(members[:5])
    assert replay(small.pure.entries) == small.state


def test_not_once_voting_has_begun() -> None:
    small, _ = with_roll(asking())
    election = poll(small, OFFICE)
    demand(small, 2)
    small.pure.go_to(election.opens - 1)
    third = delegates(small)[2]
    small.pure.go_to(election.opens)
    said = small.refused(third, DEMAND, RULE, office=OFFICE)
    assert said == "Voting has begun."
    assert last(small).register == 0


def test_the_chair_is_not_quicker_than_the_roll() -> None:
    """An election that was called before the roll stands is called off, and then anew."""
    small = delegates_elected(asking())
    own = keyed(small)
    for member in delegates(small):
        data = own.claim(member).decode()
        small.pure.do(member, "secret.claim", register=1, claim=data)
    sitting(small)
    election = poll(small, OFFICE)
    demand(small, 3)
    assert last(small).void
    small.pure.go_to(election.closes)
    small.refused(chair(small), OPEN, "secret.mix_minutes", office=OFFICE, **times(small))
    small.pure.go_to(register_of(small).closes or 0)
    small.pure.let_fall_due()
    own.close()
    rolled(small, own)
    assert poll(small, OFFICE).register == 1


class TestWithoutARegister:
    """Its trustees have not come to their keys."""

    def failed(self, small: Small, demands: int = 0) -> Small:
        delegates_elected(small)
        demand(small, demands)
        small.pure.go_to(convention(small).dates.opens - 14 * DAY)
        assert register_of(small).void == "keys"
        return sitting(small)

    def test_it_is_held_on_paper(self) -> None:
        small = self.failed(asking(), demands=3)
        small.refused(chair(small), OPEN, WITHOUT, office=OFFICE, **times(small))
        assert poll(small, OFFICE, paper=True).paper

    def test_an_election_under_way_goes_on_on_paper(self) -> None:
        small = self.failed(asking())
        poll(small, OFFICE)
        demand(small, 3)
        assert (last(small).paper, last(small).void) == (True, False)

    def test_nobody_puts_an_office_off_by_demanding_it(self) -> None:
        """Where such elections are held later, it is elected openly."""
        small = self.failed(asking(without_trustees='"later"'), demands=3)
        assert OFFICE in owed_elections(small.state, convention(small))
        small.refused(delegates(small)[4], DEMAND, WITHOUT, office=OFFICE)
        assert (poll(small, OFFICE).register, last(small).paper) == (0, False)


class TestRefused:
    def test_by_whom_and_of_what(self) -> None:
        small = delegates_elected(asking())
        member, stranger = delegates(small)[0], small.members["C2"][-1]
        small.refused(stranger, DEMAND, RULE, office=OFFICE)
        small.refused(member, DEMAND, "record.subject", office="nobody")
        small.refused(member, DEMAND, "posts.branch-secretary", office="branch-secretary")
        small.refused(member, DEMAND, f"bodies.{OFFICE}", office=OFFICE, place="A1")
        small.pure.do(member, DEMAND, office=OFFICE)
        small.refused(member, DEMAND, RULE, office=OFFICE)
        small.pure.do(member, DEMAND, office=OTHER)

    def test_before_a_call_and_where_nobody_can(self) -> None:
        small = asking()
        small.refused(small.everyone[0], DEMAND, RULE, office=OFFICE)
        none = delegates_elected(asking("0"))
        said = none.refused(delegates(none)[0], DEMAND, RULE, office=OFFICE)
        assert "Only what the rulebook says" in said

    def test_what_is_secret_anyway_and_what_cannot_be(self) -> None:
        small = delegates_elected(asking(secret="true"))
        said = small.refused(delegates(small)[0], DEMAND, f"bodies.{OFFICE}", office=OFFICE)
        assert "anyway" in said
        crossed = asking(**{f"bodies.{OTHER}__count": '"cumulative/1"'})
        crossed = delegates_elected(crossed)
        said = crossed.refused(delegates(crossed)[0], DEMAND, f"bodies.{OTHER}", office=OTHER)
        assert "cumulative" in said

    def test_what_is_elected_or_on_paper(self) -> None:
        small, _ = with_roll(asking())
        poll(small, OTHER, paper=True)
        small.refused(delegates(small)[0], DEMAND, RULE, office=OTHER)


def test_a_seat_demands_once_whoever_sits_in_it() -> None:
    small, _ = with_roll(asking("2"))
    first = delegates(small)[0]
    small.pure.do(first, DEMAND, office=OFFICE)
    small.pure.do(first, "delegates.give_way")
    after = assembly(small).delegations["A1"].alternates[0]
    small.pure.do(after, "delegates.step_in", seat="A1-1")
    assert delegates(small)[0] == after
    small.refused(after, DEMAND, RULE, office=OFFICE)
    assert poll(small, OFFICE).register == 0
