"""The rules behind the floor, elections, delegates and follow-up: sensible, and told in words."""

from __future__ import annotations

import pytest

from quorate.chapters.delegates import clauses as delegates
from quorate.chapters.elections import clauses as elections
from quorate.chapters.floor import clauses as floor
from quorate.chapters.followup import clauses as followup
from quorate.rulebook.explain import FIXED, standing_orders
from quorate.rulebook.reading import PRESETS, FaultyRulebook, preset, read_rulebook
from support.small import rules_text

CLAUSES = [c for chapter in (delegates, elections, floor, followup) for c in chapter.CLAUSES]


@pytest.mark.parametrize("name", PRESETS)
def test_every_rule_that_a_clause_cites_has_a_sentence(name):
    told = {
        c.path for chapter in standing_orders(read_rulebook(preset(name))) for c in chapter.clauses
    }
    for clause in CLAUSES:
        for path in clause.rules:
            whole = path in told or path in FIXED
            part = any(other.startswith(f"{path}.") for other in told)
            optional = path == "delegates.may_not_nominate"
            assert whole or part or optional, (clause.name, path)


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("floor.carried_out_by", {"carried_out_by": '"nobody-at-all"'}),
        ("floor.chaired_by", {"chaired_by": '"branch-secretary"'}),
        ("bulletin.appeal_decided_within", {"appeal_decided_within": "27"}),
    ],
)
def test_a_rulebook_that_would_hold_the_floor_up_cannot_stand(path, changed):
    with pytest.raises(FaultyRulebook) as fault:
        read_rulebook(rules_text("open-convention", **changed))
    assert path in {f.path for f in fault.value.faults}


def test_a_branch_elects_only_to_its_own_posts():
    text = rules_text("open-convention")
    at = text.index("[posts.branch-secretary]")
    text = text[:at] + text[at:].replace('per = "branch"', 'per = "organisation"', 1)
    with pytest.raises(FaultyRulebook) as fault:
        read_rulebook(text)
    assert "posts.branch-secretary.chosen_by" in {f.path for f in fault.value.faults}
