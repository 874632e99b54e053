"""The .blt reader and writer: the real world's variations, and clear errors for broken files."""

from __future__ import annotations

from pathlib import Path

import pytest
from elections_drawn import elections
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quorate.count.blt import Blt, BltError, read_blt, write_blt
from quorate.count.papers import Election, Paper

ELECTIONS = Path(__file__).parents[1] / "real" / "elections"
PLAIN = Election(
    "Title",
    2,
    ("Adam", "Basil", "Charlotte"),
    frozenset({2}),
    (Paper(3, (1, 3)), Paper(1, ((3, 1), (), (2,))), Paper(2, ())),
)


def same(blt: Blt, election: Election = PLAIN) -> None:
    assert blt.election == election
    assert blt.papers_read == sum(paper.weight for paper in election.papers)


@pytest.mark.parametrize(
    "text",
    [
        '3 2\n-2\n3 1 3 0\n1 3=1 - 2 0\n2 0\n0\n"Adam"\n"Basil"\n"Charlotte"\n"Title"\n',
        "3 2\n-2\n3 1 3 0\n1 3=1 - 2 0\n2 0\n0\nAdam\nBasil\nCharlotte\nTitle",
        "3 2\r\n-2\r\n3 1 3 0\r\n1 3=1 - 2 0\r\n2 0\r\n0\r\nAdam\r\nBasil\r\nCharlotte\r\nTitle",
        "\ufeff3 2\n-2\n3 1 3 0\n1 3=1 - 2 0\n2 0\n0\nAdam\nBasil\nCharlotte\nTitle",
        '3, 2,\n-2,\n3,1,3,0\n1,3=1,-,2,0\n2,0\n0\n"Adam",\nBasil,\nCharlotte\n"Title"',
        "# who\n\n3 2 # numbers\n -2\n\n3 1 3 0 # three\n1 3=1 - 2 0 2 0\n0 # end\n"
        ' "Adam"  # first\n# next\nBasil # second\n\n  Charlotte  \n"Title"\n\n',
        "3 2 /* three\nof them */\n-2\n3 1 3 0\n1 3=1 - 2 0\n2 0\n0\nAdam\nBasil\nCharlotte\nTitle",
        '3 2\n-2\n3 1 3 0\n1 3=1 - 2 0\n2 0\n0 "Adam" "Basil" "Charlotte" "Title"',
        '3 2\n-2\n3 1 3 0\n1 3=1 - 2 0\n2 0\n0\n"Adam" "Basil" "Charlotte"\n"Title"',
        "3 2\n-2\n(a #1) 3 1 3 0\n1 3=1 - 2 0\n( x ) 2 0\n0\nAdam\nBasil\nCharlotte\nTitle",
    ],
)
def test_variations_read_alike(text: str) -> None:
    same(read_blt(text))
    same(read_blt(text.encode()))


def test_ids_parties_source_and_comment_are_kept() -> None:
    blt = read_blt(
        '2 1\n(a 1) 1 2 0\n4 1 0\n0\n"O""Neil, Ann" "Green, or so"\n"Bo", Labour\n'
        '"Title, with a comma"\n"source"\n"comment"\n'
    )
    assert blt.ids == ("a 1", "")
    assert blt.election.candidates == ('O"Neil, Ann', "Bo")
    assert blt.parties == ("Green, or so", "Labour")
    assert (blt.election.title, blt.source, blt.comment) == (
        "Title, with a comma",
        "source",
        "comment",
    )
    assert blt.papers_read == 5


def test_unquoted_names_keep_their_commas_and_apostrophes() -> None:
    blt = read_blt('2 1\n1 2 0\n0\nO\'Neil, Ann (Lab)\nBo "the" Peep\n')
    assert blt.election.candidates == ("O'Neil, Ann (Lab)", 'Bo "the" Peep')
    assert blt.election.title == ""


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("", 1, 1, "the numbers of candidates and seats"),
        ("# nothing\n", 2, 1, "the numbers of candidates and seats"),
        ("two 1\n", 1, 1, "the number of candidates"),
        ("2\n1 1 0\n", 1, 2, "the number of seats"),
        ("2 3\n1 1 0\n0\na\nb\n", 1, 3, "the seats of 2 candidates"),
        ("2 0\n1 1 0\n0\na\nb\n", 1, 3, "the seats of 2 candidates"),
        ("0 1\n", 1, 1, "the number of candidates"),
        ("2 1 5\n", 1, 5, "the end of the line"),
        ("2 1\n-3\n", 2, 1, "a withdrawn candidate from -1 to -2"),
        ("2 1\n-1 1 2 0\n0\na\nb\n", 2, 1, "how many papers are so"),
        ("2 1\n1 1 0\n-1 2 0\n0\na\nb\n", 3, 1, "how many papers are so"),
        ("2 1\n1000000000000000000000000000000 1 0\n", 2, 1, "how many papers are so"),
        ("2 1\n1.5 1 0\n", 2, 1, "how many papers are so"),
        ("2 1\n1 99 0\n0\na\nb\n", 2, 3, "a candidate's number from 1 to 2"),
        ("2 1\n1 1 1=9 0\n", 2, 5, "a candidate's number from 1 to 2"),
        ("2 1\n1 1= 0\n", 2, 3, "a candidate's number from 1 to 2"),
        ("2 1\n1 ² 0\n", 2, 3, "a candidate's number from 1 to 2"),
        ("2 1\n1 1 2\n1 2 0\n0\na\nb\n", 2, 6, "0 at the end of the paper"),
        ("2 1\n(x)\n", 2, 4, "how many papers are so"),
        ("2 1\n(x 1 2 0\n", 2, 1, "how many papers are so"),
        ("2 1\n0\na\nb\n", 2, 1, "at least one paper"),
        ("2 1\n1 1 0\n", 3, 1, "0 on a line of its own after the last paper"),
        ("2 1\n1 1 0\na\nb\n", 3, 1, "how many papers are so"),
        ("2 1\n1 1 0\n0\na\n", 5, 1, "the name of candidate 2 of 2"),
        ("2 1\n1 1 0\n0\n", 4, 1, "the name of candidate 1 of 2"),
        ('2 1\n1 1 0\n0\n""\nb\n', 4, 1, "a name"),
        ("2 1\n1 1 0\n0\na\na\nt\n", 5, 1, "a name that no other candidate has"),
        ('2 1\n1 1 0\n0\n"a\nb\n', 4, 1, "a closing quotation mark"),
        ('2 1\n1 1 0\n0\n"a"b\nb\n', 4, 4, "a space or the end of the line"),
        ('2 1\n1 1 0\n0\n"a" "p" "q"\nb\nt\n', 4, 9, "a name and a party, no third field"),
        ("2 1\n1 1 0\n0\nCandidate #1\nCandidate #2\n", 4, 11, "a space after #"),
        ("2 1\n1 1 0\n0\n“a”\nb\n", 4, 1, "straight quotation marks"),
        ("2 1\n1 1 0\n0\na\nb\nt\nmore\n", 7, 1, "the end of the file after 2 names and a title"),
        ("2 1\n1 1 0\n0 a\nb\n", 3, 3, "nothing, or names in quotation marks"),
        ("2 1\n1 1 0 /* open\n0\na\nb\n", 2, 7, "*/ at the end of the comment"),
        (b"2 1\n1 1 0\n0\nZo\xeb\nb\n", 4, 3, "text in UTF-8"),
    ],
)
def test_a_broken_file_names_line_column_and_what_was_expected(
    text: str | bytes, line: int, column: int, expected: str
) -> None:
    with pytest.raises(BltError) as caught:
        read_blt(text)
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert error.expected.startswith(expected), str(error)
    assert f"line {line}, column {column}: expected {expected}" in str(error)


@settings(max_examples=200, deadline=None)
@given(elections(), st.lists(st.text(min_size=1), min_size=6, max_size=6, unique=True), st.text())
@example(PLAIN, ["a"] * 6, "")
def test_what_is_written_is_read_back(election: Election, names: list[str], title: str) -> None:
    drawn = tuple(names[: len(election.candidates)])
    known = range(1, len(drawn) + 1)
    papers = tuple(
        Paper(p.weight, [[n for n in rank if n in known] for rank in p.ranks])
        for p in election.papers
    )
    written = Election(title, election.seats, drawn, election.withdrawn, papers)
    writable = all(name.strip() for name in drawn) and len(set(drawn)) == len(drawn)
    if not writable or not papers or any(c in "\r\n" for name in (*drawn, title) for c in name):
        return
    same(read_blt(write_blt(written)), written)


@pytest.mark.parametrize("path", sorted(ELECTIONS.glob("*.blt")), ids=lambda path: path.stem)
def test_real_files_account_for_every_paper(path: Path) -> None:
    blt = read_blt(path.read_bytes())
    lines = path.read_text(encoding="utf-8").splitlines()
    weights = [int(line.split()[0]) for line in lines[1 : lines.index("0")]]
    assert blt.papers_read == sum(weights)
    assert blt.election.candidates == tuple(lines[lines.index("0") + 1 : -1])
    same(read_blt(write_blt(blt.election)), blt.election)


def only_its_own_error(content: str | bytes) -> None:
    try:
        blt = read_blt(content)
    except BltError as error:
        place = (error.line, error.column)
    else:
        place = (1, 1)
        assert blt.papers_read == sum(paper.weight for paper in blt.election.papers) > 0
        assert len(blt.ids) == len(blt.election.papers)
        assert len(blt.parties) == len(blt.election.candidates)
    assert min(place) >= 1


MARKS = ("0", "1", "2", "-1", "-", "1=2", "=", "3", "99", ",", "#", "/*", "*/", "(", ")", '"', '""')
OTHERS = (" ", "\n", "\r", "\t", "\x0b", "\u2028", "a", "Adam", "é", "\x00", "²", "9" * 5000)
PIECES = st.sampled_from((*MARKS, *OTHERS))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_any_text_gives_an_election_or_the_readers_error(content: str | bytes) -> None:
    only_its_own_error(content)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40), st.booleans())
def test_pieces_of_files_give_an_election_or_the_readers_error(
    pieces: list[str], started: bool
) -> None:
    only_its_own_error(("2 1\n1 1 2 0\n" if started else "") + " ".join(pieces))
    only_its_own_error(("2 1\n1 1 2 0\n0\n" if started else "") + "".join(pieces))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_real_files_give_an_election_or_the_readers_error(data: st.DataObject) -> None:
    whole = (ELECTIONS / "aberdeenshire_2017_ward9.blt").read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 30))
    only_its_own_error(whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + gone :])
