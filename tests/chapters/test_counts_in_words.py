"""Every counting rule that an election may state is told in words, with its name behind them."""

from __future__ import annotations

import pytest

from quorate.count.rules import RULES
from quorate.rulebook.words import count_in_words


@pytest.mark.parametrize("rule", RULES)
def test_every_counting_rule_has_words(rule: str) -> None:
    assert count_in_words(rule).endswith(f" ({rule})")
