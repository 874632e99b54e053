"""Valid exports changed at random by whoever holds them, with and without the keeper's key: none
that changes the meaning passes `quorate verify`, and none breaks it.

What “changes the meaning” is, stands in support/mutating/statements.py; what each outcome is, in
support/mutating/judging.py; who changes what, in support/mutating/mutations.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from quorate import organisation
from quorate.record import behind, log_files, verify, witnessing
from quorate.rulebook.reading import PRESETS
from support.mutating.judging import (
    FOUND,
    GOES_ON,
    HARMLESS,
    HELD,
    UNREADABLE,
    Desk,
    judge,
)
from support.mutating.mutation import KEEPER
from support.mutating.mutations import mutation
from support.mutating.original import original
from support.mutating.remembering import replayed_once

TOGETHER = 1_000
RUNS = [
    pytest.param(preset, start, id=f"{preset}-{start}")
    for number, preset in enumerate(PRESETS)
    for start in range(number * 5 * TOGETHER, (number + 1) * 5 * TOGETHER, TOGETHER)
]
"""10,000 mutations, half of them of each preset's year."""

BY_THE_RULES = {
    "an opening",
    "backdated",
    "another code",
    "by a stranger",
}
"""What is found with nothing but the record, whoever signed it: no lawful history has it."""


def test_there_are_ten_thousand() -> None:
    assert len(PRESETS) == 2
    assert len(RUNS) * TOGETHER == 10_000


@pytest.mark.parametrize(("preset", "start"), RUNS)
def test_none_changes_the_meaning_unfound(preset: str, start: int, tmp_path: Path) -> None:
    true, desk = original(preset), Desk(tmp_path)
    wrong: list[str] = []
    came_to: Counter[str] = Counter()
    by_kind: Counter[tuple[str, str]] = Counter()
    with replayed_once(true):
        for number in range(start, start + TOGETHER):
            made = mutation(true, number)
            judged = judge(true, made, desk)
            came_to[judged.came_to] += 1
            if made.signed_by == KEEPER:
                by_kind[made.kind.partition(",")[0], judged.came_to] += 1
            if judged.wrong:
                wrong.append(
                    f"{made.kind}, signed by {made.signed_by}: {made.how}: {judged.wrong}\n"
                    f"Again: python -m support.mutating.mutations {preset} {number}"
                )
    assert not wrong, "\n\n".join(wrong)
    # Not everything is refused, and not by one check alone.
    assert came_to[FOUND] > TOGETHER / 2, came_to
    assert min(came_to[one] for one in (UNREADABLE, HARMLESS, HELD)) > 10, came_to
    assert came_to[GOES_ON], came_to
    for kind in BY_THE_RULES:
        assert by_kind[kind, FOUND] > 3, by_kind
        assert not by_kind[kind, HELD], by_kind


@pytest.mark.parametrize("preset", PRESETS)
def test_unchanged_it_passes_with_every_receipt(preset: str, tmp_path: Path) -> None:
    true, desk = original(preset), Desk(tmp_path)
    desk.lay(true.files)
    kept = [true.files["checkpoint"].decode()]
    found = desk.check(true, tuple(true.receipts.values()), kept, trusting=True)
    assert found is not None
    assert found.findings == []
    assert found.receipts == len(true.receipts) > 200
    assert found.trusted_to == len(true.entries)
    assert found.sheets > 50


@contextmanager
def unchecked(where: Any, what: str, answer: Any) -> Iterator[None]:
    """The verifier with one of its checks left out."""
    with patch.object(where, what, lambda *given: answer):
        yield


LEFT_OUT = {
    "rules": (organisation, "decide", None),
    "files": (log_files, "faults", ()),
    "texts": (behind, "check", None),
    "witnesses": (witnessing, "check", None),
    "receipts": (verify, "_receipt", None),
}


@pytest.mark.parametrize("check", LEFT_OUT)
def test_a_verifier_that_leaves_a_check_out_is_told(check: str, tmp_path: Path) -> None:
    """The mutations would find it: so it says something that they find nothing."""
    true, desk = original("closed-slate"), Desk(tmp_path)
    with replayed_once(true), unchecked(*LEFT_OUT[check]):
        judged = (judge(true, mutation(true, number), desk) for number in range(2_000))
        assert any(one.wrong for one in judged)


def test_a_signature_that_is_not_checked_is_told(tmp_path: Path) -> None:
    """The verifier takes the checkpoint for whatever the entries come to."""
    true, desk = original("closed-slate"), Desk(tmp_path)
    untouched = verify._signature

    def believing(*given: Any) -> Any:
        report = given[-1]
        before = len(report.findings)
        signed = untouched(*given)
        del report.findings[before:]
        report.signed = True
        return signed

    with replayed_once(true), patch.object(verify, "_signature", believing):
        judged = (judge(true, mutation(true, number), desk) for number in range(2_000))
        assert any(one.wrong for one in judged)
