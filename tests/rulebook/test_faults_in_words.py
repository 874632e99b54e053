"""What does not fit a rulebook's shape, or an act's, is said in words."""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.rulebook.reading import FaultyRulebook, preset, read_rulebook


@pytest.mark.parametrize(
    ("rule", "instead", "said"),
    [
        ('appeal_to = "credentials-committee"', 'appeal_to = "The Committee"', "small letters"),
        ("closes = 35", 'closes = "soon"', "bulletin.closes: must be a whole number"),
        ("closes = 35", "closes = -3", "bulletin.closes: must be at least 0"),
        ("closes = 35", "", "bulletin.closes: is missing"),
        ("closes = 35", "closes = 35\nclosed = 3", "bulletin.closed: is nothing that can stand"),
        ('quorum = "1/2"', 'quorum = "half"', 'expected a share such as "2/3" or "3%"'),
        ('agenda = "drawn"', 'agenda = "quick"', "floor.agenda: must be '"),
    ],
)
def test_of_a_rulebook(rule: str, instead: str, said: str) -> None:
    text = preset("open-convention")
    assert rule in text
    with pytest.raises(FaultyRulebook) as caught:
        read_rulebook(text.replace(rule, instead, 1))
    assert said in str(caught.value)
    for word in ("Input should", "pattern", "Value error", "keyword"):
        assert word not in str(caught.value)


def test_of_an_act() -> None:
    with pytest.raises(organisation.BadAct) as caught:
        organisation.read_given("proposals.second", {"proposal": "13"})
    assert {fault.field: fault.what for fault in caught.value.faults} == {
        "proposal": "must be a whole number",
        "version": "is missing",
    }
