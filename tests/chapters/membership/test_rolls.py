"""Rolls: frozen by the record at the cut-off, attested, challenged, judged, final."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.calendar import DAY
from support.pure import document, person, pseudonym
from support.small import Small, founded
from support.year import called, convention

PRESETS = ["open-convention", "closed-slate"]
RULE = "membership.roll_challenge"


def frozen(small: Small) -> Small:
    """The rolls are frozen, and open to challenge."""
    small.pure.go_to(convention(small).dates.roll_cut_off)
    return small


@pytest.fixture
def small() -> Small:
    return frozen(called(founded()))


def roll(small: Small, branch: str):
    return small.state.membership.rolls[1].branches[branch]


def admit(small: Small, number: int, branch: str = "A1") -> str:
    small.pure.do(
        small.holder("branch-secretary", branch),
        "membership.admit",
        member=pseudonym(number),
        branch=branch,
        person=person(number),
    )
    return pseudonym(number)


def challenge(small: Small, member: str, about: str, branch: str = "A1", by: str = "") -> int:
    small.pure.do(
        by or small.members["B1"][-1],
        "membership.challenge_roll",
        branch=branch,
        member=member,
        about=about,
        reason=document("why"),
    )
    return len(small.state.membership.challenges)


def judge(small: Small, by: str, number: int, decision: str) -> None:
    small.pure.do(
        by,
        "membership.judge_challenge",
        challenge=number,
        decision=decision,
        reason=document("because"),
    )


def judges(small: Small) -> list[str]:
    return small.holders(convention(small).rules.membership.challenges_decided_by)


def suspended_at_the_cut_off(by: str = "open-convention", **changed: str) -> tuple[Small, str]:
    small = called(founded(by, **changed))
    member = small.members["A1"][-1]
    small.suspend(member)
    return frozen(small), member


class TestFreezing:
    @pytest.mark.parametrize("name", PRESETS)
    def test_it_holds_who_is_in_good_standing_then_and_nobody_later(self, name):
        small = called(founded(name))
        gone, moved, suspended = small.members["A1"][-3:]
        small.pure.do(gone, "membership.resign")
        small.pure.do(moved, "membership.transfer", branch="B1")
        small.suspend(suspended)
        last = admit(small, 900)
        frozen(small)
        late = admit(small, 901)
        expected = {*small.members["A1"], last} - {gone, moved, suspended}
        assert roll(small, "A1").members == tuple(sorted(expected))
        assert moved in roll(small, "B1").members
        assert late in small.state.membership.branches["A1"].members
        lines = "\n".join(sorted(expected))
        assert roll(small, "A1").digest == hashlib.sha256(lines.encode()).hexdigest()

    def test_the_last_moment_before_the_cut_off_counts_and_the_moment_itself_does_not(self):
        small = called(founded())
        cut_off = convention(small).dates.roll_cut_off
        small.pure.go_to(cut_off - 1)
        before = admit(small, 900)
        small.pure.go_to(cut_off)
        after = admit(small, 901)
        assert before in roll(small, "A1").members
        assert after not in roll(small, "A1").members

    def test_a_late_server_freezes_what_stood_at_the_cut_off(self):
        small = called(founded())
        small.pure.time = convention(small).dates.roll_cut_off + 3 * DAY
        late = admit(small, 900)  # the first act after three days without a server
        assert late not in roll(small, "A1").members
        assert small.state.membership.rolls[1].cut_off == convention(small).dates.roll_cut_off

    def test_a_burst_of_admissions_before_it_is_shown(self):
        small = called(founded())
        dates = convention(small).dates
        small.pure.go_to(dates.roll_cut_off - 31 * DAY)
        admit(small, 900, "A1")  # too early to be part of a burst
        small.pure.go_to(dates.roll_cut_off - 30 * DAY)
        for number in range(901, 904):
            admit(small, number, "A1")
        mover = small.members["A2"][-1]
        small.pure.do(mover, "membership.transfer", branch="C2")
        frozen(small)
        bursts = {b.branch: (b.admitted, b.members) for b in small.state.membership.rolls[1].bursts}
        assert bursts == {"A1": (3, 20), "C2": (1, 6)}

    def test_nobody_freezes_or_settles_by_hand(self, small):
        for act in ("membership.freeze_roll", "membership.settle_rolls"):
            small.refused(small.holder("chair"), act, "record.due", of=1)


class TestAttesting:
    def test_the_secretary_attests_the_roll_that_they_have_seen(self, small):
        fields = {"branch": "A1", "digest": roll(small, "A1").digest}
        rule, act = "membership.roll_attested_by", "membership.attest_roll"
        secretary = small.holder("branch-secretary", "A1")
        small.refused(small.holder("branch-secretary", "A2"), act, rule, **fields)
        small.refused(small.holder("chair"), act, rule, **fields)
        small.refused(secretary, act, rule, branch="A1", digest="0" * 64)
        small.refused(secretary, act, rule, branch="Z1", digest="0" * 64)
        small.pure.do(secretary, act, **fields)
        assert roll(small, "A1").attested_by == secretary
        assert roll(small, "A1").attested_at == small.pure.time
        small.refused(secretary, act, rule, **fields)

    def test_there_is_nothing_to_attest_before_the_cut_off(self):
        small = called(founded())
        secretary = small.holder("branch-secretary", "A1")
        small.refused(
            secretary,
            "membership.attest_roll",
            "membership.roll_attested_by",
            branch="A1",
            digest="0" * 64,
        )

    def test_a_changed_roll_is_attested_anew_and_the_old_attestation_stays_beside(self, small):
        secretary = small.holder("branch-secretary", "A1")
        old = roll(small, "A1").digest
        small.pure.do(secretary, "membership.attest_roll", branch="A1", digest=old)
        victim = small.members["A1"][-1]
        number = challenge(small, victim, "not-a-member")
        for who in judges(small)[:3]:
            judge(small, who, number, "upheld")
        assert roll(small, "A1").attested_digest == old != roll(small, "A1").digest
        new = roll(small, "A1").digest
        small.pure.do(secretary, "membership.attest_roll", branch="A1", digest=new)
        assert roll(small, "A1").attested_digest == new


class TestChallenging:
    def test_whoever_came_after_the_cut_off_cannot_be_put_on_it(self, small):
        late = admit(small, 900)
        by = small.members["B1"][-1]
        fields = {"branch": "A1", "member": late, "about": "missing", "reason": document("x")}
        because = small.refused(
            by, "membership.challenge_roll", "membership.roll_cut_off", **fields
        )
        assert "after the cut-off" in because

    def test_a_challenge_must_fit_the_record(self, small):
        by = small.members["B1"][-1]
        on_it, gone = small.members["A1"][-1], small.members["A2"][-1]
        stranger = pseudonym(999)
        cases = [
            ("A1", on_it, "missing"),  # stands on it
            ("B2", on_it, "missing"),  # stands on another
            ("B2", on_it, "not-a-member"),  # does not stand on it
            ("A1", stranger, "missing"),
            ("A1", stranger, "not-a-member"),
            ("Z1", on_it, "not-a-member"),
        ]
        for branch, member, about in cases:
            fields = {"branch": branch, "member": member, "about": about, "reason": document("x")}
            small.refused(by, "membership.challenge_roll", RULE, **fields)
        small.pure.do(gone, "membership.resign")
        fields = {"branch": "A2", "member": by, "about": "not-a-member", "reason": document("x")}
        small.refused(gone, "membership.challenge_roll", "membership.admission", **fields)

    def test_nobody_gets_onto_two_rolls(self):
        small, member = suspended_at_the_cut_off()
        by = small.members["B1"][-1]
        fields = {"member": member, "about": "missing", "reason": document("x")}
        small.refused(by, "membership.challenge_roll", RULE, branch="B2", **fields)
        small.pure.do(by, "membership.challenge_roll", branch="A1", **fields)
        other = small.members["C1"][-1]
        small.refused(other, "membership.challenge_roll", RULE, branch="A1", **fields)
        small.refused(other, "membership.challenge_roll", RULE, branch="C1", **fields)
        small.pure.go_to(convention(small).dates.roll_final)
        on = [
            code
            for code, r in small.state.membership.rolls[1].branches.items()
            if member in r.members
        ]
        assert on == ["A1"]

    def test_nobody_has_the_same_challenge_decided_twice(self, small):
        victim = small.members["A1"][-1]
        number = challenge(small, victim, "not-a-member")
        by = small.state.membership.challenges[number].by
        again = {"branch": "A1", "member": victim, "about": "not-a-member"}
        again["reason"] = document("again")
        other = small.members["C1"][-1]
        small.refused(other, "membership.challenge_roll", RULE, **again)  # it is open
        for who in judges(small)[:3]:
            judge(small, who, number, "dismissed")
        small.refused(by, "membership.challenge_roll", RULE, **again)
        assert victim in roll(small, "A1").members

    def test_a_dismissed_challenge_does_not_use_up_the_right_of_others(self, small):
        victim = small.members["A1"][-1]
        number = challenge(small, victim, "not-a-member")
        for who in judges(small)[:3]:
            judge(small, who, number, "dismissed")
        fields = {"branch": "A1", "member": victim, "about": "not-a-member"}
        other = small.members["C1"][-1]
        small.pure.do(
            other, "membership.challenge_roll", reason=document("with evidence"), **fields
        )
        for who in judges(small)[:3]:
            judge(small, who, number + 1, "upheld")
        assert victim not in roll(small, "A1").members

    def test_in_time_only(self, small):
        by, victim = small.members["B1"][-1], small.members["A1"][-1]
        fields = {"branch": "A1", "member": victim, "about": "not-a-member"}
        small.pure.go_to(convention(small).dates.challenges_until - 1)
        challenge(small, small.members["A1"][-2], "not-a-member")
        small.pure.go_to(convention(small).dates.challenges_until)
        small.refused(by, "membership.challenge_roll", RULE, reason=document("x"), **fields)


class TestJudging:
    def test_more_than_half_decide_and_the_parties_do_not_judge(self, small):
        committee = judges(small)
        victim = next(m for m in small.members["A1"] if m in committee)
        challenger = next(m for m in committee if m != victim)
        number = challenge(small, victim, "not-a-member", by=challenger)
        fields = {"challenge": number, "decision": "upheld", "reason": document("x")}
        rule = "membership.challenges_decided_by"
        for by in (victim, challenger, small.members["C2"][-1], small.holder("chair")):
            small.refused(by, "membership.judge_challenge", rule, **fields)
        able = [m for m in committee if m not in (victim, challenger)]
        assert len(able) == 3
        judge(small, able[0], number, "upheld")
        small.refused(able[0], "membership.judge_challenge", rule, **fields)
        assert victim in roll(small, "A1").members
        judge(small, able[1], number, "upheld")
        assert victim not in roll(small, "A1").members
        assert small.state.membership.challenges[number].decision == "upheld"
        small.refused(able[2], "membership.judge_challenge", rule, **fields)
        small.refused(able[2], "membership.judge_challenge", rule, **(fields | {"challenge": 99}))

    def test_a_judge_who_left_the_body_counts_no_more(self, small):
        committee = judges(small)
        victim = next(m for m in small.members["A1"] if m not in committee)
        number = challenge(small, victim, "not-a-member", by=small.members["C2"][-1])
        for who in committee[:2]:
            judge(small, who, number, "upheld")
            small.pure.do(who, "offices.lay_down", office="credentials-committee")
        judge(small, committee[2], number, "upheld")
        assert small.state.membership.challenges[number].decision is None  # 1 of 3, not 3 of 3
        judge(small, committee[3], number, "upheld")
        assert small.state.membership.challenges[number].decision == "upheld"

    def test_what_most_of_those_left_have_said_is_not_undecided(self, small):
        committee = judges(small)
        victim = next(m for m in small.members["A1"] if m not in committee)
        number = challenge(small, victim, "not-a-member", by=small.members["C2"][-1])
        for who in committee[:2]:
            judge(small, who, number, "upheld")
        for who in committee[2:4]:
            small.pure.do(who, "offices.lay_down", office="credentials-committee")
        small.pure.go_to(convention(small).dates.roll_final)
        decided = small.state.membership.challenges[number]
        assert (decided.decision, decided.by_default) == ("upheld", False)


class TestSettling:
    @pytest.mark.parametrize(
        ("rule", "missing", "not_a_member"),
        [
            ("for-the-member", "upheld", "dismissed"),
            ("upheld", "upheld", "upheld"),
            ("dismissed", "dismissed", "dismissed"),
        ],
    )
    def test_what_is_not_decided_counts_as_the_rulebook_says(self, rule, missing, not_a_member):
        changed = {"challenge_undecided": f'"{rule}"'}
        small, member = suspended_at_the_cut_off(**changed)
        victim = small.members["A1"][-2]
        first = challenge(small, member, "missing")
        second = challenge(small, victim, "not-a-member")
        judge(small, judges(small)[0], second, "upheld")  # one of five decides nothing
        small.pure.go_to(convention(small).dates.roll_final)
        found = small.state.membership.challenges
        assert (found[first].decision, found[second].decision) == (missing, not_a_member)
        assert found[first].by_default
        assert found[second].by_default
        assert (member in roll(small, "A1").members) == (missing == "upheld")
        assert (victim in roll(small, "A1").members) == (not_a_member == "dismissed")

    def test_a_flood_of_challenges_strikes_nobody_off(self, small):
        """Nobody can empty a branch's roll by objecting to more members than can be judged."""
        before = roll(small, "A1").members
        for member in before:
            challenge(small, member, "not-a-member", by=small.members["C2"][-1])
        small.pure.go_to(convention(small).dates.roll_final)
        assert roll(small, "A1").members == before

    @pytest.mark.parametrize("name", PRESETS)
    def test_then_the_rolls_are_final_and_the_seats_shared_out(self, name):
        small = frozen(called(founded(name)))
        challenge(small, small.members["A1"][-1], "not-a-member")
        final = convention(small).dates.roll_final
        small.pure.go_to(final)
        assert small.state.membership.rolls[1].final == final
        seats = small.state.delegates.assemblies[1].delegations
        for code, found in small.state.membership.rolls[1].branches.items():
            assert seats[code].members == len(found.members)
        small.refused(
            judges(small)[0],
            "membership.judge_challenge",
            "membership.challenges_decided_by",
            challenge=1,
            decision="upheld",
            reason=document("x"),
        )

    def test_it_never_stops_the_lane_even_where_nobody_is_left_to_judge(self, small):
        challenge(small, small.members["A1"][-1], "not-a-member")
        for who in judges(small):
            small.pure.do(who, "membership.resign")
        small.pure.go_to(convention(small).dates.roll_final)
        assert small.state.membership.challenges[1].by_default


MOVES = st.lists(
    st.tuples(st.sampled_from(["resign", "move", "suspend", "admit"]), st.integers(0, 59)),
    max_size=25,
)


@settings(max_examples=30, deadline=None)
@given(before=MOVES, after=MOVES)
def test_a_roll_is_who_was_in_good_standing_whatever_happened_before_and_after(before, after):
    """Checked against a plain dictionary of who belongs where."""
    small = called(founded())
    where = {m: branch for branch, members in small.members.items() for m in members}
    everyone = list(where)
    standing = set(where)
    fresh = iter(range(1000, 2000))

    def happen(moves):
        for what, index in moves:
            member = everyone[index]
            if what == "admit":
                number = next(fresh)
                small.pure.do(
                    small.holder("credentials-committee"),
                    "membership.admit",
                    member=pseudonym(number),
                    branch="C2",
                    person=person(number),
                )
                where[pseudonym(number)] = "C2"
                standing.add(pseudonym(number))
            elif member in standing and what == "resign":
                small.pure.do(member, "membership.resign")
                standing.discard(member)
            elif member in standing and what == "move":
                target = "B1" if where[member] != "B1" else "C1"
                small.pure.do(member, "membership.transfer", branch=target)
                where[member] = target
            elif member in standing and what == "suspend":
                small.suspend(member)
                standing.discard(member)

    keep = {*small.holders("credentials-committee"), small.holder("branch-secretary", "C2")}
    small.pure.do(small.holder("branch-secretary", "C2"), "membership.resign")
    standing -= {h for h in standing if small.state.membership.members[h].standing != "good"}
    untouched = [(what, i) for what, i in before if everyone[i] not in keep]
    happen(untouched)
    frozen(small)
    expected = {
        branch: tuple(sorted(m for m in standing if where[m] == branch)) for branch in small.members
    }
    happen([(what, i) for what, i in after if everyone[i] not in keep])
    assert small.state.membership.in_good_standing == len(standing)
    found = small.state.membership.rolls[1].branches
    assert {code: r.members for code, r in found.items()} == expected
