"""What is drawn as nothing, and that descriptions say the same of it."""

from __future__ import annotations

import re
import sys

import pytest

from quorate.direction import straightened
from quorate.store.plain_values import blank, faults_in, seen_pattern


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


TURNING = ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"]


@pytest.mark.parametrize("mark", TURNING)
def test_no_title_or_name_turns_the_direction_of_writing(mark: str) -> None:
    fields = {"name": f"Ada {mark}Lovelace", "text": {"title": mark, "text": f"Under {mark}it."}}
    faults = faults_in(fields, {"text", "text.text"})
    assert [fault.field for fault in faults] == ["name", "text.title"]
    assert f"U+{ord(mark):04X}" in faults[0].what


def test_marks_of_arabic_and_hebrew_names_stay() -> None:
    assert not faults_in({"name": "\u200fد. ليلى\u200e (Leyla)"})


def test_what_nobody_typed_is_straightened() -> None:
    """Address books put marks around numbers, and texts from which a title is made hold them."""
    assert straightened("\u202a+44 7700 900123\u202c") == "+44 7700 900123"
