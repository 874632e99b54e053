"""Which act can be done in which phase of the year, by whoever is best placed to do it.

The table is written from the rulebook's words, act by act. ``support.best_placed`` does
everything that somebody could do to get an act through; where the table says no, that is refused.
"""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.rulebook.reading import PRESETS
from support.best_placed_floor import TRIES
from support.small import Small
from support.somewhere import MOMENTS, at

FOUNDING, BEFORE = "founding", "before the call"
CALLED = ["called"]
WRITING = ["bulletin", "rolls", "nominations", "voting", "elected"]
"""The bulletin is open: from 140 to 35 days before."""
AFTER_WRITING = ["seconding", "day before", "hour"]
SITS = ["sitting", "vote open", "poll open", "decided"]
CLOSED = ["closed"]
YEAR = [*CALLED, *WRITING, *AFTER_WRITING, *SITS]
EVERY = [FOUNDING, BEFORE, *YEAR, *CLOSED]
FROM_THE_ROLLS = YEAR[YEAR.index("rolls") :]
FROM_THE_SEATS = YEAR[YEAR.index("nominations") :]
FROM_THE_ELECTION = YEAR[YEAR.index("elected") :]

OPEN, SLATE = PRESETS

BOTH: dict[str, list[str]] = {
    "founding.adopt": [],
    "founding.bring_programme": [FOUNDING],
    "founding.complete": [FOUNDING],
    "offices.install": [FOUNDING],
    "offices.lay_down": EVERY,
    "offices.demand_recall": EVERY,
    "offices.vote_recall": EVERY,
    "membership.open_region": EVERY,
    "membership.open_branch": EVERY,
    "membership.admit": EVERY,
    "membership.be_reachable": EVERY,
    "membership.transfer": EVERY,
    "membership.suspend": EVERY,
    "membership.restore": EVERY,
    "membership.resign": EVERY,
    "membership.erase": EVERY,
    "membership.attest_roll": FROM_THE_ROLLS,  # of the called convention, once they are frozen
    "membership.challenge_roll": ["rolls"],  # for 14 days after it is frozen
    "membership.judge_challenge": ["rolls"],  # and 7 days more
    "bulletin.hand_in": WRITING,
    "bulletin.revise": WRITING,
    "bulletin.withdraw": [*WRITING, *AFTER_WRITING, *SITS, *CLOSED],  # until it is admitted
    "bulletin.refuse": WRITING,  # before it is printed
    "bulletin.appeal": WRITING,
    "bulletin.judge_appeal": WRITING,
    "delegates.credential": FROM_THE_ELECTION,
    "delegates.give_way": FROM_THE_ELECTION,
    "delegates.step_in": FROM_THE_ELECTION,
    "delegates.invite": FROM_THE_SEATS,
    "delegates.end_invitation": FROM_THE_SEATS,
    "delegates.erase_guest": FROM_THE_SEATS,  # once the invitation has ended
    "elections.nominate": ["nominations"],  # from 75 to 60 days before
    "elections.accept": ["nominations"],
    "elections.vote": ["voting"],  # from 60 to 45 days before
    "floor.call": [BEFORE, *CLOSED],
    "floor.arrive": ["day before", "hour", *SITS],
    "floor.leave": ["day before", "hour", *SITS],
    "floor.open": ["hour"],
    "floor.open_vote": ["sitting", "poll open"],  # in "decided" every item has its outcome
    "floor.vote": ["vote open"],
    "floor.close_vote": ["vote open"],
    "floor.close": ["decided"],
    "lots.enter_public": [],  # members draw
    "followup.take_on": ["decided", *CLOSED],
    "followup.report": ["decided", *CLOSED],
    "devices.add": EVERY,
    "devices.end": EVERY,
    "devices.vouch": [],  # with a signature only
    "erasing.ask": WRITING,  # of what is written then
    "erasing.judge": WRITING,
    "witnesses.name": EVERY,
    "witnesses.dismiss": EVERY,
    "keys.rotate": EVERY,
    "keys.replace": EVERY,
    # The presets elect nobody in secret: tests/chapters/secret has when these can be done.
    "secret.name_trustee": [],
    "secret.decline": [],
    "secret.certify": [],
    "secret.share": [],
    "secret.confirm": [],
    "secret.claim": [],
    "secret.demand": [],
    "secret.mix": [],
    "secret.decrypt_roll": [],
    "secret.roll": [],
    "secret.shuffle_box": [],
    "secret.decrypt_box": [],
    "secret.result": [],
}

DIFFERENT: dict[str, dict[str, list[str]]] = {
    # Any member may hand in a proposal, or only delegates.
    "bulletin.hand_in a proposal": {OPEN: WRITING, SLATE: ["elected"]},
    # Until 28 days before; where only delegates propose, there is nothing to second before.
    "proposals.second": {
        OPEN: [*WRITING, "seconding"],
        SLATE: ["elected", "seconding"],
    },
    "proposals.withdraw_second": {
        OPEN: [*WRITING, "seconding"],
        SLATE: ["elected", "seconding"],
    },
    "proposals.ask": {OPEN: [*WRITING, "seconding"], SLATE: ["elected", "seconding"]},
    # As soon as something is admitted, until the close; members alone can admit in the open one.
    "proposals.answer": {
        OPEN: [*WRITING, *AFTER_WRITING, *SITS],
        SLATE: FROM_THE_ELECTION,
    },
    # Nobody is appointed in the open one; the steering committee appoints and recalls in the other.
    "offices.appoint": {OPEN: [], SLATE: EVERY},
    "offices.recall": {OPEN: [], SLATE: EVERY},
    # The convention elects while it sits, nobody twice, and one election at a time to each office.
    "elections.open_poll": {
        OPEN: ["sitting", "vote open", "poll open"],
        SLATE: ["sitting", "vote open"],
    },
    "elections.open_poll in a branch": {OPEN: EVERY, SLATE: EVERY},
    "elections.nominate for a post": {OPEN: ["sitting", "vote open", "poll open"], SLATE: []},
    "elections.propose_slate": {OPEN: [], SLATE: ["sitting", "vote open"]},
    "elections.consent": {OPEN: [], SLATE: ["sitting", "vote open"]},
    "elections.vote of delegates": {OPEN: ["poll open"], SLATE: ["poll open"]},
    "elections.enter_papers": {
        OPEN: ["sitting", "vote open", "poll open"],
        SLATE: ["sitting", "vote open"],
    },
    "elections.end_papers": {
        OPEN: ["sitting", "vote open", "poll open"],
        SLATE: ["sitting", "vote open"],
    },
    # Once seconding has closed, until the agenda is made; it was drawn before the hour here.
    "lots.call": {OPEN: ["day before"], SLATE: []},
    "lots.commit": {OPEN: ["day before"], SLATE: []},
    "lots.hand_in": {OPEN: ["day before"], SLATE: []},
}

TABLE = {row: {OPEN: phases, SLATE: phases} for row, phases in BOTH.items()} | DIFFERENT


def phases_in_which(row: str, preset: str) -> list[str]:
    """Where the act got through, of all moments of the year."""
    return [moment for moment in MOMENTS if got_through(row, at(preset, moment))]


def got_through(row: str, small: Small) -> bool:
    """Whether it did; a refusal changes nothing and says why."""
    found = TRIES[row](small)
    if found is None:
        return False  # what it needs could not be brought about either
    by, fields = found
    before = small.state
    refusal = small.pure.tried(by, row.split()[0], **fields)
    if refusal is None:
        return True
    assert refusal.rule
    assert refusal.because
    assert small.state is before
    return False


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("row", sorted(TABLE))
def test_an_act_has_its_phases(row, preset):
    assert sorted(phases_in_which(row, preset)) == sorted(TABLE[row][preset])


def test_every_act_that_somebody_does_is_in_the_table():
    done = {name for name, clause in organisation.CLAUSES.items() if not clause.falls_due}
    assert {row.split()[0] for row in TABLE} == done
    assert set(TRIES) == set(TABLE)


FROM_THE_STORE = {
    "secret.box_grew": {"head": "ab" * 32, "ballots": 0},
    "secret.box_closed": {"head": "ab" * 32, "ballots": 0, "counted": 0, "tally": "cd" * 32},
}
"""What no state has of an act."""


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_what_falls_due_nobody_does(preset, moment):
    small = at(preset, moment)
    people = [small.holder("chair"), small.members["C2"][-1], "founder"]
    for name, clause in organisation.CLAUSES.items():
        if clause.falls_due:
            for by in people:
                small.refused(by, name, "record.due", of=1, **FROM_THE_STORE.get(name, {}))
