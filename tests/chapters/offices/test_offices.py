"""Offices: who holds them, how they came to it, who stands in, and how it ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import FOUNDER, Occasion
from quorate.chapters.judging import judges
from quorate.chapters.offices.holding import (
    office_rules,
    place_for,
    places,
    replace_holders,
    seats_of,
)
from quorate.chapters.rights import holds
from support.pure import Pure, document, person, pseudonym
from support.small import Small, founded, founded_with, rules_text

ORGANISER = "posts.regional-organiser"


@pytest.fixture
def small() -> Small:
    return founded("closed-slate")


@pytest.fixture
def founding() -> Small:
    """Two branches of two regions, two members each, and no holder yet."""
    pure = Pure()
    pure.do(
        FOUNDER,
        "founding.adopt",
        origin="small.example",
        rules_text=rules_text("open-convention"),
    )
    small = Small(pure)
    for number, (region, branch) in enumerate((("A", "A1"), ("B", "B1"))):
        pure.do(FOUNDER, "membership.open_region", code=region, name=region)
        pure.do(FOUNDER, "membership.open_branch", code=branch, name=branch, region=region)
        small.members[branch] = [pseudonym(2 * number), pseudonym(2 * number + 1)]
        for count, member in enumerate(small.members[branch]):
            pure.do(
                FOUNDER,
                "membership.admit",
                member=member,
                branch=branch,
                person=person(2 * number + count),
            )
    return small


def recall(small: Small, by: str, office: str, member: str, place: str = "") -> None:
    small.pure.do(
        by, "offices.recall", office=office, member=member, place=place, reason=document("why")
    )


class TestFirstHolders:
    def test_an_office_is_of_its_place_and_has_so_many_seats(self, founding):
        in_a, in_b = founding.members["A1"][0], founding.members["B1"][0]
        secretary = {"office": "branch-secretary", "place": "A1"}
        rule = "posts.branch-secretary"
        founding.refused(FOUNDER, "offices.install", rule, **secretary, member=in_b)
        for place in ("", "A", "B9"):
            founding.refused(
                FOUNDER,
                "offices.install",
                rule,
                office="branch-secretary",
                place=place,
                member=in_a,
            )
        founding.refused(
            FOUNDER,
            "offices.install",
            ORGANISER,
            office="regional-organiser",
            place="A",
            member=in_b,
        )
        founding.refused(
            FOUNDER, "offices.install", "record.subject", office="no-such", member=in_a
        )
        founding.pure.do(FOUNDER, "offices.install", **secretary, member=in_a)
        founding.refused(FOUNDER, "offices.install", rule, **secretary, member=in_a)
        founding.refused(
            FOUNDER, "offices.install", rule, **secretary, member=founding.members["A1"][1]
        )
        (holding,) = founding.state.offices.now["branch-secretary", "A1"]
        assert (holding.how, holding.chosen_by) == ("first holder", "founding")
        assert holding.until - holding.since == 400 * DAY

    def test_holders_are_members_and_only_the_founder_installs(self, founding):
        chair = {"office": "chair"}
        rule = "membership.admission"
        founding.refused(FOUNDER, "offices.install", rule, **chair, member=pseudonym(99))
        member, other = founding.members["A1"]
        founding.refused(member, "offices.install", "record.founding", **chair, member=member)
        founding.pure.do(other, "membership.resign")
        founding.refused(FOUNDER, "offices.install", rule, **chair, member=other)

    def test_a_body_takes_no_more_than_its_seats(self, small):
        assert len(small.holders("steering-committee")) == 9
        for office, place in small.state.offices.now:
            assert len(small.holders(office, place)) == seats_of(small.state, office)


class TestAppointing:
    def test_whoever_may_appoint_fills_what_is_free(self, small):
        by, old = small.holder("steering-committee"), small.holder("regional-organiser", "A")
        office = {"office": "regional-organiser", "place": "A"}
        candidate, stranger = small.members["A1"][-1], small.members["B1"][-1]
        act = "offices.appoint"
        small.refused(by, act, ORGANISER, **office, member=candidate)  # it is filled
        small.pure.do(old, "offices.lay_down", **office)
        small.refused(by, act, ORGANISER, **office, member=stranger)
        small.refused(small.holder("chair"), act, ORGANISER, **office, member=candidate)
        small.refused(old, act, ORGANISER, **office, member=old)
        small.pure.do(by, act, **office, member=candidate)
        (holding,) = small.state.offices.now["regional-organiser", "A"]
        assert (holding.member, holding.how, holding.chosen_by) == (candidate, "appointed", by)

    def test_nobody_is_appointed_to_what_is_elected(self, small):
        by, member = small.holder("steering-committee"), small.members["A1"][-1]
        for office, rule in (
            ("branch-secretary", "posts.branch-secretary"),
            ("steering-committee", "bodies.steering-committee"),
            ("no-such", "record.subject"),
        ):
            small.refused(by, "offices.appoint", rule, office=office, member=member)

    def test_where_a_post_of_the_region_appoints_it_does_so_for_its_own_branches(self):
        text = rules_text("closed-slate")
        at = text.index("[posts.branch-secretary]")
        text = text[:at] + text[at:].replace(
            'chosen_by = "branch"',
            'chosen_by = "appointment"\nappointed_by = "regional-organiser"',
            1,
        )
        small = founded_with(text)
        secretary = small.holder("branch-secretary", "A1")
        office = {"office": "branch-secretary", "place": "A1"}
        small.pure.do(secretary, "offices.lay_down", **office)
        candidate = small.members["A1"][-1]
        other = small.holder("regional-organiser", "B")
        small.refused(
            other, "offices.appoint", "posts.branch-secretary", **office, member=candidate
        )
        small.pure.do(
            small.holder("regional-organiser", "A"), "offices.appoint", **office, member=candidate
        )
        assert small.holder("branch-secretary", "A1") == candidate


class TestRecalling:
    def test_more_than_half_of_the_body_recall(self, small):
        body, chair = small.holders("steering-committee"), small.holder("chair")
        for count, by in enumerate(body, 1):
            recall(small, by, "chair", chair)
            if count < 5:
                assert small.holder("chair") == chair
                small.refused(
                    by,
                    "offices.recall",
                    "posts.chair",
                    office="chair",
                    member=chair,
                    reason=document("again"),
                )
            else:
                break
        assert ("chair", "") not in small.state.offices.now
        assert small.state.offices.past[-1].ended_how == "recalled"
        assert not small.state.offices.recalls

    def test_nobody_else_has_a_voice_and_nobody_in_their_own_case(self, small):
        chair, member = small.holder("chair"), small.members["A1"][-1]
        fields = {"office": "chair", "member": chair, "reason": document("x")}
        for by in (member, small.holder("branch-secretary", "A1")):
            small.refused(by, "offices.recall", "posts.chair", **fields)
        because = small.refused(chair, "offices.recall", "posts.chair", **fields)
        assert because == "Nobody judges their own case."
        by = small.holder("steering-committee")
        small.refused(by, "offices.recall", "posts.chair", **(fields | {"member": member}))

    def test_voices_of_those_who_left_the_body_do_not_count(self, small):
        body, chair = small.holders("steering-committee"), small.holder("chair")
        for by in body[:4]:
            recall(small, by, "chair", chair)
            small.pure.do(by, "offices.lay_down", office="steering-committee")
        recall(small, body[4], "chair", chair)
        assert small.holder("chair") == chair  # 1 of the 5 who are left
        for by in body[5:7]:
            recall(small, by, "chair", chair)
        assert ("chair", "") not in small.state.offices.now

    def test_a_new_term_begins_without_old_voices(self, small):
        body, chair = small.holders("steering-committee"), small.holder("chair")
        for by in body[:4]:
            recall(small, by, "chair", chair)
        small.pure.do(chair, "offices.lay_down", office="chair")
        small.pure.do(body[0], "offices.appoint", office="chair", member=chair)
        recall(small, body[4], "chair", chair)
        assert small.holder("chair") == chair

    @pytest.mark.parametrize("name", ["open-convention", "closed-slate"])
    def test_no_body_recalls_in_the_place_of_an_assembly(self, name):
        small = founded(name)
        by = small.holder("steering-committee")
        other = small.holders("steering-committee")[1]
        fields = {"office": "steering-committee", "member": other, "reason": document("x")}
        small.refused(by, "offices.recall", "bodies.steering-committee", **fields)
        secretary = {"office": "branch-secretary", "place": "A1", "reason": document("x")}
        member = small.holder("branch-secretary", "A1")
        small.refused(by, "offices.recall", "posts.branch-secretary", **secretary, member=member)


class TestLayingDown:
    def test_only_what_one_holds(self, small):
        chair, other = small.holder("chair"), small.members["A1"][-1]
        small.refused(other, "offices.lay_down", "posts.chair", office="chair")
        small.refused(chair, "offices.lay_down", "record.subject", office="no-such")
        small.refused(chair, "offices.lay_down", "posts.chair", office="chair", place="A")
        small.pure.do(chair, "offices.lay_down", office="chair")
        small.refused(chair, "offices.lay_down", "posts.chair", office="chair")
        assert small.state.offices.past[-1].ended_how == "resigned"

    def test_a_suspended_holder_can_lay_it_down(self, small):
        chair = small.holder("chair")
        small.suspend(chair)
        small.pure.do(chair, "offices.lay_down", office="chair")
        assert ("chair", "") not in small.state.offices.now


class TestStandingIn:
    @pytest.mark.parametrize("name", ["open-convention", "closed-slate"])
    def test_while_nobody_holds_it_and_not_longer(self, name):
        small = founded(name)
        stand_in = small.state.rules.posts["chair"].stood_in_by
        by, chair = small.holder(stand_in), small.holder("chair")
        assert not holds(small.state, by, "chair")
        small.suspend(chair)
        assert holds(small.state, by, "chair")
        assert not holds(small.state, small.members["C2"][-1], "chair")
        for judge in small.holders(small.state.rules.membership.suspended_by):
            if small.state.membership.members[chair].standing == "suspended":
                small.pure.do(judge, "membership.restore", member=chair)
        assert holds(small.state, chair, "chair")
        assert not holds(small.state, by, "chair")

    def test_nobody_stands_in_for_those_who_stand_in(self):
        small = founded()
        steering = small.holder("steering-committee")
        for member in small.holders("credentials-committee"):
            small.pure.do(member, "offices.lay_down", office="credentials-committee")
        small.pure.do(small.holder("chair"), "offices.lay_down", office="chair")
        assert holds(small.state, steering, "credentials-committee")
        assert not holds(small.state, steering, "chair")

    def test_nobody_stands_in_to_judge(self):
        small = founded()
        for member in small.holders("credentials-committee"):
            small.pure.do(member, "offices.lay_down", office="credentials-committee")
        assert judges(small.state, "credentials-committee", (), small.pure.time) == frozenset()

    def test_a_convention_is_called_even_when_the_committee_has_gone(self):
        small = founded()
        opens = small.pure.time + 200 * DAY
        checker = small.holder("credentials-committee")
        small.refused(checker, "floor.call", "floor.called_by", opens=opens)
        for member in small.holders("steering-committee"):
            small.pure.do(member, "membership.resign")
        small.pure.do(checker, "floor.call", opens=opens)


class TestHolding:
    def test_a_term_that_ended_and_one_that_was_cut_short_are_told_apart(self, small):
        office, members = ("chair", ""), small.everyone[-2:]
        for member, days, how in ((members[0], 399, "replaced"), (members[1], 401, "term")):
            (holding,) = small.state.offices.now[office]
            occasion = Occasion(small.state.size, holding.since + days * DAY, "rulebook")
            small.pure.state = replace_holders(small.state, office, [member], "7", occasion)
            ended = small.state.offices.past[-1]
            assert (ended.member, ended.ended_how) == (holding.member, how)

    def test_where_whoever_answers_for_a_place_holds_the_office(self, small):
        state = small.state
        assert place_for(state, "branch-secretary", "A1") == "A1"
        assert place_for(state, "regional-organiser", "A1") == "A"
        assert place_for(state, "regional-organiser", "A") == "A"
        assert place_for(state, "chair", "A1") == ""
        assert place_for(state, "steering-committee", "A1") == ""
        assert places(state, "no-such") == ()
        assert office_rules(state, "no-such") is None


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["lay_down", "appoint", "recall", "resign", "transfer"]),
        st.sampled_from(["chair", "bulletin-editor", "regional-organiser"]),
        st.sampled_from(["", "A", "B"]),
        st.integers(0, 59),
        st.integers(0, 59),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_whatever_happens_no_seat_is_held_twice_nor_by_whom_it_cannot(acts):
    small = founded("closed-slate")
    for what, office, place, by, about in acts:
        actor, member = small.everyone[by], small.everyone[about]
        fields = {
            "lay_down": {"office": office, "place": place},
            "appoint": {"office": office, "place": place, "member": member},
            "recall": {
                "office": office,
                "place": place,
                "member": member,
                "reason": document("x"),
            },
            "resign": {},
            "transfer": {"branch": "B1"},
        }[what]
        chapter = "membership" if what in ("resign", "transfer") else "offices"
        if what in ("appoint", "recall"):
            actor = next(iter(small.state.offices.now.get(("steering-committee", ""), ())), None)
            actor = actor.member if actor else small.everyone[by]
        small.pure.tried(actor, f"{chapter}.{what}", **fields)
    state = small.state
    for (office, place), holdings in state.offices.now.items():
        members = [holding.member for holding in holdings]
        assert 0 < len(set(members)) == len(members) <= seats_of(state, office)
        for member in members:
            known = state.membership.members[member]
            assert known.standing == "good"
            region = state.membership.branches[known.branch].region
            assert place in ("", known.branch, region)
        assert all(holding.ended is None for holding in holdings)
    assert all(holding.ended is not None for holding in state.offices.past)
