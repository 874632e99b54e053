"""Whoever was a guest has their sheet erased, by whoever invited them or invites guests; not
before they are one no more."""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.chapters.clause import Occasion
from quorate.chapters.delegates.erase_guest import EraseGuest
from quorate.chapters.erasing.held import held
from quorate.chapters.erasing.remembers import Written
from quorate.rulebook.reading import PRESETS
from support.pure import person, pseudonym
from support.small import Small, founded
from support.somewhere import at
from support.year import assembly, delegates_elected

GUEST, OTHER = "g-" + "a" * 16, "g-" + "b" * 16
RULE = "delegates.guests_by"
ERASE = "delegates.erase_guest"


@pytest.fixture
def small() -> Small:
    small = delegates_elected(founded())
    small.pure.do(host(small), "delegates.invite", guest=GUEST, person=person(500))
    return small


def host(small: Small) -> str:
    return small.holders("steering-committee")[0]


def end_invitation(small: Small) -> None:
    small.pure.do(host(small), "delegates.end_invitation", guest=GUEST)


def refused(small: Small, by: str, guest: str = GUEST) -> str:
    return small.refused(by, ERASE, RULE, guest=guest)


def test_not_while_they_are_a_guest(small):
    assert "needed while they are a guest" in refused(small, host(small))
    end_invitation(small)
    small.pure.do(host(small), ERASE, guest=GUEST)
    guest = assembly(small).guests[GUEST]
    assert guest.erased
    assert guest.ended is not None
    assert "erased already" in refused(small, host(small))


def test_what_goes_is_the_sheet_of_the_guest(small):
    end_invitation(small)
    act, at = EraseGuest(GUEST), Occasion(small.state.size, small.pure.time, host(small))
    assert organisation.erased_with(small.state, act, at) == ((person(500), GUEST),)


def test_only_who_invited_them_or_may_invite(small):
    end_invitation(small)
    assert "the steering committee" in refused(small, small.members["C2"][-1])
    small.pure.do(small.holders("steering-committee")[1], ERASE, guest=GUEST)


def test_who_invited_them_may_without_the_office_too_while_a_member(small):
    end_invitation(small)
    inviting, following = host(small), small.holders("steering-committee")[1]
    small.pure.do(inviting, "delegates.invite", guest=OTHER, person=person(501))
    small.pure.do(inviting, "delegates.end_invitation", guest=OTHER)
    small.pure.do(inviting, "offices.lay_down", office="steering-committee")
    small.pure.do(inviting, ERASE, guest=GUEST)
    small.pure.do(inviting, "membership.resign")
    refused(small, inviting, OTHER)
    small.pure.do(following, ERASE, guest=OTHER)


def test_there_has_to_be_such_a_guest(small):
    assert "no such guest" in refused(small, host(small), OTHER)


def test_what_was_erased_does_not_come_back(small):
    end_invitation(small)
    small.pure.do(host(small), ERASE, guest=GUEST)
    small.refused(host(small), "delegates.invite", RULE, guest=OTHER, person=person(500))
    fields = {"member": pseudonym(999), "branch": "A1", "person": person(500)}
    small.refused(small.holder("branch-secretary", "A1"), "membership.admit", RULE, **fields)


def test_a_sheet_that_somebody_else_needs_stays(small):
    end_invitation(small)
    small.pure.do(host(small), "delegates.invite", guest=OTHER, person=person(500))
    assert "needed while they are a guest" in refused(small, host(small))
    small.pure.do(host(small), "delegates.end_invitation", guest=OTHER)
    small.pure.do(host(small), ERASE, guest=GUEST)
    assert all(guest.erased for guest in assembly(small).guests.values())


def test_the_sheet_of_a_member_is_not_erased_as_a_guests(small):
    fields = {"member": pseudonym(999), "branch": "A1", "person": person(500)}
    small.pure.do(small.holder("branch-secretary", "A1"), "membership.admit", **fields)
    end_invitation(small)
    assert "they alone have erased" in refused(small, host(small))
    small.pure.do(pseudonym(999), "membership.resign")
    small.pure.do(pseudonym(999), "membership.erase")
    small.pure.do(host(small), ERASE, guest=GUEST)


@pytest.mark.parametrize("preset", PRESETS)
def test_once_the_convention_is_over_no_invitation_has_to_end(preset):
    small = at(preset, "decided")
    small.pure.do(host(small), "delegates.invite", guest=GUEST, person=person(500))
    refused(small, host(small))
    small.pure.do(small.holder("chair"), "floor.close")
    small.pure.do(host(small), ERASE, guest=GUEST)
    assert small.state.delegates.assemblies[1].guests[GUEST].erased


def test_nobody_is_invited_with_the_erased_sheet_of_a_member(small):
    leaving = small.members["A1"][6]
    sheet = small.state.membership.members[leaving].person
    small.pure.do(leaving, "membership.resign")
    small.pure.do(leaving, "membership.erase")
    small.refused(host(small), "delegates.invite", RULE, guest=OTHER, person=sheet)


def test_no_sheet_of_a_guest_is_erased_as_a_text(small):
    """Should ever a text have the commitment of a sheet, whoever asks is told what erases it."""
    written = small.state.erasing.written.set(person(500), Written("m-" + "a" * 16, "bulletin.x"))
    erasing = small.state.erasing._replace(written=written)
    refusal = held(small.state._replace(erasing=erasing), person(500), small.pure.time)
    assert refusal is not None
    assert "a guest's goes at their wish" in refusal.because
