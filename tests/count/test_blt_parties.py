"""A party after a name without quotation marks; a line of no papers at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.blt import BltError, read_blt
from quorate.count.blt_bundles import read_blt_bundles

PAPERS = "2 1\n1 1 2 0\n0\n"


@pytest.mark.parametrize(
    ("line", "name", "party"),
    [
        ('Ada Byron "Labour"', "Ada Byron", "Labour"),
        ('Ada Byron, "Labour"', "Ada Byron", "Labour"),
        ('Ada Byron,"Labour",', "Ada Byron", "Labour"),
        ('  Ada\t"Labour"  ', "Ada", "Labour"),
        ('Byron, Ada "Labour"', "Byron, Ada", "Labour"),
        ('Ada "Labour" # a comment', "Ada", "Labour"),
        ('Ada "The ""New"" Party"', "Ada", 'The "New" Party'),
        ('Ada ""', "Ada", ""),
        ('William "Bill" Smith', 'William "Bill" Smith', ""),
        ('Ada "Labour', 'Ada "Labour', ""),
        ("Byron, Ada", "Byron, Ada", ""),
    ],
)
def test_a_party_after_a_name_without_quotation_marks(line: str, name: str, party: str) -> None:
    text = f"{PAPERS}{line}\nBo\nBoard\n"
    blt, bundles = read_blt(text), read_blt_bundles(text.encode())
    assert blt.election.candidates == bundles.election.candidates == (name, "Bo")
    assert blt.parties == bundles.parties == (party, "")
    assert blt.election.title == "Board"


def test_a_title_keeps_its_quotation_marks() -> None:
    assert read_blt(f'{PAPERS}Ada\nBo\nVote on "Reform"\n').election.title == 'Vote on "Reform"'


words = st.text("abcdefgh ", min_size=1).map(str.strip).filter(bool)


@given(st.lists(words, min_size=2, max_size=2, unique=True), words)
def test_with_and_without_quotation_marks_it_is_the_same(names: list[str], party: str) -> None:
    bare = read_blt(f'{PAPERS}{names[0]} "{party}"\n{names[1]}\nT\n')
    quoted = read_blt(f'{PAPERS}"{names[0]}" "{party}"\n"{names[1]}"\n"T"\n')
    assert (bare.election, bare.parties) == (quoted.election, quoted.parties)


@pytest.mark.parametrize("line", ["0 1 2 0", "0 2 0", "0 1=2 0", "0 - 1 0", "0 0"])
def test_a_weight_of_nothing_is_told_with_its_line(line: str) -> None:
    text = f'2 1\n1 1 2 0\n{line}\n0\n"Ada"\n"Bo"\n"Board"\n'
    for reader in (read_blt, lambda text: read_blt_bundles(text.encode())):
        with pytest.raises(BltError) as caught:
            reader(text)
        assert (caught.value.line, caught.value.column) == (3, 1)
        assert caught.value.expected.startswith("how many papers are so, at least 1")


def test_two_of_one_name_are_refused_with_a_hint() -> None:
    with pytest.raises(BltError, match="add what tells the two apart, such as a branch") as caught:
        read_blt(f"{PAPERS}Ada\nAda\nBoard\n")
    assert caught.value.line == 5
