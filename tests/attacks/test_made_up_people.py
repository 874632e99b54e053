"""Members who are none, rolls that are filled for a day, votes of those who are not there: what
the rules refuse, and what any member can see and challenge. What `decide` refuses here, `quorate
verify` finds in a record: it runs the same function."""

from __future__ import annotations

from quorate.chapters.calendar import DAY
from support.caught import MEMBER, VERIFY, caught_by
from support.pure import document, person, pseudonym
from support.small import Small, founded
from support.year import (
    apportioned,
    assembly,
    branch_elections,
    called,
    convention,
    delegates,
    delegates_elected,
    opened_vote,
    proposed,
    sitting,
)

INVENTED = pseudonym(900)


def admitted(small: Small, by: str, number: int, branch: str = "A1") -> str:
    """Somebody whom nobody has met, entered by ``by``."""
    member = pseudonym(number)
    fields = {"member": member, "branch": branch, "person": person(number)}
    small.pure.do(by, "membership.admit", **fields)
    return member


def on_roll(small: Small, branch: str) -> tuple[str, ...]:
    return small.state.membership.rolls[convention(small).number].branches[branch].members


@caught_by(MEMBER)
def test_a_member_is_invented_and_made_a_delegate() -> None:
    """Whoever is of the branch reads its roll, knows nobody of that name, and challenges it."""
    small = called(founded())
    secretary = small.holder("branch-secretary", "A1")
    admitted(small, secretary, 900)
    small.pure.go_to(convention(small).dates.roll_cut_off)
    assert INVENTED in on_roll(small, "A1")
    judges = small.holders("credentials-committee")
    neighbour = next(m for m in small.members["A1"] if m not in (*judges, secretary))
    about = {"branch": "A1", "member": INVENTED, "about": "not-a-member"}
    small.pure.do(neighbour, "membership.challenge_roll", reason=document("who?"), **about)
    for judge in judges:
        if small.state.membership.challenges[1].decision is None:
            judgement = {"challenge": 1, "decision": "upheld", "reason": document("nobody")}
            small.pure.do(judge, "membership.judge_challenge", **judgement)
    apportioned(small)
    assert INVENTED not in on_roll(small, "A1")
    election = next(one for one in branch_elections(small) if one.place == "A1")
    assert INVENTED not in election.voters
    refusal = small.pure.tried(
        INVENTED, "elections.nominate", election=election.number, member=INVENTED
    )
    assert refusal is not None


@caught_by(VERIFY)
def test_a_member_is_entered_by_somebody_who_may_not() -> None:
    """The keeper enters people in the name of whoever does as they are told; replaying finds it."""
    small = called(founded())
    elsewhere = small.holder("branch-secretary", "B1")
    fields = {"member": INVENTED, "branch": "A1", "person": person(900)}
    for by in (small.members["A1"][-1], elsewhere):
        small.refused(by, "membership.admit", "membership.admission", **fields)


@caught_by(VERIFY)
def test_one_person_is_entered_twice() -> None:
    small = called(founded())
    secretary = small.holder("branch-secretary", "A1")
    admitted(small, secretary, 900)
    again = {"member": pseudonym(901), "branch": "A1", "person": person(900)}
    small.refused(secretary, "membership.admit", "record.names", **again)


@caught_by(MEMBER)
def test_a_roll_is_padded_before_apportionment_and_cleared_after() -> None:
    """The branch gets seats for people who leave again; that many came at once is shown with its
    roll, and stays."""
    small = called(founded())
    small.pure.go_to(convention(small).dates.roll_cut_off - DAY)
    secretary = small.holder("branch-secretary", "C2")
    padding = [admitted(small, secretary, number, "C2") for number in range(900, 908)]
    apportioned(small)
    for member in padding:
        small.pure.do(member, "membership.resign")
    rolls = small.state.membership.rolls[convention(small).number]
    (burst,) = rolls.bursts
    assert (burst.branch, burst.admitted, burst.members) == ("C2", 8, 13)
    gone = [small.state.membership.members[member] for member in padding]
    assert all(one.standing == "resigned" for one in gone)
    assert set(padding) <= set(on_roll(small, "C2"))
    assert not set(padding) & set(small.state.membership.branches["C2"].members)


@caught_by(VERIFY)
def test_a_vote_is_cast_for_an_absent_delegate() -> None:
    """One never came, another has left the hall."""
    small = delegates_elected(founded(agenda='"as-numbered"'))
    (number,) = proposed(small)
    sitting(small)
    absent = delegates(small)[0]
    small.pure.do(absent, "floor.leave")
    vote = opened_vote(small, number)
    sealed = small.pure.seal("for")
    assert small.pure.tried(absent, "floor.vote", vote=vote, choice=sealed) is not None
    seated = {seat.holder for seat in assembly(small).seats.values()}
    outside = next(member for member in small.everyone if member not in seated)
    assert small.pure.tried(outside, "floor.vote", vote=vote, choice=sealed) is not None
    present = delegates(small)[1]
    assert small.pure.tried(present, "floor.vote", vote=vote, choice=sealed) is None
