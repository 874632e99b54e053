"""Reading: a rulebook with one thing wrong is refused, and the fault names its dotted path."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from quorate.rulebook.reading import (
    PRESETS,
    FaultyRulebook,
    preset,
    read_rulebook,
    read_tables,
    rulebook_of,
    tables_of,
)


def leaves(tables: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every rule of the tables: its path and its value."""
    if isinstance(tables, dict):
        for name, value in tables.items():
            yield from leaves(value, (*path, name))
    else:
        yield path, tables


def with_rule(tables: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(tables)
    table = changed
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value
    return changed


def faults(tables: dict[str, Any]) -> set[str]:
    """The dotted paths at fault; none if the rulebook stands."""
    try:
        rulebook_of(tables)
    except FaultyRulebook as error:
        return {fault.path for fault in error.faults if fault.what}
    return set()


def wrong(value: Any) -> list[Any]:
    """Values of another kind."""
    if isinstance(value, bool):
        return ["yes", 1, 0, []]
    if isinstance(value, int):
        return [str(value), True, 1.5, float(value), -1, [value], 10**9]
    if isinstance(value, str):
        return [5, True, ["text"], {"a": "b"}, ""]
    return ["text", 5, {"a": 1}, [[]], [None]]


@pytest.mark.parametrize("name", PRESETS)
def test_every_rule_of_another_kind_is_named(name):
    tables = read_tables(preset(name))
    for path, value in leaves(tables):
        for other in wrong(value):
            found = faults(with_rule(tables, path, other))
            at = ".".join(path)
            assert any(f == at or f.startswith(f"{at}.") for f in found), (at, other, found)


@pytest.mark.parametrize("name", PRESETS)
def test_every_misspelt_rule_is_refused_and_not_silently_no_rule(name):
    tables = read_tables(preset(name))
    for path, value in leaves(tables):
        if path[:2] == ("bulletin", "refusal_reasons"):
            continue  # whoever writes a rulebook names the reasons
        misspelt = (*path[:-1], f"{path[-1]}s")
        assert ".".join(misspelt) in faults(with_rule(tables, misspelt, value)), misspelt


@pytest.mark.parametrize("name", PRESETS)
def test_a_whole_table_that_is_missing_or_unknown_is_named(name):
    tables = read_tables(preset(name))
    for chapter in tables:
        without = {key: value for key, value in tables.items() if key != chapter}
        if chapter not in ("recall", "secret"):  # the chapters with a default
            assert chapter in faults(without)
    assert faults({**tables, "secrets": {}}) == {"secrets"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[floor", "cannot be read as a rulebook"),
        ("a = 1\na = 2", "cannot be read as a rulebook"),
        ("a = " + "[" * 3000, "nested"),
        ("a = 1" + "0" * 5000, "too long"),
    ],
    ids=["broken", "twice", "deep", "a long number"],
)
def test_what_is_no_file_of_rules_says_so(text, why):
    with pytest.raises(FaultyRulebook) as raised:
        read_rulebook(text)
    assert [fault.path for fault in raised.value.faults] == ["the file"]
    assert why in raised.value.faults[0].what


def test_an_empty_file_names_everything_that_is_missing():
    with pytest.raises(FaultyRulebook) as raised:
        read_rulebook("")
    missing = {fault.path for fault in raised.value.faults}
    assert {"organisation", "membership", "bulletin", "proposals", "delegates"} <= missing
    assert {"floor", "elections", "lots", "bodies", "posts"} <= missing


@pytest.mark.parametrize("name", PRESETS)
def test_written_down_again_it_is_the_same_rulebook(name):
    rulebook = read_rulebook(preset(name))
    assert rulebook_of(tables_of(rulebook)) == rulebook


def test_the_presets_are_identical_in_shape():
    """The same chapters and rules; only what one way of choosing needs and the other has not, the
    reasons for refusing, and what an organisation names itself, may differ."""
    one, other = (read_tables(preset(name)) for name in PRESETS)
    ways = {
        "proposals.seconds.branches",
        "proposals.seconds.branch_share",
        "proposals.seconds.branch_members",
        "proposals.seconds.members",
        "proposals.seconds.new_members",
        "delegates.seats",
        "delegates.members_per_delegate",
    }
    free = ("bulletin.refusal_reasons.", "secret.sides.", "bodies.", "posts.")
    paths = [
        {p for p in (".".join(path) for path, _ in leaves(t)) if not p.startswith(free)} - ways
        for t in (one, other)
    ]
    assert paths[0] == paths[1]
    assert set(one["posts"]) == set(other["posts"])
    for tables in (one, other):
        for post in tables["posts"].values():
            assert {"title", "per", "chosen_by", "answers_to", "paid", "term_days"} <= set(post)
            assert ("count" in post) == (post["chosen_by"] != "appointment")


def test_there_is_no_other_preset():
    with pytest.raises(KeyError):
        preset("../presets/open-convention")


@pytest.mark.parametrize("path", [("organisation", "name"), ("posts", "chair", "title")])
def test_no_name_or_title_turns_the_direction_of_writing(path):
    """Written with an escape, nobody sees it in the file either."""
    tables = read_tables(preset("open-convention"))
    found = faults(with_rule(tables, path, "Dock \u202esrekroW\u202c Union"))
    assert ".".join(path) in found


def test_comments_in_hebrew_are_read():
    text = preset("open-convention")
    assert read_rulebook(f"# \u202bתקנון\u202c\n{text}") == read_rulebook(text)
