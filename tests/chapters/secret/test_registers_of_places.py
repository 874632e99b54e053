"""The register of voting keys of a branch: opened with its poll, in hours, while nominations run;
what becomes of the poll where it fails; and how one register serves several offices."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.elections.counting import count_sheet
from quorate.organisation import replay
from support.caught import VERIFY, caught_by
from support.key_register import KeyRegister, fresh_trustees
from support.pure import person, pseudonym
from support.secret_place import (
    BRANCH,
    OPEN,
    SECRETARY,
    TREASURER,
    call,
    closed,
    election,
    in_places,
    keyed,
    voting,
)
from support.secret_poll import Poll
from support.secret_year import SIDES, claim, decrypt, mix, register_of, rolled, three, trustees
from support.small import Small
from support.year import dates

KEYS, CLAIMS, MIX = "secret.keys_hours", "secret.claims_hours", "secret.mix_hours"
WITHOUT, FEW, VOICE = "secret.without_trustees", "secret.fewest_voters", "elections.voice_after"


@pytest.fixture
def small() -> Small:
    return in_places()


def shortest(small: Small) -> dict[str, int]:
    return dates(small, 7 * DAY, 3 * DAY)


def others(*letters: str) -> Any:
    """Trustees with keys that no register has seen."""
    return fresh_trustees(2, tuple(letter * 22 for letter in letters))


# Opened with the poll.


def test_the_poll_opens_the_register_of_its_voters(small: Small) -> None:
    number = call(small)
    found = register_of(small)
    assert (found.place, found.convention, found.elections) == (BRANCH, 0, (number,))
    assert sorted(found.voters) == sorted(small.members[BRANCH])
    assert tuple(trustee.side for trustee in found.trustees) == SIDES
    assert found.closes == small.pure.time + (97 + 36) * HOUR
    assert [draw.purpose for draw in small.state.lots.draws.values()] == ["trustee"]
    assert election(small, number).register == 1


def test_an_open_office_of_a_place_has_no_register(small: Small) -> None:
    by = small.holder("steering-committee")
    small.pure.do(by, OPEN, office="regional-organiser", place="A", **shortest(small))
    assert not small.state.secret.registers


def test_from_the_poll_to_the_office(small: Small) -> None:
    made = voting(small)
    assert made.box.opened == made.election.opens
    winner = small.members[BRANCH][1]
    for place, member in enumerate(small.members[BRANCH]):
        made.cast(member, *((2,) if place % 3 else (1,)))
    made.close()
    opened(made)
    made.state()
    assert made.election.box is not None
    assert made.election.box.ballots == 16
    assert made.election.result is not None
    assert made.election.result.elected == count_sheet(small.state, made.election).elected
    assert small.holders(SECRETARY, BRANCH) == [winner]
    assert replay(small.pure.entries) == small.state
    assert not [d for d in small.state.calendar.deadlines if d.act.startswith("secret.")]


def opened(made: Poll) -> None:
    for owner in (1, 3):
        made.decrypt(owner)


def test_those_without_a_key_vote_on_paper_beside_the_box(small: Small) -> None:
    made = voting(small, claims=14)
    for member in small.members[BRANCH][:14]:
        made.cast(member, 1)
    made.close()
    teller, other = small.holders("credentials-committee")[:2]
    papers = [{"weight": 3, "ranks": [2]}]
    small.refused(
        teller, "elections.enter_papers", "elections.papers_at_most", election=1, papers=papers
    )
    papers = [{"weight": 2, "ranks": [2]}]
    small.pure.do(teller, "elections.enter_papers", election=1, papers=papers)
    small.pure.do(other, "elections.end_papers", election=1, total=2)
    opened(made)
    made.state()
    assert count_sheet(small.state, made.election).papers.read == 16


# Who claims a key, and when.


def test_who_votes_claims_a_key_once_the_trustees_have_theirs(small: Small) -> None:
    member, stranger = small.members[BRANCH][0], small.members["A2"][0]
    new = pseudonym(9000)
    small.pure.do(
        small.holder(SECRETARY, BRANCH),
        "membership.admit",
        member=new,
        branch=BRANCH,
        person=person(9000),
    )
    call(small)
    small.refused(member, "secret.claim", KEYS, register=1, claim="{}")
    own = keyed(small)
    for other in (stranger, new):
        data = own.claim(other).decode()
        small.refused(other, "secret.claim", VOICE, register=1, claim=data)
        del own.claimed[other]
    small.refused(member, "secret.claim", CLAIMS, register=1, claim="{}")
    claim(small, own, member)
    closed(small, own)
    small.refused(member, "secret.claim", CLAIMS, register=1, claim=own.claim(member).decode())
    assert len(register_of(small).counted) == 16


def test_the_hours_run_from_the_call_to_the_roll(small: Small) -> None:
    call(small)
    since = small.pure.time
    own = keyed(small)
    who = trustees(small)
    small.refused(who[0], "secret.certify", KEYS, register=1, certificate=three().certs[0].decode())
    for member in small.members[BRANCH]:
        claim(small, own, member)
    small.pure.go_to(since + (97 + 36) * HOUR - 1)
    assert register_of(small).closed is None
    small.pure.go_to(since + (97 + 36) * HOUR)
    assert register_of(small).closed == small.pure.time
    own.close()
    mix(small, own, 1)
    data = own.shuffles[-1]
    fields = {"before": data.before, "shuffle": small.pure.beside(data.data), "signature": "{}"}
    small.refused(who[0], "secret.mix", MIX, register=1, **fields)


def test_a_key_of_who_has_left_does_not_count(small: Small) -> None:
    call(small)
    own = keyed(small)
    gone, moved = small.members[BRANCH][-3:-1]
    for member in small.members[BRANCH]:
        claim(small, own, member)
    small.pure.do(gone, "membership.resign")
    small.pure.do(moved, "membership.transfer", branch="A2")
    small.pure.go_to(register_of(small).closes or 0)
    found = register_of(small)
    assert gone not in found.counted
    assert moved in found.counted, "they are on the roll of this election, as of an open one"


# Where it fails.


def stage(small: Small, reached: str) -> None:
    """The register fails at this stage."""
    if reached == "keys":
        small.pure.go_to(small.pure.time + 97 * HOUR)
        return
    own = keyed(small)
    closed(small, own, claims=9 if reached == "claims" else None)
    if reached == "mix":
        mix(small, own, 1)
        mix(small, own, 2)
        for owner in (1, 2):
            decrypt(small, own, owner)
        small.pure.go_to((register_of(small).closed or 0) + 35 * HOUR)
    small.pure.let_fall_due()


@pytest.mark.parametrize("reached", ["keys", "claims", "mix"])
def test_the_poll_goes_on_on_paper(small: Small, reached: str) -> None:
    """By itself: with its candidates and its dates."""
    number = call(small)
    member = small.members[BRANCH][2]
    small.pure.do(member, "elections.nominate", election=number, member=member)
    before = election(small, number)
    stage(small, reached)
    assert register_of(small).void == reached
    after = election(small, number)
    assert (after.paper, after.register, after.void) == (True, 0, False)
    assert (after.opens, after.closes, after.standing, after.voters) == (
        before.opens,
        before.closes,
        before.standing,
        before.voters,
    )
    small.pure.go_to(after.closes)
    teller, other = small.holders("credentials-committee")[:2]
    papers = [{"weight": 7, "ranks": [1]}]
    small.pure.do(teller, "elections.enter_papers", election=number, papers=papers)
    small.pure.do(other, "elections.end_papers", election=number, total=7)
    small.pure.let_fall_due()
    assert small.holders(SECRETARY, BRANCH) == [member]
    assert replay(small.pure.entries) == small.state


@pytest.mark.parametrize("reached", ["keys", "claims", "mix"])
def test_the_poll_is_held_later_with_a_new_register(reached: str) -> None:
    small = in_places(without_trustees='"later"')
    number = call(small)
    stage(small, reached)
    assert election(small, number).void
    by = small.holder(SECRETARY, BRANCH)
    fields = {"office": SECRETARY, "place": BRANCH, **shortest(small)}
    small.refused(by, OPEN, WITHOUT, paper=True, **fields)
    assert election(small, call(small)).register == 2


def test_a_box_that_nobody_opens_in_time_can_be_followed_by_paper(small: Small) -> None:
    made = voting(small)
    for member in small.members[BRANCH]:
        made.cast(member, 1)
    made.close()
    small.pure.go_to(made.election.closes + 48 * HOUR)
    assert made.election.void
    assert election(small, call(small, paper=True)).paper


def test_too_few_ballots_twice_hold_no_office_up(small: Small) -> None:
    made = voting(small)
    made.cast(small.members[BRANCH][0], 1)
    made.close()
    again = made.election.anew
    assert again is not None
    assert election(small, again).register == 1
    small.pure.go_to(election(small, again).closes)
    small.pure.let_fall_due()
    assert election(small, again).void
    assert election(small, again).anew is None
    assert election(small, call(small, paper=True)).paper


# Paper, and small branches.


def test_nobody_gets_round_the_box_by_calling_it_on_paper(small: Small) -> None:
    by = small.holder(SECRETARY, BRANCH)
    fields = {"office": SECRETARY, "place": BRANCH, **shortest(small)}
    said = small.refused(by, OPEN, WITHOUT, paper=True, **fields)
    assert "paper only takes its place" in said


@pytest.mark.parametrize("instead", ["paper", "later"])
def test_a_small_branch_elects_on_paper(instead: str) -> None:
    """However the rulebook goes on without trustees: later it would be as small."""
    small = in_places(without_trustees=f'"{instead}"')
    by = small.holder(SECRETARY, "C2")
    fields = {"office": SECRETARY, "place": "C2", **shortest(small)}
    said = small.refused(by, OPEN, FEW, **fields)
    assert "5 vote here" in said
    assert not small.state.secret.registers
    assert election(small, call(small, "C2", paper=True)).paper


# Several offices of a place.


def test_offices_called_in_time_share_a_register(small: Small) -> None:
    call(small)
    small.pure.go_to(small.pure.time + 97 * HOUR - 1)
    assert register_of(small).void == ""
    second = call(small, office=TREASURER)
    assert register_of(small).elections == (1, 2)
    one, two = election(small, 1), election(small, second)
    assert (two.register, two.voters, two.came_by) == (1, one.voters, one.came_by)
    assert len(small.state.secret.registers) == 1


def test_boxes_by_one_register_open_each_at_its_time(small: Small) -> None:
    call(small)
    small.pure.go_to(small.pure.time + HOUR)
    second = call(small, office=TREASURER)
    for number in (1, second):
        for member in small.members[BRANCH][:2]:
            small.pure.do(member, "elections.nominate", election=number, member=member)
    own = keyed(small)
    closed(small, own)
    rolled(small, own)
    small.pure.go_to(election(small, 1).opens)
    assert sorted(small.state.secret.boxes) == [1]
    small.pure.go_to(election(small, second).opens)
    assert sorted(small.state.secret.boxes) == [1, 2]


def test_a_register_that_fails_puts_all_its_polls_on_paper(small: Small) -> None:
    call(small)
    call(small, office=TREASURER)
    stage(small, "keys")
    assert [election(small, number).paper for number in (1, 2)] == [True, True]


def test_nobodys_time_to_claim_is_cut_short_by_a_poll_called_late(small: Small) -> None:
    call(small)
    since = small.pure.time
    own = keyed(small)
    small.pure.go_to(since + 97 * HOUR)
    by = small.holder(SECRETARY, BRANCH)
    fields = {"office": TREASURER, "place": BRANCH}
    said = small.refused(by, OPEN, KEYS, **fields, **shortest(small))
    assert "being claimed here" in said
    closed(small, own)
    small.refused(by, OPEN, KEYS, **fields, **shortest(small))
    rolled(small, own)
    second = call(small, office=TREASURER)
    assert election(small, second).register == 2


def test_places_do_not_share(small: Small) -> None:
    call(small)
    assert election(small, call(small, "A2")).register == 2
    keys = others("x", "y", "z")
    own = keyed(small, keys)
    member = small.members["A2"][0]
    claim(small, own, member)
    small.refused(member, "secret.claim", VOICE, register=1, claim=own.claimed[member].decode())


CALLS = st.lists(
    st.tuples(
        st.integers(0, 60), st.sampled_from([BRANCH, "A2"]), st.sampled_from([SECRETARY, TREASURER])
    ),
    max_size=12,
)


@given(calls=CALLS)
@settings(max_examples=30, deadline=None)
def test_whenever_polls_are_called(calls: list[tuple[int, str, str]]) -> None:
    """Trustees never come. A place has one register on its way; whoever votes by it has all the
    hours to claim a key; and no poll waits for one that is void."""
    small = in_places(without_trustees='"later"')
    for hours, place, office in calls:
        small.pure.go_to(small.pure.time + hours * HOUR)
        fields = {"office": office, "place": place, **shortest(small)}
        refusal = small.pure.tried(small.holder(SECRETARY, place), OPEN, **fields)
        if refusal is not None:
            assert refusal.rule == f"posts.{office}", "another poll for it is under way"
            continue
        made = election(small, len(small.state.elections.elections))
        found = register_of(small, made.register)
        assert found.place == place
        assert made.voters == found.voters
        assert (found.closes or 0) - small.pure.time >= 36 * HOUR
        registers = small.state.secret.registers.values()
        assert len([one for one in registers if one.place == place and not one.void]) == 1
    small.pure.go_to(small.pure.time + 97 * HOUR)
    assert all(one.void for one in small.state.secret.registers.values())
    assert all(one.void for one in small.state.elections.elections.values())


@caught_by(VERIFY)
def test_an_office_is_not_elected_on_paper_because_the_box_of_another_was_not_opened(
    small: Small,
) -> None:
    """Two offices share a register. One is elected by it; the trustees do not come to the box of
    the other, so the register is void. Of the first nothing has failed."""
    made = Poll(small, KeyRegister(three()), call(small))
    second = call(small, office=TREASURER)
    for number in (made.number, second):
        for member in small.members[BRANCH][:3]:
            small.pure.do(member, "elections.nominate", election=number, member=member)
    made.own = keyed(small)
    closed(small, made.own)
    rolled(small, made.own)
    small.pure.go_to(made.election.opens)
    small.pure.let_fall_due()
    treasurer = Poll(small, made.own, second)
    for place, member in enumerate(small.members[BRANCH]):
        made.cast(member, 1 + (place % 3 == 0))
        treasurer.cast(member, 1 + place % 2)
    made.close()
    opened(made)
    made.state()
    assert made.election.result is not None
    small.pure.go_to(made.election.closes + made.box.rules.open_hours * HOUR)
    small.pure.let_fall_due()
    assert (treasurer.box.void, register_of(small).void) == ("trustees", "box")
    by = small.holder(SECRETARY, BRANCH)
    fields = {"place": BRANCH, "paper": True, **shortest(small)}
    small.refused(by, OPEN, WITHOUT, office=SECRETARY, **fields)
    assert small.pure.tried(by, OPEN, office=TREASURER, **fields) is None
