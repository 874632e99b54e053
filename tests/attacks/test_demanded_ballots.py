"""A chair gets round delegates who demand a secret ballot; or a few demand one to keep an office
from being filled. What `decide` refuses here, `quorate verify` finds in a record: it runs the same
function."""

from __future__ import annotations

from quorate.chapters.calendar import DAY, MINUTE
from support.caught import MEMBER, VERIFY, caught_by
from support.secret_year import keyed, register_of
from support.small import Small, founded_with, rules_text
from support.year import chair, convention, delegates, delegates_elected, poll, sitting

OFFICE, OPEN = "steering-committee", "elections.open_poll"


def demanded(small: Small) -> Small:
    """Three of twelve delegates have demanded it, as the rulebook asks."""
    for member in delegates(small)[:3]:
        small.pure.do(member, "secret.demand", office=OFFICE)
    return small


def asking(**changed: str) -> Small:
    rules = rules_text("open-convention", on_demand='"1/4"', **changed)
    return delegates_elected(founded_with(rules))


def times(small: Small) -> dict[str, int]:
    opens = small.pure.time + 10 * MINUTE
    return {"opens": opens, "closes": opens + 10 * MINUTE}


@caught_by(VERIFY)
def test_the_chair_calls_it_openly_or_on_paper_all_the_same() -> None:
    small = asking()
    keyed(small)
    demanded(sitting(small))
    small.refused(chair(small), OPEN, "secret.mix_minutes", office=OFFICE, **times(small))
    by_hand = {"office": OFFICE, "paper": True, **times(small)}
    small.refused(chair(small), OPEN, "secret.without_trustees", **by_hand)


@caught_by(VERIFY)
def test_the_chair_has_voting_begin_before_the_roll_is_there() -> None:
    """Whoever demands it while nominations run has the election called off until then."""
    small = asking()
    keyed(small)
    election = poll(sitting(small), OFFICE)
    demanded(small)
    assert small.state.elections.elections[election.number].void
    voter = delegates(small)[0]
    of = {"election": election.number}
    small.refused(voter, "elections.nominate", "delegates.nominations_open", member=voter, **of)
    small.pure.go_to(election.opens)
    ballot = small.pure.seal("1")
    small.refused(voter, "elections.vote", "delegates.election_opens", ballot=ballot, **of)


@caught_by(MEMBER)
def test_a_few_demand_what_a_trustee_then_makes_impossible() -> None:
    """Where the rulebook would put such an election off, it is held openly."""
    small = demanded(asking(without_trustees='"later"'))
    small.pure.go_to(convention(small).dates.opens - 14 * DAY)
    assert register_of(small).void == "keys"
    election = poll(sitting(small), OFFICE)
    assert (election.register, election.paper) == (0, False)
