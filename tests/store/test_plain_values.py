"""What is drawn as nothing, and that descriptions say the same of it."""

from __future__ import annotations

import re
import sys

import pytest

from quorate.store.plain_values import blank, seen_pattern


@pytest.mark.parametrize("text", [" ", "\u3164\u2800", "\u200b\u00ad", "\x89", "\u2028\n"])
def test_of_what_is_blank_nobody_sees_anything(text: str) -> None:
    assert blank(text)
    assert not blank(f"{text}a{text}")


@pytest.mark.parametrize("text", ["", "a", "\U000552fb", "\ue000", "\u0301"])
def test_whatever_is_drawn_is_not_blank(text: str) -> None:
    """A sign that no font knows is drawn as a box."""
    assert not blank(text)


def test_descriptions_state_the_same_rule() -> None:
    seen = re.compile(seen_pattern())
    signs = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert [sign for sign in signs if (seen.fullmatch(sign) is None) != blank(sign)] == []
