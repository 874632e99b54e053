"""The standing orders: no rule goes unsaid, and each is said in the organisation's own words."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from quorate import organisation
from quorate.rulebook.explain import sentence, standing_orders
from quorate.rulebook.reading import (
    PRESETS,
    FaultyRulebook,
    preset,
    read_tables,
    rulebook_of,
    tables_of,
)
from support.small import in_the_open

WORDS = {
    "branch": "chapter",
    "region": "county",
    "member": "comrade",
    "convention": "congress",
    "delegate": "deputy",
    "bulletin": "gazette",
    "proposal": "motion",
}


def rules(tables: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every rule in the tables but what the organisation is called and its words."""
    if not isinstance(tables, dict):
        return [(path, tables)]
    return [
        rule
        for name, value in tables.items()
        if (*path, name) != ("organisation",)
        for rule in rules(value, (*path, name))
    ]


def printed(tables: dict[str, Any]) -> str:
    """The whole standing orders."""
    orders = standing_orders(rulebook_of(tables))
    return "\n".join(clause.sentence for chapter in orders for clause in chapter.clauses)


def others(path: tuple[str, ...], value: Any) -> list[Any]:
    """Other values that the rule might have; some may contradict the rest of the rulebook."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, list):
        return [[*value, 36], [*value, "chair"], [*value, "bulletin.hand_in"], value[:-1]]
    if value[:1].isdigit():
        return ["5/7"]
    return [
        "automatic", "dismissed", "upheld", "delegates", "members", "per-members", "sainte-lague",
        "scottish-stv/1", "plurality-at-large/1", "slate-against-slate/1", "as-numbered", "drawn",
        "close", "next-call", "any", "present", "public", "convention", "appointment", "region",
        "branch", "ends", "chair", "bulletin-editor", "steering-committee", "credentials-committee",
        "regional-organiser", "branch-secretary", "named", "involved", "none", "floor", "anyone",
        "candidate", "witnessed", "at-once", "all", "nobody", "kept", "erased", "lot", "outside",
        "member", "paper", "later", "Other words than these",
    ]  # fmt: skip


TOGETHER = {
    ("bodies", "method"),
    ("posts", "per"),
    ("delegates", "credentials_by"),
    ("elections", "on_paper"),
    ("witnesses", "results"),
    ("secret", "needed"),
    ("secret", "all_needed"),
    ("secret", "trustee"),
    ("signing", "unsigned_vouchers"),
    ("signing", "unsigned_wait_hours"),
}
"""Rules whose every other value may contradict another rule, so that both change together: where
there is one body only, nobody else can end the papers that its holder entered; secret elections
without trustees are held on paper, where there is any; results cannot wait
for witnesses where none is asked for; of three trustees two are needed, or all; who is drawn is
named by nobody; nothing waits for unsigned vouchers where none count."""


@pytest.mark.parametrize("preset_name", PRESETS)
def test_whoever_changes_a_rule_changes_what_is_printed(preset_name):
    """So every rule of the rulebook is said: one that was not said could be changed unseen."""
    tables = read_tables(preset(preset_name))
    told = rules(tables)
    # What another way of choosing needs is there too, so that each way can be changed by itself.
    tables["delegates"] = {"seats": 60, "members_per_delegate": 10} | tables["delegates"]
    for name, office in (*tables["bodies"].items(), *tables["posts"].items()):
        another = "chair" if name == "bulletin-editor" else "bulletin-editor"
        office.setdefault("appointed_by", another)
        office.setdefault("stood_in_by", another)
        office.setdefault("count", "scottish-stv/1")
    for path, value in told:
        tried = 0
        # Those who are appointed are not elected in secret.
        fitting = in_the_open(tables) if path[-1] == "chosen_by" else tables
        before = printed(fitting)
        for other in others(path, value):
            changed = copy.deepcopy(fitting)
            table = changed
            for step in path[:-1]:
                table = table[step]
            if table[path[-1]] == other:
                continue
            table[path[-1]] = other
            try:
                after = printed(changed)
            except FaultyRulebook:
                continue
            tried += 1
            assert after != before, (".".join(path), other)
        assert tried or (path[0], path[-1]) in TOGETHER, path


@pytest.mark.parametrize("name", PRESETS)
def test_each_rule_has_its_sentence(name):
    tables = read_tables(preset(name))
    rulebook = rulebook_of(tables)
    for path, _ in rules(tables):
        assert sentence(rulebook, ".".join(path)), path


@pytest.mark.parametrize("name", PRESETS)
def test_whatever_a_clause_cites_has_a_sentence(name):
    rulebook = rulebook_of(read_tables(preset(name)))
    for clause in organisation.CLAUSES.values():
        assert clause.rules
        for path in clause.rules:
            assert sentence(rulebook, path), (clause.name, path)


def test_what_is_no_rule_has_no_sentence():
    rulebook = rulebook_of(read_tables(preset("open-convention")))
    for path in ("", "floor.chaired", "record.other", "secrets.all"):
        assert sentence(rulebook, path) == ""


@pytest.mark.parametrize("name", PRESETS)
def test_the_organisations_own_words_are_used_everywhere(name):
    tables = read_tables(preset(name))
    tables["organisation"]["words"] = WORDS
    for kind in ("bodies", "posts"):  # these texts are the organisation's own already
        for office in tables[kind].values():
            office["title"], office["answers_to"] = "Office", "those who chose it"
    tables["bulletin"]["refusal_reasons"] = {"threat": "It threatens somebody."}
    orders = standing_orders(rulebook_of(tables))
    for clause in (clause for chapter in orders for clause in chapter.clauses):
        said = clause.sentence.lower()
        for word in WORDS:
            assert not re.search(rf"\b{word}(s|es)?\b", said), (clause.path, clause.sentence)
    whole = printed(tables).lower()
    for own in WORDS.values():
        assert own in whole or own == "deputy"
    assert "deputies" in whole
    for wrong in ("deputys", "countys", "chapteres", "comradees"):
        assert wrong not in whole


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("open-convention", "floor.quorum", "at least half of its seats"),
        ("open-convention", "floor.majorities.rulebook", "at least two thirds of the votes for"),
        ("open-convention", "floor.majorities.proposal", "more than half of the votes for"),
        ("open-convention", "floor.majorities.programme", "at least three fifths"),
        ("open-convention", "bulletin.issues", "110, 80, 55, 35 days before"),
        ("open-convention", "proposals.seconds", "5 delegates or by 2 branches"),
        ("open-convention", "proposals.seconds.members", "by 3% of the members"),
        ("open-convention", "proposals.may_propose", "Any member in good standing"),
        ("closed-slate", "proposals.may_propose", "Only delegates"),
        ("closed-slate", "proposals.seconds", "seconded by 10 delegates, the author not counted"),
        ("closed-slate", "delegates.method", "a seat for every 10 members or part of that number"),
        ("closed-slate", "floor.vote_minutes", "The chair may close a vote at any time."),
        ("closed-slate", "floor.in_force", "at the call of the next convention"),
        ("closed-slate", "bodies.steering-committee", "as one slate, proposed by the steering"),
        ("closed-slate", "posts.regional-organiser", "paid, appointed by the steering committee"),
        ("open-convention", "posts.regional-organiser", "elected by the members of the region"),
        ("open-convention", "bulletin.refusal_reasons.threat", "It threatens a person"),
    ],
)
def test_the_presets_in_plain_words(name, path, words):
    assert words in sentence(rulebook_of(read_tables(preset(name))), path)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (
            {"reserved": {"group": "women", "at_least": 4}},
            "at least 4 seats of them for women (who stands says whether they are of this group)",
        ),
        ({"count": "limited-vote/1", "marks": 3}, "limited vote (limited-vote/1), up to 3 marks"),
        ({"count": "cumulative/1", "points": 1}, "(cumulative/1), up to 1 point on a ballot"),
        ({"count": "approval/1"}, "by approval (approval/1)"),
        ({"count": "schulze/1", "seats": 1}, "comparing in pairs by Schulze's method (schulze/1)"),
    ],
)
def test_what_a_body_states_besides_its_counting_rule(stated, words):
    tables = in_the_open(read_tables(preset("open-convention")))
    tables["bodies"]["steering-committee"] |= stated
    rulebook = rulebook_of(tables)
    path = "bodies.steering-committee"
    assert words in sentence(rulebook, path)
    assert rulebook_of(tables_of(rulebook)) == rulebook
    for name in stated:
        assert sentence(rulebook, f"{path}.{name}")
