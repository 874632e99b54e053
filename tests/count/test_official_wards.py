"""Five Scottish wards: every figure equals the returning officer's."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from quorate.count.blt import read_blt
from quorate.count.rules import count
from quorate.count.sheet import Sheet, to_json
from quorate.count.why import why_not

ELECTIONS = Path(__file__).parents[1] / "real" / "elections"
LONG_NAMES = {"Kenneth John Baillie Stewart": "Ken"}
"""First names that the officer's figures give in full and the papers do not."""
WARDS = sorted(path.stem for path in ELECTIONS.glob("*.blt"))


def official(ward: str) -> dict[str, Any]:
    text = (ELECTIONS / f"{ward}.official.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["Constituency"])


def counted(ward: str) -> Sheet:
    return count(
        "scottish-stv/1", read_blt((ELECTIONS / f"{ward}.blt").read_bytes()).election, None
    )


def known_as(sheet: Sheet, row: dict[str, Any]) -> str:
    """The name on the paper of the candidate in this row of the official figures."""
    first = LONG_NAMES.get(row["Firstname"], row["Firstname"])
    said = f"{first} {row['Surname']} (".casefold()
    found = [name for name in sheet.candidates if name.casefold().startswith(said)]
    assert len(found) == 1, said
    return found[0]


def test_all_five_wards_are_here() -> None:
    assert len(WARDS) == 5


@pytest.mark.parametrize("ward", WARDS)
def test_quota_and_papers(ward: str) -> None:
    sheet, info = counted(ward), official(ward)["countInfo"]
    assert sheet.quota == Decimal(info["Quota"])
    assert sheet.seats == int(info["Number_Of_Seats"])
    assert sheet.papers.valid == sheet.papers.read == int(info["Valid_Poll"])


@pytest.mark.parametrize("ward", WARDS)
def test_every_candidate_at_every_stage(ward: str) -> None:
    sheet, figures = counted(ward), official(ward)
    rows = figures["countGroup"]
    assert len(sheet.stages) == max(row["Count_Number"] for row in rows)
    assert len(rows) == len(sheet.stages) * len(sheet.candidates)
    for row in rows:
        stage = sheet.stages[row["Count_Number"] - 1]
        assert stage.votes_of(known_as(sheet, row)) == Decimal(row["Total_Votes"]), row


@pytest.mark.parametrize("ward", WARDS)
def test_every_transfer(ward: str) -> None:
    sheet = counted(ward)
    for row in official(ward)["countGroup"]:
        stage, name = sheet.stages[row["Count_Number"] - 1], known_as(sheet, row)
        given = sum((one.votes for one in stage.transfers), Decimal(0))
        gained = sum((one.votes for one in stage.transfers if one.to == name), Decimal(0))
        change = gained - given if stage.action.of == name else gained
        assert change == Decimal(row["Transfers"]), row


@pytest.mark.parametrize("ward", WARDS)
def test_nontransferable_at_every_stage(ward: str) -> None:
    sheet, figures = counted(ward), official(ward)
    for stage in sheet.stages:
        credited = sum(
            Decimal(row["Total_Votes"])
            for row in figures["countGroup"]
            if row["Count_Number"] == stage.number
        )
        assert stage.nontransferable == Decimal(figures["countInfo"]["Valid_Poll"]) - credited


@pytest.mark.parametrize("ward", WARDS)
def test_who_was_elected_and_excluded_when(ward: str) -> None:
    sheet = counted(ward)
    elected: dict[str, int] = {}
    excluded: dict[str, int] = {}
    for row in official(ward)["countGroup"]:
        if row["Status"] == "Elected":
            elected[known_as(sheet, row)] = int(row["Occurred_On_Count"])
        elif row["Status"] == "Excluded":
            excluded[known_as(sheet, row)] = int(row["Occurred_On_Count"])
    assert {one.candidate: one.stage for one in sheet.elections} == elected
    # The officer notes an exclusion where it is decided, the sheet where the papers move.
    moved = {
        stage.action.of: stage.number - 1
        for stage in sheet.stages
        if stage.action.kind == "exclusion"
    }
    assert moved == excluded


@pytest.mark.parametrize("ward", WARDS)
def test_everyone_has_an_explanation(ward: str) -> None:
    sheet = counted(ward)
    for name in sheet.not_elected:
        said = " ".join(why_not(sheet, name))
        assert name in said
        assert all(winner in said for winner in sheet.elected)
    assert json.loads(json.dumps(to_json(sheet)))["elected"] == list(sheet.elected)


def test_why_the_last_seat_of_nith_went_as_it_did() -> None:
    """The official figures: Slater 676.46100 and Martin 682.96937 at stage 9."""
    said = why_not(counted("dumgal_2017_ward9"), "David Robert SLATER (Ind)")
    assert (
        "Stage 10: David Robert SLATER (Ind) has the fewest votes, 676.46100, and is excluded."
        in said
    )
    assert (
        "Of the 2 who were still in the count, the next, John MARTIN (Lab), had 682.96937, "
        "6.50837 more than David Robert SLATER (Ind)." in said
    )
