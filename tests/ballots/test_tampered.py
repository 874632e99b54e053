"""Archives that somebody has tampered with, and made to fit again, are refused for just that."""

from __future__ import annotations

from functools import cache

import pytest

from quorate.ballots.verify.whole import verify
from support import bel, tampering
from support.secret_election import MADE

CASES = [(election, way) for election, ways in tampering.WAYS.items() for way in ways]


@cache
def apart(election: str) -> tuple[int, bel.Steps]:
    return bel.taken_apart(MADE[election]().content)


@pytest.mark.parametrize("election", MADE)
def test_put_together_again_it_is_the_same(election: str) -> None:
    content = MADE[election]().content
    assert bel.together(*bel.taken_apart(content)) == content
    assert verify(content).sound


@pytest.mark.parametrize(("election", "way"), CASES)
def test_tampering_is_found_for_what_it_is(election: str, way: str) -> None:
    timestamp, steps = apart(election)
    kind, words, tamper = tampering.WAYS[election][way]
    changed = tamper(list(steps))
    assert changed != steps
    report = verify(bel.together(timestamp, changed))
    assert [finding.kind for finding in report.findings[:1]] == [kind], report.findings
    assert words in report.findings[0].why
