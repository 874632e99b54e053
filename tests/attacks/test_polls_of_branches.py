"""An officer, or whoever admits members, wants another result of a branch's election by secret
ballot: by when it is called, how often, for whom, or by letting it fail. What `decide` refuses
here, `quorate verify` finds in a record: it runs the same function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quorate.chapters.calendar import DAY, HOUR
from quorate.record import folder
from quorate.record.verify import verify
from support.caught import MEMBER, VERIFY, caught_by
from support.exported import VERIFIER, exported
from support.key_register import fresh_trustees
from support.pure import Refused, person, pseudonym
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
from support.secret_year import claim, register_of, rolled
from support.small import Small
from support.year import dates

WITHOUT = "secret.without_trustees"


@pytest.fixture
def small() -> Small:
    return in_places()


def fields(small: Small, office: str = SECRETARY, place: str = BRANCH) -> dict[str, Any]:
    return {"office": office, "place": place, **dates(small, 7 * DAY, 3 * DAY)}


def test_nothing_done_to_it_is_sound(small: Small, tmp_path: Path) -> None:
    made = voting(small)
    for member in small.members[BRANCH]:
        made.cast(member, 1)
    made.close()
    for owner in (2, 3):
        made.decrypt(owner)
    made.state()
    report = verify(folder.open_export(exported(small.pure, tmp_path / "out")), VERIFIER)
    assert report.sound, report.findings
    assert (report.registers, report.boxes) == (1, 1)


@caught_by(VERIFY)
def test_the_secretary_packs_the_branch_for_a_secret_poll(small: Small) -> None:
    """Whoever came lately claims no key, and the register does not grow by them."""
    new = [pseudonym(9000 + number) for number in range(12)]
    by = small.holder(SECRETARY, BRANCH)
    for number, member in enumerate(new):
        who = {"member": member, "branch": BRANCH, "person": person(9000 + number)}
        small.pure.do(by, "membership.admit", **who)
    call(small)
    assert not set(new) & set(register_of(small).voters)
    own = keyed(small)
    data = own.claim(new[0]).decode()
    small.refused(new[0], "secret.claim", "elections.voice_after", register=1, claim=data)


@caught_by(VERIFY)
def test_a_small_branch_is_filled_up_to_have_enough_keys(small: Small) -> None:
    """So that the few who have been there for long can be told by what they vote."""
    by = small.holder(SECRETARY, "C2")
    for number in range(12):
        who = {"member": pseudonym(9100 + number), "branch": "C2", "person": person(9100 + number)}
        small.pure.do(by, "membership.admit", **who)
    small.refused(by, OPEN, "secret.fewest_voters", **fields(small, place="C2"))


@caught_by(VERIFY)
def test_a_member_moves_on_and_claims_a_key_in_both_branches(small: Small) -> None:
    call(small)
    own = keyed(small)
    member = small.members[BRANCH][-1]
    claim(small, own, member)
    small.pure.do(member, "membership.transfer", branch="A2")
    call(small, "A2")
    other = keyed(small, fresh_trustees(2, ("x" * 22, "y" * 22, "z" * 22)))
    data = other.claim(member).decode()
    small.refused(member, "secret.claim", "elections.voice_after", register=2, claim=data)


@caught_by(VERIFY)
def test_the_secretary_opens_one_register_after_the_other(small: Small) -> None:
    """To tire the trustees out: a place has one on its way; a second poll waits or shares it."""
    by = small.holder(SECRETARY, BRANCH)
    call(small)
    small.refused(by, OPEN, f"posts.{SECRETARY}", **fields(small))
    call(small, office=TREASURER)
    assert len(small.state.secret.registers) == 1
    small.pure.go_to(small.pure.time + 97 * HOUR - 1)
    small.refused(by, OPEN, f"posts.{TREASURER}", **fields(small, TREASURER))


@caught_by(VERIFY)
def test_a_second_office_is_called_when_most_have_no_time_left_to_claim(small: Small) -> None:
    call(small)
    own = keyed(small)
    for member in small.members[BRANCH][:10]:
        claim(small, own, member)
    by = small.holder(SECRETARY, BRANCH)
    small.pure.go_to((register_of(small).closes or 0) - 1)
    small.refused(by, OPEN, "secret.keys_hours", **fields(small, TREASURER))


@caught_by(VERIFY)
def test_the_poll_is_called_so_that_keys_are_claimed_at_night() -> None:
    """No rulebook stands that leaves less than a whole day for it."""
    with pytest.raises(Refused, match=r"secret\.claims_hours is less than a day"):
        in_places(claims_hours="9")


@caught_by(VERIFY)
def test_the_poll_is_called_on_paper_to_get_round_the_box(small: Small) -> None:
    by = small.holder(SECRETARY, BRANCH)
    small.refused(by, OPEN, WITHOUT, **fields(small), paper=True)
    call(small)
    rolled_out = keyed(small)
    closed(small, rolled_out)
    rolled(small, rolled_out)
    small.refused(by, OPEN, WITHOUT, **fields(small, TREASURER), paper=True)


@caught_by(MEMBER)
def test_the_leaderships_trustee_stays_away_to_keep_the_secretary(small: Small) -> None:
    """The poll goes on by itself, on paper: members vote who stands against them."""
    number = call(small)
    rival = small.members[BRANCH][3]
    small.pure.do(rival, "elections.nominate", election=number, member=rival)
    small.pure.go_to(small.pure.time + 97 * HOUR)
    assert register_of(small).void == "keys"
    small.pure.go_to(election(small, number).closes)
    teller, other = small.holders("credentials-committee")[:2]
    papers = [{"weight": 16, "ranks": [1]}]
    small.pure.do(teller, "elections.enter_papers", election=number, papers=papers)
    small.pure.do(other, "elections.end_papers", election=number, total=16)
    small.pure.let_fall_due()
    assert small.holders(SECRETARY, BRANCH) == [rival]


@caught_by(MEMBER)
def test_a_branch_stays_away_from_the_box_to_keep_its_secretary(small: Small) -> None:
    """It is held again once; then nothing is under way, and a paper poll can be called."""
    made = voting(small)
    made.close()
    again = made.election.anew
    assert again is not None
    small.pure.go_to(election(small, again).closes)
    small.pure.let_fall_due()
    number = call(small, paper=True)
    assert election(small, number).paper
