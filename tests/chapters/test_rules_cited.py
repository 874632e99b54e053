"""Every rule that founding, membership, offices and lots cite has a sentence in the rulebook."""

from __future__ import annotations

import pytest

from quorate.chapters.founding import clauses as founding
from quorate.chapters.lots import clauses as lots
from quorate.chapters.membership import clauses as membership
from quorate.chapters.offices import clauses as offices
from quorate.chapters.plain import counted, listed, on
from quorate.rulebook.explain import FIXED, sentence, standing_orders
from quorate.rulebook.reading import PRESETS, FaultyRulebook, preset, read_rulebook
from support.small import rules_text

CLAUSES = [c for chapter in (founding, membership, offices, lots) for c in chapter.CLAUSES]


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("source", ["members", "public"])
def test_every_rule_that_a_clause_cites_has_a_sentence(name, source):
    rules = read_rulebook(preset(name).replace('source = "members"', f'source = "{source}"'))
    told = {c.path for chapter in standing_orders(rules) for c in chapter.clauses} | set(FIXED)
    for clause in CLAUSES:
        for path in clause.rules:
            part = path in ("bodies", "posts") and any(t.startswith(f"{path}.") for t in told)
            assert path in told or part, (clause.name, path)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"commit_hours": "0"}, "lots.commit_hours"),
        ({"reveal_hours": "0"}, "lots.reveal_hours"),
        ({"sitting_commit_hours": "0"}, "lots.sitting_commit_hours"),
        ({"stood_in_by": '"nobody-at-all"'}, "bodies.steering-committee.stood_in_by"),
        ({"stood_in_by": '"steering-committee"'}, "bodies.steering-committee.stood_in_by"),
        ({"stood_in_by": '"branch-secretary"'}, "bodies.steering-committee.stood_in_by"),
        ({"challenge_undecided": '"maybe"'}, "membership.challenge_undecided"),
    ],
)
def test_a_rulebook_that_could_stop_the_organisation_cannot_stand(changed, path):
    with pytest.raises(FaultyRulebook) as fault:
        read_rulebook(rules_text("open-convention", **changed))
    assert path in {f.path for f in fault.value.faults}


def test_the_sentences_say_what_the_rules_do():
    rules = read_rulebook(preset("open-convention"))
    assert "who stands on it stays" in sentence(rules, "membership.challenge_undecided")
    assert "by more than half" in sentence(rules, "membership.suspended_by")
    chair = sentence(rules, "posts.chair")
    assert "while nobody holds it, the credentials committee acts" in chair
    assert "until a successor is chosen" in chair
    closed = read_rulebook(preset("closed-slate"))
    assert "recall, by more than half" in sentence(closed, "posts.chair")


def test_dates_numbers_and_lists_in_plain_words():
    assert on(1_779_636_059_999) == "24 May 2026, 15:20 UTC"
    assert on(0) == "1 January 1970, 00:00 UTC"
    assert counted(1, "branch", "branches") == "1 branch"
    assert counted(1200, "branch", "branches") == "1,200 branches"
    assert counted(2, "seat") == "2 seats"
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefg")) == "a, b, c, d, e and 2 more"
