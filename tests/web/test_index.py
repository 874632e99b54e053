"""The index of the bulletin, against looking through every text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quorate.web.bulletin.index import Index

words = st.text("abß1 ", max_size=12)


@given(st.lists(words, max_size=8), words)
def test_the_index_finds_what_looking_through_every_text_finds(
    texts: list[str], asked: str
) -> None:
    index = Index()
    for number, text in enumerate(texts):
        index.add(str(number), text)
    parts = asked.split()
    looked_through = {
        str(number)
        for number, text in enumerate(texts)
        if parts and all(part in text for part in parts)
    }
    assert index.holding(parts) == looked_through


def test_a_text_is_added_once_and_then_not_missing() -> None:
    index = Index()
    index.add("a", "strike fund")
    index.add("a", "another thing")
    assert index.missing(["a", "b"]) == ["b"]
    assert index.holding(["strik", "fund"]) == {"a"}
    assert index.holding(["another"]) == set()
