"""What changed between two versions: nothing gets lost, and people can read it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from quorate.texts.change import MAX_WORDS, compare, to_html

TEXTS = st.lists(
    st.lists(st.sampled_from(["the", "chair", "rules", "<b>", "&", "5", "members,"]), max_size=8),
    max_size=5,
).map(lambda paragraphs: "\n\n".join(" ".join(words) for words in paragraphs))


def of(text: str) -> list[str]:
    """Its words and line breaks; how many blank lines part two paragraphs means nothing."""
    return re.findall(r"\S+", text)


@given(old=TEXTS, new=TEXTS)
def test_nothing_gets_lost(old: str, new: str) -> None:
    parts = [part for paragraph in compare(old, new) for part in [*paragraph, None]]
    before = "".join(" " if p is None else p.text for p in parts if p is None or p.kind != "put in")
    after = "".join(
        " " if p is None else p.text for p in parts if p is None or p.kind != "left out"
    )
    assert of(before) == of(old)
    assert of(after) == of(new)


@given(text=TEXTS)
def test_what_is_the_same_is_kept(text: str) -> None:
    assert all(part.kind == "kept" for paragraph in compare(text, text) for part in paragraph)


def test_words_that_change_together_are_one_change() -> None:
    html = to_html("appointed by the steering committee", "elected by the members of the region")
    assert html == (
        "<p><del>appointed</del><ins>elected</ins> by the <del>steering committee</del>"
        "<ins>members of the region</ins></p>"
    )


def test_a_paragraph_that_is_new_stands_apart() -> None:
    html = to_html("First.\n\nLast.", "First.\n\nBetween.\n\nLast.")
    assert html == "<p>First.</p>\n<p><ins>Between.</ins></p>\n<p>Last.</p>"


def test_a_text_is_never_taken_for_html() -> None:
    assert "<script>" not in to_html("a <script>", "b <script> c")
    assert "&lt;script&gt;" in to_html("a <script>", "b <script> c")


def test_a_very_long_paragraph_is_compared_as_a_whole() -> None:
    old, new = "word " * MAX_WORDS, "word " * MAX_WORDS + "more"
    assert [part.kind for part in compare(old, new)[0]] == ["left out", "put in"]
