"""The table of a count says what the official sheet says, candidate by candidate."""

from __future__ import annotations

import pytest

from count.test_official_wards import WARDS, counted
from quorate.count.table import rows


@pytest.mark.parametrize("ward", WARDS)
def test_every_candidate_has_one_fate_and_every_stage_its_votes(ward: str) -> None:
    sheet = counted(ward)
    *candidates, nobody = rows(sheet)
    assert {row.name for row in candidates if row.fate == "elected"} == set(sheet.elected)
    for row in candidates:
        assert len(row.cells) == len(sheet.stages)
        marks = [cell.mark for cell in row.cells if cell.mark]
        assert marks == ([row.fate] if row.fate else [])
    assert [cell.votes for cell in nobody.cells] == [
        f"{stage.nontransferable:.5f}" for stage in sheet.stages
    ]
