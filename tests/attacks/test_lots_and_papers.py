"""A keeper who would choose a lot's seed, a teller alone: what a check of the record says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quorate.record import folder, report, verify
from support import forging
from support.caught import MEMBER, VERIFY, caught_by
from support.kept_records import write_export
from support.small import Small
from support.told_year import whole_year
from support.written import Written

Told = tuple[Small, Written]


@pytest.fixture(scope="module")
def told() -> Told:
    return whole_year("open-convention")


@pytest.fixture
def export(told: Told, tmp_path: Path) -> Path:
    small, record = told
    write_export(tmp_path, small.state, record)
    return tmp_path


def checked(export: Path) -> verify.Report:
    return verify.verify(folder.open_export(export))


def cut_after_the_lot(export: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The record's entries up to the last opening of numbers, and what that one opens."""
    entries = forging.read(export)
    opened = [p for p, entry in enumerate(entries) if entry["act"] == "lots.open_numbers"]
    last = max(place for place in opened if entries[place]["body"]["openings"])
    return entries[: last + 1], entries[last]["body"]


def ways_to_lose(count: int) -> Iterator[tuple[int, ...]]:
    """Every number alone, and all of them."""
    yield from ((number,) for number in range(count))
    yield tuple(range(count))


@caught_by(VERIFY)
def test_losing_numbers_gives_the_keeper_no_other_seed_and_is_found(export: Path) -> None:
    """Before, each set of lost numbers made a seed of its own, and no check found anything."""
    entries, body = cut_after_the_lot(export)
    openings = list(body["openings"])
    assert len(openings) >= 3
    for lost in ways_to_lose(len(openings)):
        whose = [openings[number]["whose"] for number in lost]
        body["openings"] = [opening for opening in openings if opening["whose"] not in whose]
        body["lost"] = whose
        forging.write(export, entries)
        report = checked(export)
        draw = report.state.lots.draws[max(report.state.lots.draws)]
        assert draw.seed is None
        assert draw.cancelled is not None
        assert draw.lost == tuple(sorted(whose))
        assert not set(draw.withheld) & set(whose)
        found = [finding for finding in report.findings if finding.rule == "lots.source"]
        assert [finding.entry for finding in found] == [len(entries) - 1]
        assert all(who in found[0].what for who in whose)


def test_a_lot_from_which_nothing_is_lost_is_no_finding(export: Path) -> None:
    assert not checked(export).findings


def test_elections_counted_again_are_those_with_a_result(told: Told, export: Path) -> None:
    small, _ = told
    elections = small.state.elections.elections.values()
    assert checked(export).elections == sum(e.result is not None for e in elections)


@caught_by(MEMBER)
def test_a_check_says_whose_word_the_papers_are(told: Told, export: Path) -> None:
    small, _ = told
    (election,) = [e for e in small.state.elections.elections.values() if e.paper]
    said = " ".join(report.in_plain_words(checked(export)))
    (teller,) = election.entered_by
    assert teller != election.ended_by
    assert (
        f"Election {election.number} rests on 11 papers, entered by {teller} and ended by "
        f"{election.ended_by}"
    ) in said
