"""Counting, searching, excerpts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.texts.words import excerpt, first_heading, fold, plain, word_count
from texts.archives import seen


def test_words_are_what_stands_between_spaces() -> None:
    assert word_count("") == 0
    assert word_count("# A  title\n\n- one two\u00a0three") == 7


def test_plain_leaves_the_words() -> None:
    text = (
        "# A *title* \\#3\n\n> quoted [link](https://e.org/a(b)) & <b>bold</b> snake_case _it_\n"
        "3\\. no item\n\n1. item\n- [x](<https://e.org>)\n\n| a | b |\n| --- | --- |\n| c | d |\n\n"
        "```python\ncode()\n```\n2019. A year & 3 < 4 &amp; five"
    )
    assert plain(text) == seen(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdéß", min_size=1, max_size=8), max_size=12))
def test_every_word_that_is_shown_is_found(words: list[str]) -> None:
    marks = ["**{}**", "*{}*", "[{}](https://e.org)", "`{}`", "{}", "<ins>{}</ins>", "~~{}~~"]
    text = "\n\n".join(marks[n % len(marks)].format(word) for n, word in enumerate(words))
    assert plain(text) == seen(text) == " ".join(words)


def test_searching_minds_neither_accents_nor_case_nor_typography() -> None:
    assert fold("ÉCOLE Straße ﬁn") == fold("ecole strasse fin")
    assert fold("the members’ “code” – 3") == fold('The Members\' "Code" - 3')
    assert fold("co\xadoperative") == "cooperative"
    assert fold("Ελλάδα") == fold("ελλαδα")


def test_an_excerpt_ends_between_words() -> None:
    text = "# Title\n\n" + "word " * 200
    assert excerpt(text, 30) == "word word word word word word …"
    assert excerpt("short") == "short"


def test_the_first_heading() -> None:
    assert first_heading("text\n\n## The *fund* \\[1\\]\n\n# Later") == "The fund [1]"
    assert first_heading("#hashtag\n\ntext") == ""
