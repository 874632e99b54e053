"""Admission, transfer and the end of a membership: by the record, from the entry on."""

from __future__ import annotations

import time

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import FOUNDER, Occasion
from quorate.chapters.membership.admit import Admit
from quorate.organisation import apply, decide
from support.pure import Pure, document, person, pseudonym
from support.small import Small, founded, founded_with, rules_text
from support.year import assembly, delegates_elected

PRESETS = ["open-convention", "closed-slate"]


@pytest.fixture
def small() -> Small:
    return founded()


def new(number: int, branch: str = "A1") -> dict[str, str]:
    return {"member": pseudonym(number), "branch": branch, "person": person(number)}


class TestAdmission:
    @pytest.mark.parametrize("name", PRESETS)
    def test_the_branchs_secretary_enters_whoever_asks_in_their_own_branch(self, name):
        small = founded(name)
        secretary = small.holder("branch-secretary", "A1")
        rule = "membership.admission"
        small.refused(secretary, "membership.admit", rule, **new(900, "A2"))
        small.refused(small.holder("chair"), "membership.admit", rule, **new(900))
        small.refused(small.members["A1"][-1], "membership.admit", rule, **new(900))
        small.pure.go_to(small.pure.time + DAY)
        small.pure.do(secretary, "membership.admit", **new(900))
        member = small.state.membership.members[pseudonym(900)]
        assert (member.admitted, member.entry) == (small.pure.time, small.state.size - 1)
        assert (member.branch, member.standing, member.reachable) == ("A1", "good", False)
        assert small.state.membership.in_good_standing == 61
        assert pseudonym(900) in small.state.membership.branches["A1"].members

    def test_nobody_is_admitted_twice(self, small):
        secretary = small.holder("branch-secretary", "A1")
        small.pure.do(secretary, "membership.admit", **new(900))
        again = [
            new(900),
            new(900) | {"person": person(901)},  # the same pseudonym
            new(901) | {"person": person(900)},  # the same person
        ]
        for fields in again:
            small.refused(secretary, "membership.admit", "record.names", **fields)
        small.pure.do(pseudonym(900), "membership.resign")
        for fields in again:
            small.refused(secretary, "membership.admit", "record.names", **fields)
        small.pure.do(secretary, "membership.admit", **new(901))

    def test_there_must_be_such_a_branch(self, small):
        secretary = small.holder("branch-secretary", "A1")
        for code in ("Z9", "A"):
            small.refused(secretary, "membership.admit", "record.subject", **new(900, code))

    def test_where_the_rulebook_names_a_post_of_each_region_its_holder_admits(self):
        small = founded(admission='"regional-organiser"')
        for region, branch in (("A", "A2"), ("B", "B1")):
            organiser = small.holder("regional-organiser", region)
            other = small.holder("regional-organiser", "C")
            small.refused(other, "membership.admit", "membership.admission", **new(900, branch))
            small.pure.do(organiser, "membership.admit", **new(900 + ord(region), branch))

    def test_a_branch_without_a_secretary_is_not_locked_out(self, small):
        caller, checker = small.holder("steering-committee"), small.holder("credentials-committee")
        small.pure.do(caller, "membership.open_branch", code="D1", name="New", region="A")
        small.refused(caller, "membership.admit", "membership.admission", **new(900, "D1"))
        small.pure.do(checker, "membership.admit", **new(900, "D1"))
        secretary = small.holder("branch-secretary", "A1")
        small.pure.do(secretary, "membership.resign")
        small.pure.do(checker, "membership.admit", **new(901, "A1"))
        small.refused(secretary, "membership.admit", "membership.admission", **new(902, "A1"))

    def test_a_hundred_thousand_take_no_longer_each_than_a_few(self):
        pure = Pure()
        pure.do(
            FOUNDER,
            "founding.adopt",
            origin="small.example",
            rules_text=rules_text("open-convention"),
        )
        pure.do(FOUNDER, "membership.open_region", code="A", name="A")
        pure.do(FOUNDER, "membership.open_branch", code="A1", name="A1", region="A")

        def admit(state, numbers):
            for number in numbers:
                act = Admit(pseudonym(number), "A1", person(number))
                occasion = Occasion(state.size, pure.time, FOUNDER)
                assert decide(state, act, occasion) is None
                state = apply(state, act, occasion)
            return state

        state = admit(pure.state, range(4000))
        started = time.process_time()
        state = admit(state, range(4000, 5000))
        with_many = time.process_time() - started
        started = time.process_time()
        admit(pure.state, range(5000, 6000))
        with_few = time.process_time() - started
        assert with_many < 10 * with_few  # a list walked through would be 100 times as slow
        assert state.membership.in_good_standing == 5000


class TestSettingUp:
    @pytest.mark.parametrize("name", PRESETS)
    def test_only_who_calls_conventions_opens_regions_and_branches(self, name):
        small = founded(name)
        fields = {"code": "D", "name": "New"}
        small.refused(small.holder("chair"), "membership.open_region", "floor.called_by", **fields)
        small.pure.do(small.holder("steering-committee"), "membership.open_region", **fields)
        branch = {"code": "D1", "name": "New", "region": "D"}
        small.refused(small.holder("chair"), "membership.open_branch", "floor.called_by", **branch)
        small.pure.do(small.holder("steering-committee"), "membership.open_branch", **branch)
        assert small.state.membership.branches["D1"].region == "D"

    def test_a_code_stands_for_one_thing_only(self, small):
        by = small.holder("steering-committee")
        for code in ("A", "A1"):
            small.refused(by, "membership.open_region", "record.names", code=code, name="x")
            small.refused(
                by, "membership.open_branch", "record.names", code=code, name="x", region="B"
            )
        for region in ("Z", "A1"):
            small.refused(
                by, "membership.open_branch", "record.subject", code="Z1", name="x", region=region
            )


class TestTransfer:
    def test_seat_and_offices_of_the_old_branch_end_and_nothing_else(self):
        small = delegates_elected(founded())
        member = small.holder("branch-secretary", "A1")
        seat = assembly(small).seated.get(member)
        small.pure.do(member, "membership.transfer", branch="A2")
        assert seat is not None
        assert assembly(small).seats[seat].holder is None
        assert member not in assembly(small).seated
        assert ("branch-secretary", "A1") not in small.state.offices.now
        (ended,) = [h for h in small.state.offices.past if h.member == member]
        assert (ended.ended, ended.ended_how) == (small.pure.time, "left")
        found = small.state.membership
        assert member not in found.branches["A1"].members
        assert member in found.branches["A2"].members
        assert found.members[member].in_branch_since == small.pure.time
        assert found.in_good_standing == 60

    def test_a_region_s_office_ends_only_with_the_region(self, small):
        organiser = small.holder("regional-organiser", "A")
        other = {"A1": "A2", "A2": "A1"}[small.state.membership.members[organiser].branch]
        small.pure.do(organiser, "membership.transfer", branch=other)
        assert small.holder("regional-organiser", "A") == organiser
        small.pure.do(organiser, "membership.transfer", branch="B1")
        assert ("regional-organiser", "A") not in small.state.offices.now

    def test_an_office_of_the_whole_stays(self, small):
        chair = small.holder("chair")
        branch = next(b for b in small.members if chair not in small.members[b])
        small.pure.do(chair, "membership.transfer", branch=branch)
        assert small.holder("chair") == chair

    def test_it_is_to_another_branch_that_exists_and_for_members(self, small):
        member = small.members["A1"][-1]
        small.refused(member, "membership.transfer", "membership.admission", branch="A1")
        small.refused(member, "membership.transfer", "record.subject", branch="Z1")
        small.suspend(member)
        small.refused(member, "membership.transfer", "membership.admission", branch="B1")


class TestLeaving:
    def test_everything_held_ends_with_the_membership(self):
        small = delegates_elected(founded())
        seated = assembly(small).seated
        member = next(m for m in small.holders("steering-committee") if m in seated)
        seat = seated[member]
        small.pure.do(member, "membership.be_reachable", yes=True)
        small.pure.do(member, "membership.resign")
        assert member not in [h.member for hs in small.state.offices.now.values() for h in hs]
        assert assembly(small).seats[seat].holder is None
        found = small.state.membership
        assert found.members[member].standing == "resigned"
        assert not found.members[member].reachable
        assert found.in_good_standing == 59
        for act, fields in {
            "membership.resign": {},
            "membership.be_reachable": {"yes": True},
            "membership.transfer": {"branch": "B1"},
        }.items():
            small.refused(member, act, "membership.admission", **fields)

    def test_whoever_has_left_and_nobody_else_has_their_sheet_erased_once(self, small):
        member = small.members["A1"][-1]
        small.refused(member, "membership.erase", "membership.admission")
        small.pure.do(member, "membership.resign")
        small.pure.do(member, "membership.erase")
        assert small.state.membership.members[member].erased
        small.refused(member, "membership.erase", "membership.admission")

    def test_a_suspended_member_can_leave_and_is_counted_out_once(self, small):
        member = small.members["A1"][-1]
        small.suspend(member)
        assert small.state.membership.in_good_standing == 59
        small.pure.do(member, "membership.resign")
        assert small.state.membership.in_good_standing == 59

    def test_contact_is_each_member_s_own_choice(self, small):
        member = small.members["A1"][-1]
        small.refused(member, "membership.be_reachable", "membership.admission", yes=False)
        small.pure.do(member, "membership.be_reachable", yes=True)
        assert small.state.membership.members[member].reachable
        small.pure.do(member, "membership.be_reachable", yes=False)
        assert not small.state.membership.members[member].reachable


class TestSuspension:
    @pytest.mark.parametrize("name", PRESETS)
    def test_more_than_half_of_the_body_suspend_and_restore(self, name):
        small = founded(name)
        body = small.holders(small.state.rules.membership.suspended_by)
        member = small.members["C2"][-1]
        reason = document("why")
        for act, standing, other in (
            ("membership.suspend", "good", "suspended"),
            ("membership.restore", "suspended", "good"),
        ):
            fields = {"reason": reason} if act.endswith("suspend") else {}
            for count, judge in enumerate(body, 1):
                small.pure.do(judge, act, member=member, **fields)
                found = small.state.membership.members[member].standing
                assert found == (other if 2 * count > len(body) else standing)
                if found == other:
                    break
                small.refused(judge, act, "membership.suspended_by", member=member, **fields)
        assert small.state.membership.in_good_standing == 60
        assert not small.state.membership.voices

    def test_nobody_judges_their_own_case_and_one_less_is_needed(self, small):
        first, *others = small.holders("credentials-committee")
        fields = {"member": first, "reason": document("why")}
        because = small.refused(first, "membership.suspend", "membership.suspended_by", **fields)
        assert because == "Nobody judges their own case."
        for judge in others[:2]:
            small.pure.do(judge, "membership.suspend", **fields)
        assert small.state.membership.members[first].standing == "good"  # 2 of 4 are no majority
        small.pure.do(others[2], "membership.suspend", **fields)
        assert small.state.membership.members[first].standing == "suspended"
        small.refused(first, "membership.restore", "membership.suspended_by", member=first)

    def test_whoever_has_left_the_body_has_no_voice_any_more(self, small):
        body = small.holders("credentials-committee")
        member = small.members["C2"][-1]
        fields = {"member": member, "reason": document("why")}
        for judge in body[:2]:
            small.pure.do(judge, "membership.suspend", **fields)
            small.pure.do(judge, "offices.lay_down", office="credentials-committee")
        small.pure.do(body[2], "membership.suspend", **fields)
        assert small.state.membership.members[member].standing == "good"  # 1 of 3
        small.refused(body[0], "membership.suspend", "membership.suspended_by", **fields)

    def test_the_others_have_no_voice_even_where_the_body_is_empty(self, small):
        fields = {"member": small.members["C2"][-1], "reason": document("why")}
        chair, steering = small.holder("chair"), small.holder("steering-committee")
        rule = "membership.suspended_by"
        for by in (chair, steering, small.members["C2"][-2]):
            small.refused(by, "membership.suspend", rule, **fields)
        for judge in small.holders("credentials-committee"):
            small.pure.do(judge, "offices.lay_down", office="credentials-committee")
        small.refused(steering, "membership.suspend", rule, **fields)

    def test_what_a_suspended_person_may_do_ends_with_that_entry(self, small):
        secretary = small.holder("branch-secretary", "A1")
        small.suspend(secretary)
        small.refused(secretary, "membership.admit", "membership.admission", **new(900))
        small.refused(secretary, "membership.be_reachable", "membership.admission", yes=True)
        assert small.holder("branch-secretary", "A1") == secretary

    def test_whoever_is_none_cannot_be_suspended_nor_restored(self, small):
        judge, gone = small.holder("credentials-committee"), small.members["C2"][-1]
        small.pure.do(gone, "membership.resign")
        rule = "membership.suspended_by"
        for member in (gone, pseudonym(999)):
            small.refused(judge, "membership.suspend", rule, member=member, reason=document("why"))
            small.refused(judge, "membership.restore", rule, member=member)

    def test_a_rulebook_may_give_it_to_a_post(self):
        text = rules_text("open-convention", suspended_by='"chair"')
        small = founded_with(text)
        small.suspend(small.members["C2"][-1])
        assert not small.state.membership.voices
