"""Anyone tries anything at any time: what gets through keeps the promises; the rest does nothing.

The promises are written here as they can be read off any state, and not as the clauses keep them.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quorate import organisation
from quorate.chapters.clause import FOUNDER, RULEBOOK, Occasion, Refusal
from quorate.chapters.state import EMPTY, State
from quorate.record.state_digest import digest
from quorate.rulebook.amending import rule_at
from quorate.rulebook.explain import FIXED
from quorate.rulebook.reading import PRESETS, tables_of
from quorate.rulebook.schema import Rulebook
from support.anyone import Anyone
from support.best_placed_floor import TRIES
from support.pure import Pure
from support.small import BRANCHES
from support.somewhere import MOMENTS, at

ROWS = sorted(TRIES)
AGAIN = {
    "bulletin.hand_in",
    "bulletin.revise",
    "elections.accept",
    "elections.consent",
    "elections.enter_papers",
    "elections.propose_slate",
    "followup.report",
    "followup.take_on",
}
"""What somebody may say twice in the same words. Everything else is refused the second time."""

RESTING = {
    "delegates.give_way",
    "devices.end",
    "erasing.ask",
    "floor.leave",
    "lots.hand_in",
    "membership.resign",
    "offices.lay_down",
    "proposals.withdraw_second",
}
"""What somebody may do whose rights rest: leave, and keep their word."""

GONE = {
    "devices.end",
    "erasing.ask",
    "lots.hand_in",
    "membership.erase",
    "proposals.withdraw_second",
}
"""And whose membership has ended: a key of theirs they can always take back, and a text about them
they can ask to have erased."""


def check_offices(state: State) -> None:
    for (name, place), held in state.offices.now.items():
        rules = state.rules.bodies.get(name) or state.rules.posts[name]
        assert 0 < len(held) <= getattr(rules, "seats", 1)
        assert len({h.member for h in held}) == len(held)
        for holding in held:
            member = state.membership.members[holding.member]
            assert member.standing in ("good", "suspended")
            region = state.membership.branches[member.branch].region
            assert place in ("", member.branch, region)


def check_membership(state: State) -> None:
    members, branches = state.membership.members, state.membership.branches
    belonging = {m.id: m.branch for m in members.values() if m.standing in ("good", "suspended")}
    listed = [(member, code) for code, branch in branches.items() for member in branch.members]
    assert dict(listed) == belonging
    assert len(listed) == len(belonging)
    good = sum(member.standing == "good" for member in members.values())
    assert state.membership.in_good_standing == good
    assert len({member.person for member in members.values()}) == len(members)
    assert set(BRANCHES) <= set(branches)
    assert all(members[member].standing == "good" for member in state.membership.suspensions)
    for roll in state.membership.rolls.values():
        on_rolls = [member for branch in roll.branches.values() for member in branch.members]
        assert len(on_rolls) == len(set(on_rolls))


def check_seats(state: State) -> None:
    for number, assembly in state.delegates.assemblies.items():
        sitting = {s.holder: s.id for s in assembly.seats.values() if s.holder is not None}
        assert len(sitting) == sum(s.holder is not None for s in assembly.seats.values())
        assert dict(assembly.seated) == sitting
        convention = state.floor.conventions[number]
        for seat, member in convention.presence.items():
            assert assembly.seated[member] == seat
        for seat, member in assembly.credentialed.items():
            assert assembly.seats[seat].holder == member
        if convention.ended is None:
            for seat in assembly.seats.values():
                if seat.holder is not None:
                    assert state.membership.members[seat.holder].branch == seat.branch


def check_sealed(state: State, time: int) -> None:
    """Nothing that is sealed can be read from the state before its time."""
    for vote in state.floor.votes.values():
        if vote.closed is None:
            assert not vote.opened_choices
            assert vote.tally is None
            assert vote.proposal not in state.floor.conventions[vote.convention].items
        assert set(vote.opened_choices) <= set(vote.sealed)
    for election in state.elections.elections.values():
        if time < election.closes:
            assert not election.opened
            assert election.result is None
    for recall in state.offices.votes.values():
        if time < recall.closes:
            assert not recall.opened_choices
            assert recall.tally is None
    for draw in state.lots.draws.values():
        if time < draw.reveal_until and not draw.public:
            assert not draw.numbers
            assert draw.seed is None


def check_proposals(state: State) -> None:
    for number, proposal in state.proposals.proposals.items():
        contribution = state.bulletin.contributions[number]
        assert contribution.author not in proposal.seconders
        versions = [version.text for version in contribution.versions]
        assert all(s.version in versions for s in proposal.seconders.values())
        if proposal.admission is None:
            continue
        assert proposal.admission.version in versions
        assert proposal.lapsed is None
        assert contribution.withdrawn is None
        assert not contribution.refused
        convention = state.floor.conventions[contribution.convention]
        if convention.closed is not None:
            assert number in convention.items
    for contribution in state.bulletin.contributions.values():
        issues = [i for i in state.bulletin.issues if contribution.number in i.contributions]
        assert len(issues) <= len(contribution.versions)
        assert contribution.about is None or contribution.about < contribution.number
        if contribution.refused:
            assert not issues


def check_convention(state: State) -> None:
    current = state.floor.current
    for number, convention in state.floor.conventions.items():
        assert (convention.ended is None) == (number == current)
        agenda = convention.agenda or ()
        assert len(agenda) == len(set(agenda))
        assert set(convention.items) <= set(agenda)
        if convention.ended is not None:
            assert not convention.presence
        for item in convention.items.values():
            if item.outcome != "fallen":
                tally = state.floor.votes[item.vote or 0].tally
                assert tally is not None
                assert tally.carried == (item.outcome in ("adopted", "referred"))


def check_rulebook(before: State, after: State) -> None:
    """The rulebook changes by an adopted amendment only, and at its time."""
    if after.founding.rules is before.founding.rules:
        return
    version = after.founding.versions[-1]
    assert version.proposals
    for number in version.proposals:
        outcomes = [
            c.items[number].outcome for c in after.floor.conventions.values() if number in c.items
        ]
        assert outcomes == ["adopted"]


def check(before: State, after: State, time: int) -> None:
    assert after.size == before.size + 1
    assert after.time >= before.time
    check_membership(after)
    check_offices(after)
    check_seats(after)
    check_sealed(after, time)
    check_proposals(after)
    check_convention(after)
    check_rulebook(before, after)


_TABLES: list[tuple[Rulebook, dict[str, Any]]] = []


def tables(rules: Rulebook) -> dict[str, Any]:
    """The rulebook as plain tables, made once."""
    for known, plain in _TABLES:
        if known is rules:
            return plain
    _TABLES.append((rules, tables_of(rules)))
    return _TABLES[-1][1]


def check_refusal(state: State, refusal: Refusal) -> None:
    """It cites a rule that is there, and says why and what else."""
    known = refusal.rule in FIXED or refusal.rule == "floor.close"
    assert known or rule_at(tables(state.rules), refusal.rule) is not None, refusal.rule
    assert refusal.because
    assert refusal.instead


def check_rights(state: State, by: str, name: str) -> None:
    """Whoever got it through had the right to."""
    assert by != RULEBOOK
    if by == FOUNDER:
        assert state.founding.complete is None
        return
    standing = state.membership.members[by].standing
    if standing == "suspended":
        assert name in RESTING
    elif standing != "good":
        assert name in GONE


def attempt(pure: Pure, by: str, name: str, fields: dict[str, Any]) -> bool:
    """Whether it got through; either way what has to hold is checked."""
    try:
        act = organisation.read_act(name, fields)
    except organisation.BadAct:
        return False
    before = pure.state
    refusal = organisation.decide(before, act, Occasion(before.size, pure.time, by))
    assert pure.tried(by, name, **fields) == refusal
    if refusal is not None:
        assert pure.state is before
        check_refusal(before, refusal)
        return False
    check_rights(before, by, name)
    check(before, pure.state, pure.time)
    after = pure.state
    pure.let_fall_due()
    assert not pure.state.calendar.due(pure.time)
    if name not in AGAIN and pure.state is after:
        assert organisation.decide(after, act, Occasion(after.size, pure.time, by)), name
    return True


@pytest.mark.parametrize("preset", PRESETS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(sorted(MOMENTS)), st.integers(0, 2**32), st.integers(1, 30))
def test_whatever_gets_through_keeps_the_promises(preset, moment, seed, steps):
    small = at(preset, moment)
    pure, anyone = small.pure, Anyone(small, random.Random(seed))
    remembered = {pure.state.size: pure.state}
    for _ in range(steps):
        anyone.waits()
        pure.let_fall_due()
        assert not pure.state.calendar.due(pure.time)
        found = anyone.chance.choice(ROWS)
        well_placed = TRIES[found](small)
        if well_placed is not None:
            attempt(pure, well_placed[0], found.split()[0], well_placed[1])
            remembered[pure.state.size] = pure.state
        name = anyone.what()
        for _ in range(3):
            by = anyone.who()
            fields = anyone.fields(name, by)
            for acting in (by, anyone.who_may(name, fields)):
                if acting is not None and attempt(pure, acting, name, fields):
                    remembered[pure.state.size] = pure.state
                    break
    check_replay(pure, remembered)


def check_replay(pure: Pure, remembered: dict[int, State]) -> None:
    """From nothing the record comes to the same state, at its end and at every entry."""
    state, found = EMPTY, {}
    for entry in pure.entries:
        state = organisation.replay([entry], state)
        if state.size in remembered:
            found[state.size] = state
    assert found == remembered
    assert state == pure.state
    assert digest(state) == digest(pure.state)
