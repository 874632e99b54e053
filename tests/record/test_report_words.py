"""What checking a record comes to, in sentences that a person reads to their end."""

from __future__ import annotations

import pytest

from quorate.record.report import Report, as_json, in_plain_words


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([7], "By membership.erase: entry 7."),
        ([7, 9, 1200], "By membership.erase: entries 7, 9 and 1,200."),
        (
            list(range(10, 5010)),
            "By membership.erase: 5,000 entries, from entry 10 to entry 5,009; --json lists each.",
        ),
    ],
)
def test_what_was_erased(entries: list[int], said: str) -> None:
    report = Report(erased=len(entries), erased_by={"membership.erase": entries})
    assert said in " ".join(in_plain_words(report))
    assert as_json(report)["erased_by"] == {"membership.erase": entries}
