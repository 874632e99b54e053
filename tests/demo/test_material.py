"""The demo's written material: complete, consistent, and such as the rules would take."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from quorate.demo.material import material
from quorate.demo.material_checks import faults
from quorate.demo.material_parts import Contribution
from quorate.demo.starting_rules import starting_rules_text
from quorate.rulebook.amending import Change, amended
from quorate.rulebook.reading import preset, read_rulebook

ALL = material().contributions
RULES = read_rulebook(starting_rules_text())


def of_kind(kind: str) -> list[Contribution]:
    return [c for c in ALL if c.kind == kind]


def test_six_regions_forty_branches_twelve_hundred_members() -> None:
    assert len(material().regions) == 6
    assert len(material().branches) == 40
    sizes = [branch.size for branch in material().branches]
    assert (min(sizes), max(sizes), sum(sizes)) == (6, 90, 1200)
    assert {b.region for b in material().branches} == {r.code for r in material().regions}


def test_counts_of_contributions() -> None:
    assert len([c for c in ALL if c.decidable and c.amends != "proposal"]) == 34
    assert len([c for c in ALL if c.amends == "rulebook"]) == 5
    assert len([c for c in ALL if c.amends == "programme"]) == 3
    assert len([c for c in ALL if c.amends == "proposal"]) == 4
    assert len(of_kind("perspective")) == 12
    assert len(of_kind("report")) == 10
    assert len(of_kind("reply")) == 12
    assert len([c for c in ALL if c.answer]) == 12
    assert len([c for c in ALL if c.refused]) == 3
    assert len(material().candidates) == 14
    assert len(material().slate.members) == 9


def test_there_is_enough_to_read() -> None:
    words = sum(len(c.text.split()) for c in ALL)
    assert words > 20_000
    for essay in of_kind("perspective"):
        assert 500 <= len(essay.text.split()) <= 1600, essay.slug


def test_slugs_and_titles_differ() -> None:
    assert max(Counter(c.slug for c in ALL).values()) == 1
    assert max(Counter(c.title for c in ALL).values()) == 1
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", c.slug) for c in ALL)


def test_every_target_exists_and_comes_before() -> None:
    places = {c.slug: place for place, c in enumerate(ALL)}
    about = [c for c in ALL if c.about]
    assert {c.slug for c in about} == {
        c.slug for c in ALL if c.kind == "reply" or c.amends == "proposal"
    }
    for contribution in about:
        assert places[contribution.about] < places[contribution.slug]


@pytest.mark.parametrize(
    "amendment", [c for c in ALL if c.amends == "rulebook"], ids=lambda c: c.slug
)
def test_the_rulebook_stands_with_each_amendment_and_is_changed(amendment: Contribution) -> None:
    assert amended(RULES, amendment.changes) != RULES


def test_the_rulebook_stands_with_all_amendments() -> None:
    rules = RULES
    for contribution in ALL:
        rules = amended(rules, contribution.changes) if contribution.changes else rules
    assert rules.posts["regional-organiser"].chosen_by == "region"
    assert rules.posts["regional-organiser"].appointed_by is None
    assert rules.bodies["complaints-commission"].seats == 7


def test_the_story_starts_from_the_preset_with_appointed_organisers() -> None:
    changes = (
        Change("organisation.name", "Harbour & Transport Workers"),
        Change("posts.regional-organiser.chosen_by", "appointment"),
        Change("posts.regional-organiser.appointed_by", "steering-committee"),
        Change("posts.regional-organiser.recalled_by", "steering-committee"),
        Change("posts.regional-organiser.answers_to", "the steering committee"),
    )
    assert amended(read_rulebook(preset("open-convention")), changes) == RULES


def test_refusals_give_a_reason_that_the_rulebook_lists() -> None:
    refused = [c.refused for c in ALL if c.refused]
    assert {r.reason for r in refused} <= set(RULES.bulletin.refusal_reasons)
    assert {r.decision for r in refused} == {"upheld", "dismissed"}


def test_texts_are_members_texts() -> None:
    every = [
        *(c.title + "\n" + c.text + c.answer for c in ALL),
        *(c.statement for c in material().candidates),
        *(s.text for s in material().delegate_statements),
        material().programme,
        material().slate.statement,
    ]
    for text in every:
        assert text.strip()
        assert "+++" not in text
        for word in ("lorem", "ipsum", "todo", "placeholder", "quorate", "software", "the demo"):
            assert word not in text.lower()


def test_faults_are_found() -> None:
    stray = replace(ALL[0], branch="QQ")
    astray = replace(of_kind("reply")[0], about="nothing")
    amended = {c.about for c in ALL if c.amends == "proposal"}
    of_rules = (c for c in ALL if c.amends == "rulebook" and c.slug not in amended)
    unchanged = replace(next(of_rules), changes=())
    for broken, said in ((stray, "QQ"), (astray, "nothing"), (unchanged, "changes rules")):
        every = tuple(broken if c.slug == broken.slug else c for c in ALL)
        found = faults(replace(material(), contributions=every))
        assert len(found) == 1
        assert said in found[0]
    doubled = replace(material(), contributions=(*ALL, ALL[0]))
    assert any("2 times" in fault for fault in faults(doubled))
    nobody = replace(material(), slate=replace(material().slate, members=("No One",)))
    assert any("No One" in fault for fault in faults(nobody))
