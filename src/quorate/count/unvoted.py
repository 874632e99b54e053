"""Without a valid paper nobody is elected: the clause that stands before every rule.

    V1  Where no paper is valid, nobody is elected, no lot is drawn, and every place stays vacant.

Most rules say nothing of it, and to the letter would go on: by rules 51 and 52(1) of SSI 2007/42
lots exclude one candidate after the other, until those left are deemed elected. An office that
nobody gave anybody a vote for is not filled by chance here. Where nobody stands, the rule
itself says so.

"debian/1" needs no such clause: by A.5.3 every option is dropped that has not more votes than the
default option, which is left, and stands for choosing nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from quorate.count.lot import LotNeeded
from quorate.count.sheet import Sheet

NOBODY = "No paper is valid, so nobody is elected."

_ANY_SEED = b"any"
"""Decides nothing: it is only for looking whether any paper is valid."""


def counted_if_voted(by_rule: Callable[[bytes | None], Sheet], seed: bytes | None) -> Sheet:
    """The sheet that the rule gives for a seed, or V1. Raises LotNeeded as the rule does."""
    try:
        sheet = by_rule(seed)
    except LotNeeded:
        sheet = by_rule(_ANY_SEED)
        if sheet.papers.valid:
            raise
    nobody_stands = len(sheet.withdrawn) == len(sheet.candidates)
    return sheet if sheet.papers.valid or nobody_stands else _unvoted(sheet)


def _unvoted(sheet: Sheet) -> Sheet:
    """V1: the sheet as far as papers were read, and nobody elected."""
    # What a rule remarks on whom it elected is no longer so; on electing nobody, it is.
    remarks = () if sheet.elections else sheet.remarks
    standing = tuple(name for name in sheet.candidates if name not in sheet.withdrawn)
    return replace(
        sheet,
        stages=tuple(replace(stage, elected=()) for stage in sheet.stages[:1]),
        ties=(),
        elections=(),
        not_elected=standing if sheet.elections else sheet.not_elected,
        remarks=(NOBODY, *(remark for remark in remarks if remark != NOBODY)),
    )
