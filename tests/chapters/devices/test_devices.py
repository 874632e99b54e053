"""Signed acts: who runs the server cannot do in a member's name what the member's device signs."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate import organisation
from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.clause import Occasion, Signed
from quorate.chapters.devices.forces import devices_in_force, in_force_from
from quorate.chapters.devices.small_order import of_small_order
from quorate.record import entry
from quorate.rulebook.weighty import IN_WORDS
from support import edwards
from support.caught import MEMBER, caught_by
from support.device import Device, device
from support.small import Small, founded, founded_with, rules_text

RULE = "signing.acts"
PHONE, LAPTOP, CODE, STRANGE = (device(number) for number in (1, 2, 3, 4))


@pytest.fixture
def small() -> Small:
    return founded("open-convention")


@pytest.fixture
def member(small: Small) -> str:
    return small.members["A1"][5]


def added(small: Small, member: str, phone: Device = PHONE) -> None:
    """The member's first device, in force."""
    small.pure.do(member, "devices.add", public=phone.public)
    small.pure.time += small.state.rules.signing.wait_hours * HOUR
    assert [d.public for d in in_force(small, member)] == [phone.public]


def in_force(small: Small, member: str) -> list[Any]:
    return list(devices_in_force(small.state, member, small.pure.time))


def signed(small: Small, phone: Device, by: str, act: str, **fields: Any) -> None:
    small.pure.time += 1
    refusal = small.pure.tried_signed(phone, by, act, **fields)
    assert refusal is None, refusal


def not_taken(small: Small, phone: Device, by: str, act: str, **fields: Any) -> str:
    """The signed act is refused under the rule on signing; what the refusal says."""
    small.pure.time += 1
    refusal = small.pure.tried_signed(phone, by, act, **fields)
    assert refusal is not None
    assert refusal.rule.startswith("signing."), refusal
    return refusal.because


DEMAND = {"office": "branch-secretary", "place": "A1"}


def demand(small: Small) -> dict[str, Any]:
    """A weighty act that any member of A1 can do."""
    from support.pure import document

    holder = small.holder("branch-secretary", "A1")
    return {**DEMAND, "member": holder, "reason": document("why")}


class TestWhereTooFewCanSign:
    """Members without a device vouch unsigned: 3 of them, and a week, in the open convention."""

    def lost(self, small: Small, member: str) -> dict[str, str]:
        """The member has lost their only device, and adds another."""
        added(small, member)
        small.pure.do(member, "devices.add", public=LAPTOP.public)
        return {"member": member, "public": LAPTOP.public}

    def vouch(self, small: Small, fields: dict[str, str], *who: str) -> None:
        for one in who:
            small.pure.time += 1
            small.pure.do(one, "devices.vouch", **fields)

    def test_the_way_back(self, small: Small, member: str) -> None:
        fields = self.lost(small, member)
        self.vouch(small, fields, *small.members["A1"][6:8])
        small.pure.time += 1000 * DAY
        assert len(in_force(small, member)) == 1
        self.vouch(small, fields, small.members["A1"][8])
        small.pure.time += 7 * DAY - 1
        assert len(in_force(small, member)) == 1
        small.pure.time += 1
        assert len(in_force(small, member)) == 2
        signed(small, LAPTOP, member, "devices.end", public=PHONE.public)
        vouched = small.state.devices.of[member][1].vouched
        assert [one.signed for one in vouched] == [None] * 3

    @caught_by(MEMBER)
    def test_the_old_device_ends_the_new_one_meanwhile(self, small: Small, member: str) -> None:
        """Whoever runs the server did all of it, and the member learns of it by letter."""
        fields = self.lost(small, member)
        self.vouch(small, fields, *small.members["A1"][6:9])
        small.pure.time += 7 * DAY - 10
        signed(small, PHONE, member, "devices.end", public=LAPTOP.public)
        small.pure.time += 1000 * DAY
        assert [one.public for one in in_force(small, member)] == [PHONE.public]

    def test_off_nobody_vouches_unsigned(self) -> None:
        small = founded("open-convention", unsigned_vouchers="0", unsigned_wait_hours="0")
        member = small.members["A1"][5]
        fields = self.lost(small, member)
        small.refused(small.members["A1"][6], "devices.vouch", "signing.vouchers", **fields)

    def test_nor_where_enough_can_sign(self, small: Small, member: str) -> None:
        fields = self.lost(small, member)
        able = small.members["A1"][6:8]
        added(small, able[0], device(10))
        self.vouch(small, fields, small.members["A1"][8])
        added(small, able[1], device(11))
        other = small.members["A1"][9]
        small.refused(other, "devices.vouch", "signing.vouchers", **fields)
        small.suspend(able[1])  # who is suspended cannot vouch
        self.vouch(small, fields, other)

    def test_whoever_can_sign_signs(self, small: Small, member: str) -> None:
        fields = self.lost(small, member)
        able = small.members["A1"][6]
        added(small, able, device(10))
        small.refused(able, "devices.vouch", "signing.vouchers", **fields)
        signed(small, device(10), able, "devices.vouch", **fields)
        self.vouch(small, fields, *small.members["A1"][7:9])
        small.pure.time += 7 * DAY
        assert len(in_force(small, member)) == 2

    def test_it_never_makes_a_first_device_count_at_once(self, small: Small, member: str) -> None:
        small.pure.do(member, "devices.add", public=PHONE.public)
        fields = {"member": member, "public": PHONE.public}
        small.refused(small.members["A1"][6], "devices.vouch", "signing.vouchers", **fields)

    def test_nobody_vouches_twice_or_when_enough_have(self, small: Small, member: str) -> None:
        fields = self.lost(small, member)
        one, *others = small.members["A1"][6:9]
        self.vouch(small, fields, one)
        assert "You have" in small.refused(one, "devices.vouch", "signing.vouchers", **fields)
        self.vouch(small, fields, *others)
        late = small.members["A1"][9]
        small.refused(late, "devices.vouch", "signing.unsigned_vouchers", **fields)

    def test_signatures_that_come_later_count_sooner(self, small: Small, member: str) -> None:
        """Who vouched unsigned can sign it once they have a device, and delays nothing by it."""
        fields = self.lost(small, member)
        who = small.members["A1"][6:9]
        self.vouch(small, fields, *who)
        enough = small.pure.time
        for number, one in enumerate(who[:2]):
            small.pure.do(one, "devices.add", public=device(10 + number).public)
        small.pure.time += 48 * HOUR
        signed(small, device(10), who[0], "devices.vouch", **fields)
        waiting = small.state.devices.of[member][1]
        assert in_force_from(waiting) == enough + 7 * DAY
        signed(small, device(11), who[1], "devices.vouch", **fields)
        waiting = small.state.devices.of[member][1]
        assert in_force_from(waiting) == small.pure.time + 48 * HOUR

    def test_others_than_the_branch_cannot(self, small: Small, member: str) -> None:
        fields = self.lost(small, member)
        small.refused(small.members["A2"][3], "devices.vouch", "signing.vouchers", **fields)
        small.refused(member, "devices.vouch", "signing.vouchers", **fields)


class TestWhatHasToBeSigned:
    def test_without_a_device_the_server_vouches(self, small: Small, member: str) -> None:
        small.pure.do(member, "offices.demand_recall", **demand(small))

    def test_with_one_nobody_else_can(self, small: Small, member: str) -> None:
        added(small, member)
        small.refused(member, "offices.demand_recall", RULE, **demand(small))
        signed(small, PHONE, member, "offices.demand_recall", **demand(small))

    def test_what_the_rulebook_does_not_list_goes_without(self, small: Small, member: str) -> None:
        added(small, member)
        small.pure.do(member, "membership.be_reachable", yes=True)

    def test_it_can_be_asked_of_all(self) -> None:
        small = founded_with(rules_text("open-convention", needed_of='"all"'))
        member = small.members["A1"][5]
        small.refused(member, "offices.demand_recall", "signing.needed_of", **demand(small))
        added(small, member)
        signed(small, PHONE, member, "offices.demand_recall", **demand(small))

    def test_or_of_nobody(self) -> None:
        small = founded_with(rules_text("open-convention", needed_of='"nobody"'))
        member = small.members["A1"][5]
        added(small, member)
        small.pure.do(member, "offices.demand_recall", **demand(small))

    def test_every_act_that_a_rulebook_can_list_is_one(self) -> None:
        assert set(IN_WORDS) <= set(organisation.CLAUSES)


class TestWhatASignatureIsGoodFor:
    """For one act, in one record, once, and soon."""

    def test_a_false_one_is_refused_also_where_none_is_needed(
        self, small: Small, member: str
    ) -> None:
        assert "does not sign" in not_taken(
            small, STRANGE, member, "membership.be_reachable", yes=True
        )

    def test_of_another_act(self, small: Small, member: str) -> None:
        added(small, member)
        other = {"yes": False}
        right = PHONE.signed(
            small.state.founding.origin, member, small.pure.time, "membership.be_reachable", other
        )
        act = organisation.read_act("membership.be_reachable", {"yes": True})
        occasion = Occasion(small.state.size, small.pure.time, member, right)
        refusal = organisation.decide(small.state, act, occasion)
        assert refusal is not None
        assert "does not fit" in refusal.because

    def test_of_another_member_or_record(self, small: Small, member: str) -> None:
        added(small, member)
        body = {"yes": True}
        act = organisation.read_act("membership.be_reachable", body)
        for origin, by in (("other.example", member), ("small.example", small.members["A1"][6])):
            moved = PHONE.signed(origin, by, small.pure.time, "membership.be_reachable", body)
            occasion = Occasion(small.state.size, small.pure.time, member, moved)
            assert organisation.decide(small.state, act, occasion) is not None

    def test_used_again(self, small: Small, member: str) -> None:
        added(small, member)
        at = small.pure.time
        assert (
            small.pure.tried_signed(PHONE, member, "membership.be_reachable", at=at, yes=True)
            is None
        )
        small.pure.do(member, "membership.be_reachable", yes=False)
        again = small.pure.tried_signed(PHONE, member, "membership.be_reachable", at=at, yes=True)
        assert again is not None
        assert "used once" in again.because

    @pytest.mark.parametrize("away", [-DAY - 1, DAY + 1])
    def test_kept_for_later(self, small: Small, member: str, away: int) -> None:
        added(small, member)
        at = small.pure.time + away
        refusal = small.pure.tried_signed(PHONE, member, "membership.be_reachable", at=at, yes=True)
        assert refusal is not None
        assert "more than a day" in refusal.because

    @given(
        st.sampled_from(["", "x", "AAAA", "A" * 88, "é", "\x00", "=" * 88]),
        st.sampled_from(["", "x", "A" * 43 + "=", "é"]),
    )
    def test_no_text_breaks_it(self, value: str, key: str) -> None:
        small = founded("open-convention")
        member = small.members["A1"][5]
        added(small, member)
        act = organisation.read_act("membership.be_reachable", {"yes": True})
        for public in (PHONE.public, key):
            given = Signed(public, small.pure.time, value)
            occasion = Occasion(small.state.size, small.pure.time, member, given)
            assert organisation.decide(small.state, act, occasion) is not None

    def test_it_stands_in_the_entry(self, small: Small, member: str) -> None:
        added(small, member)
        signed(small, PHONE, member, "membership.be_reachable", yes=True)
        occasion, act = small.pure.entries[-1]
        written = entry.write(occasion, act)
        assert entry.read(written).occasion == occasion
        assert b'"sig":{"at":' in written


class TestDevices:
    def test_a_first_one_waits(self, small: Small, member: str) -> None:
        small.pure.do(member, "devices.add", public=PHONE.public)
        assert in_force(small, member) == []
        small.pure.time += 48 * HOUR - 1
        assert in_force(small, member) == []
        small.pure.time += 1
        assert len(in_force(small, member)) == 1

    def test_until_then_it_can_be_ended(self, small: Small, member: str) -> None:
        small.pure.do(member, "devices.add", public=PHONE.public)
        small.pure.do(member, "devices.end", public=PHONE.public)
        small.pure.time += 48 * HOUR
        assert in_force(small, member) == []

    def test_another_counts_at_once_if_one_in_force_signs(self, small: Small, member: str) -> None:
        added(small, member)
        signed(small, PHONE, member, "devices.add", public=LAPTOP.public)
        signed(small, LAPTOP, member, "devices.add", public=CODE.public, kind="recovery-code")
        assert len(in_force(small, member)) == 3
        signed(small, CODE, member, "devices.end", public=PHONE.public)
        assert "does not sign" in not_taken(
            small, PHONE, member, "membership.be_reachable", yes=True
        )

    def test_nobody_ends_one_in_force_unsigned(self, small: Small, member: str) -> None:
        added(small, member)
        small.refused(member, "devices.end", RULE, public=PHONE.public)

    def test_the_server_alone_adds_none_to_it(self, small: Small, member: str) -> None:
        added(small, member)
        small.pure.do(member, "devices.add", public=STRANGE.public)
        small.pure.time += 1000 * DAY
        assert [d.public for d in in_force(small, member)] == [PHONE.public]

    def test_who_has_lost_all_needs_their_branch(self, small: Small, member: str) -> None:
        added(small, member)
        vouchers = small.members["A1"][6:8]
        for number, voucher in enumerate(vouchers):
            added(small, voucher, device(10 + number))
        small.pure.do(member, "devices.add", public=LAPTOP.public)
        fields = {"member": member, "public": LAPTOP.public}
        small.refused(vouchers[0], "devices.vouch", "signing.vouchers", **fields)
        other = small.members["A1"][8]
        small.refused(other, "devices.vouch", "signing.vouchers", **fields)
        for number, voucher in enumerate(vouchers):
            assert len(in_force(small, member)) == 1
            signed(small, device(10 + number), voucher, "devices.vouch", **fields)
        assert len(in_force(small, member)) == 1
        small.pure.time += 48 * HOUR
        assert len(in_force(small, member)) == 2
        signed(small, LAPTOP, member, "devices.end", public=PHONE.public)

    def test_a_first_one_that_is_vouched_for_counts_at_once(
        self, small: Small, member: str
    ) -> None:
        vouchers = small.members["A1"][6:8]
        for number, voucher in enumerate(vouchers):
            added(small, voucher, device(10 + number))
        small.pure.do(member, "devices.add", public=PHONE.public)
        for number, voucher in enumerate(vouchers):
            fields = {"member": member, "public": PHONE.public}
            signed(small, device(10 + number), voucher, "devices.vouch", **fields)
        assert len(in_force(small, member)) == 1

    def test_who_vouches(self, small: Small, member: str) -> None:
        other = small.members["A2"][3]
        same = small.members["A1"][6]
        added(small, other, device(10))
        added(small, same, device(11))
        small.pure.do(member, "devices.add", public=PHONE.public)
        fields = {"member": member, "public": PHONE.public}
        assert "own branch" in not_taken(small, device(10), other, "devices.vouch", **fields)
        signed(small, device(11), same, "devices.vouch", **fields)
        assert "You have vouched" in not_taken(small, device(11), same, "devices.vouch", **fields)
        small.pure.time += 48 * HOUR
        small.refused(same, "devices.vouch", "record.subject", **fields)

    def test_a_key_is_one_members_for_ever(self, small: Small, member: str) -> None:
        small.pure.do(member, "devices.add", public=PHONE.public)
        small.pure.do(member, "devices.end", public=PHONE.public)
        other = small.members["A1"][6]
        small.refused(other, "devices.add", "record.names", public=PHONE.public)
        small.refused(member, "devices.add", "record.names", public=PHONE.public)
        small.refused(other, "devices.end", "record.subject", public=PHONE.public)

    def test_nobody_fills_the_record_with_keys(self, small: Small, member: str) -> None:
        for number in range(20):
            small.pure.do(member, "devices.add", public=device(100 + number).public)
        small.refused(member, "devices.add", RULE, public=PHONE.public)

    def test_also_not_with_those_that_signed_and_were_ended(
        self, small: Small, member: str
    ) -> None:
        added(small, member)
        for number in range(19):
            signed(small, PHONE, member, "devices.add", public=device(100 + number).public)
            signed(small, PHONE, member, "devices.end", public=device(100 + number).public)
        small.refused(member, "devices.add", RULE, public=STRANGE.public)

    def test_nobody_uses_them_up_in_the_name_of_a_member(self, small: Small, member: str) -> None:
        """Whoever runs the server adds keys, and ends each before it comes into force."""
        for number in range(40):
            small.pure.do(member, "devices.add", public=device(100 + number).public)
            small.pure.do(member, "devices.end", public=device(100 + number).public)
        added(small, member)
        assert [one.public for one in in_force(small, member)] == [PHONE.public]

    def test_so_many_a_day_and_no_more(self, small: Small, member: str) -> None:
        for number in range(100):
            small.pure.do(member, "devices.add", public=device(100 + number).public)
            small.pure.do(member, "devices.end", public=device(100 + number).public)
        small.refused(member, "devices.add", RULE, public=PHONE.public)
        small.pure.time += DAY
        small.pure.do(member, "devices.add", public=PHONE.public)

    def test_a_key_that_anybody_can_sign_for_is_none(self, small: Small, member: str) -> None:
        neutral = base64.b64encode(bytes([1]) + bytes(31)).decode()
        small.refused(member, "devices.add", RULE, public=neutral)

    def test_every_point_of_small_order_is_known(self) -> None:
        """By the curve's own formulas: the eighths of every point, and each way to write them."""
        found = set()
        for number in range(2, 40):
            point = edwards.uncompress(number)
            if point is not None:
                found |= {edwards.times(edwards.times(point, edwards.Q), n) for n in range(8)}
        assert len(found) == 8
        written = [y for _, one in found for y in (one, one + edwards.P) if y < 2**255]
        for y in written:
            for key in (y, y | 1 << 255):
                assert of_small_order(base64.b64encode(key.to_bytes(32, "little")).decode())
        for number in range(50):
            assert not of_small_order(device(number).public)

    def test_it_remembers_the_rules_that_it_waits_by(self) -> None:
        small = founded("open-convention")
        member = small.members["A1"][5]
        small.pure.do(member, "devices.add", public=PHONE.public)
        waiting = small.state.devices.of[member][0]
        assert (waiting.wait, waiting.vouchers) == (48 * HOUR, 2)
