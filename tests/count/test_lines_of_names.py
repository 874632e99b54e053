"""The names of a .blt file: a stray line never shifts them, and a missing one is said."""

from __future__ import annotations

import pytest

from quorate.count.blt import BltError, read_blt
from quorate.count.files.reading import read_to_count

PAPERS = "3 2\n4 1 2 0\n2 3 0\n0\n"


@pytest.mark.parametrize("stray", ["0", "7"])
def test_a_bare_number_is_nobodys_name(stray: str) -> None:
    text = f'{PAPERS}{stray}\n"A"\n"B"\n"C"\n"Title"\n'
    for read in (read_blt, read_to_count):
        with pytest.raises(BltError, match=f'line 5, column 1: expected a name, found "{stray}"'):
            read(text.encode())
    assert read_blt(f'{PAPERS}"0"\n"B"\n"C"\n"Title"\n').election.candidates[0] == "0"


def test_a_file_without_a_title_says_whom_its_last_line_names() -> None:
    """It may be the title of a file that lacks a name."""
    untitled = read_to_count(f'{PAPERS}"A"\n"B"\n"Council"\n'.encode(), "a.blt")
    (note,) = untitled.notes
    assert "candidate 3, “Council”" in note
    titled = read_to_count(f'{PAPERS}"A"\n"B"\n"C"\n"Council"\n'.encode(), "a.blt")
    assert titled.notes == ()
