"""Whatever a file holds: an election that accounts for every paper, or the readers' one error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from elections_drawn import elections
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quorate.count.files.ballot_file import Format
from quorate.count.files.listed import read_listed
from quorate.count.files.place import Unreadable
from quorate.count.files.reading import Wanted, read, read_to_count
from quorate.count.files.writing import CannotWrite, write
from quorate.count.papers import Election, Marks, NotCountable, Paper, checked, grouped
from quorate.count.rules import RULES, count

FORMATS: tuple[Format, ...] = ("blt", "soc", "soi", "toc", "toi", "abif", "csv")
ENDINGS = ("", *(f"a.{format}" for format in FORMATS))
WARD = Path(__file__).parents[1] / "real" / "elections" / "aberdeenshire_2017_ward9.blt"
VALID = {
    "blt": '2 1\n-1\n3 1 2 0\n(x) 1 1=2 0\n2 - 1 0\n0\n"Ada" "Green"\nBo\n"Title"\n',
    "soi": "# TITLE: x\n# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 4\n"
    "# ALTERNATIVE NAME 1: Ada\n# ALTERNATIVE NAME 2: Bo\n3: 1,2\n1: 2\n",
    "toc": "2\n1,Ada\n2,Bo\n4,4,2\n3,{1,2}\n1,2,1\n",
    "abif": '{"title": "x"}\n=A:[Ada]\n=B:"Bo"\n3: A > B # all\n2: B/1, A/0\n1 * [Cy] = A\n4:\n',
    "csv": 'Timestamp,T [Ada],"T [Bo, b]",weight\nx,1st choice,2,3\ny,"1, 2",,1\n',
}
RECORDS = "Ballot ID,rank1,rank2,weight\nA-1,Ada,Bo,2\nA-2,overvote,Ada,1\nA-3,skipped,Bo,1\n"


def names_a_place(error: Unreadable, content: str | bytes) -> None:
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert 1 <= error.line <= lines
    assert error.column >= 1
    assert error.expected
    assert error.found


def only_its_own_error(content: str | bytes, name: str) -> None:
    try:
        file = read(content, name)
    except Unreadable as error:
        names_a_place(error, content)
    else:
        election = checked(file.election)
        assert file.papers_read == sum(paper.weight for paper in election.papers) > 0
        assert len(file.ids) == len(election.papers)
        assert len(file.parties) == len(election.candidates) > 0
        every = set(range(1, len(election.candidates) + 1))
        assert all(paper.marks <= every for paper in election.papers)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.binary()), st.sampled_from(ENDINGS))
def test_any_content(content: str | bytes, name: str) -> None:
    only_its_own_error(content, name)


PIECES = st.sampled_from(
    (
        *("0", "1", "2", "3", "99", "-1", "1.5", "1e30", "9" * 5000, "²", "٣", "", " "),
        *(",", ";", "\t", ":", "*", ">", "=", "/", "{", "}", "[", "]", '"', '""', "#", "-", "/*"),
        *("\n", "\r\n", "\r", "\x0b", "\u2028", "\x00", "\ufeff", "é", "\ud7ff"),
        *("A", "Ada", "rank1", "rank2", "weight", "1st choice", "overvote", "skipped", "[A]"),
        *("# DATA TYPE: soi", "# NUMBER ALTERNATIVES: 2", "# ALTERNATIVE NAME 1: A"),
        *("# NUMBER VOTERS: 1", "=A:[Ada]", '{"title": "x"}', "1: 1,2", "1,1,2", "1: A > B"),
    )
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(PIECES, max_size=30),
    st.sampled_from(ENDINGS),
    st.sampled_from(["", *VALID.values(), RECORDS]),
    st.sampled_from(["", "\n"]),
)
def test_pieces_of_files(pieces: list[str], name: str, begun: str, between: str) -> None:
    only_its_own_error(begun + between.join(pieces), name)


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from([*VALID.items(), ("csv", RECORDS)]))
def test_damaged_files(data: st.DataObject, valid: tuple[str, str]) -> None:
    ending, text = valid
    content = text.encode()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.integers(0, 8))
        put_in = data.draw(st.one_of(st.binary(max_size=4), PIECES.map(str.encode)))
        content = content[:place] + put_in + content[place + gone :]
    only_its_own_error(content, f"a.{ending}")
    only_its_own_error(content, "")


QUESTIONS = (
    "Timestamp,Who?\n1,Ada;Bo\n2,Bo\n3,\n",
    "Ada,Bo\n3,1\n0,2 points\n",
    "Ada,Bo\nx,yes\nno,1\n",
    "Accept?\nYes\nNo\nAbstain\n",
)
SIMPLE = sorted(rule.name for rule in RULES.values() if rule.count is not None)


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from([*VALID.items(), *(("csv", one) for one in QUESTIONS)]))
def test_what_a_rule_reads_it_counts_to_the_last_paper(
    data: st.DataObject, valid: tuple[str, str]
) -> None:
    """A damaged file is refused, or counted; and then the sheet accounts for every paper."""
    ending, text = valid
    place = data.draw(st.integers(0, len(text)))
    content = text[:place] + data.draw(PIECES) + text[place + data.draw(st.integers(0, 4)) :]
    rule = RULES[data.draw(st.sampled_from(SIMPLE))]
    seats = data.draw(st.sampled_from([None, 1, 2, 99]))
    wanted = Wanted(seats, rule.fills == "several each", rule.marks)
    try:
        file = read_to_count(content.encode("utf-8", "surrogatepass"), f"a.{ending}", wanted=wanted)
        sheet = count(rule.name, file.election, b"seed")
    except Unreadable as error:
        names_a_place(error, content)
    except NotCountable:
        return
    else:
        rejected = sum(one.papers for one in sheet.papers.invalid)
        assert file.papers_read == sheet.papers.read == sheet.papers.valid + rejected


@settings(max_examples=400, deadline=None)
@given(
    st.data(),
    st.sampled_from([*VALID.items(), ("csv", RECORDS), *(("csv", one) for one in QUESTIONS)]),
    st.sampled_from([None, "ranks", "crosses", "points"]),
    st.sampled_from(FORMATS),
)
def test_what_is_converted_keeps_every_paper(
    data: st.DataObject, valid: tuple[str, str], marks: Marks | None, target: Format
) -> None:
    """A damaged file, read as stated or as it shows, is refused or written and read back."""
    ending, text = valid
    place = data.draw(st.integers(0, len(text)))
    content = text[:place] + data.draw(PIECES) + text[place + data.draw(st.integers(0, 4)) :]
    try:
        file = read(content, f"a.{ending}", wanted=Wanted(1, marks=marks))
        written = write(file.election, target, marks=file.marks)
    except Unreadable as error:
        names_a_place(error, content)
    except (NotCountable, CannotWrite):
        return
    else:
        back = read(written, f"b.{target}", wanted=Wanted(1, marks=file.marks))
        assert back.papers_read == file.papers_read
        assert marks in (None, file.marks)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, st.sampled_from(["name", "group", "withdrawn", "yes"]))))
def test_any_list_of_candidates(pieces: list[str]) -> None:
    content = "".join(pieces)
    try:
        listed = read_listed(content)
    except Unreadable as error:
        names_a_place(error, content)
    else:
        assert len({one.name for one in listed}) == len(listed) > 0
        assert all(one.name.strip() for one in listed)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("filler", [" ", "(", '"', "[", "{", "1 ", "a", ",", "#", "\n", "="])
def test_a_long_stretch_of_anything_is_read_in_one_go(ending: str, filler: str) -> None:
    """A reader that tried every way to split it would not come back."""
    long = filler * 60_000
    begun = {**VALID, "soc": VALID["soi"], "toi": VALID["toc"]}[ending]
    for content in (long, f"{long}x", begun + long + "{", f"{{title: {long}x", f"1: 1,{long}x"):
        only_its_own_error(content, f"a.{ending}")


NAMES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1),
        st.sampled_from(["1st", "Bo [Lab]", 'O"Neil', "a,b", "=1+1", "x;y", "c1", "-", "#9", "]"]),
    ).map(str.strip),
    min_size=6,
    max_size=6,
    unique=True,
)


@settings(max_examples=200, deadline=None)
@given(
    elections(), NAMES, st.sampled_from(["", "Chair", "=1+1", "A [b]"]), st.sampled_from(FORMATS)
)
@example(
    Election("", 1, ("a", "b"), frozenset(), (Paper(2, ((1, 2), (), 1)),)), ["a"] * 6, "", "csv"
)
def test_what_is_written_is_read_back(
    drawn: Election, names: list[str], title: str, format: Format
) -> None:
    candidates = tuple(names[: len(drawn.candidates)])
    known = set(range(1, len(candidates) + 1))
    papers = tuple(
        Paper(paper.weight, [[n for n in rank if n in known] for rank in paper.ranks])
        for paper in drawn.papers
    )
    election = replace(drawn, title=title, candidates=candidates, papers=papers)
    try:
        text = write(election, format)
    except (CannotWrite, NotCountable):
        return
    back = read(text.encode(), f"a.{format}", election.seats)
    assert replace(back.election, papers=()) == replace(election, papers=())
    assert grouped(back.election.papers) == grouped(election.papers)
    assert back.papers_read == sum(paper.weight for paper in papers)


def has_room(format: Format, election: Election) -> bool:
    """Whether PrefLib's definition of the format has room for these papers."""
    every = sorted(range(1, len(election.candidates) + 1))
    flat = [[number for rank in paper.ranks for number in rank] for paper in election.papers]
    strict = all(len(rank) == 1 for paper in election.papers for rank in paper.ranks)
    complete = all(sorted(numbers) == every for numbers in flat)
    return (strict or format not in ("soc", "soi")) and (complete or format not in ("soc", "toc"))


@settings(max_examples=200, deadline=None)
@given(elections(clear=True, withdrawals=False), st.sampled_from(FORMATS))
def test_plain_elections_can_be_written_in_every_format(election: Election, format: Format) -> None:
    """Names and orders such as any election has: no format may give up on them, but those that
    are defined for complete orders only."""
    if not election.papers:
        return
    names = ("Ada Byron", "Bo O'Neil", "Cy (Lab)", "Dé-Ella", "Eve, the 2nd", "F. Fox")
    election = replace(election, candidates=names[: len(election.candidates)], title="Chair 2026")
    if not has_room(format, election):
        with pytest.raises(CannotWrite, match=r"papers: \.so|papers: \.to"):
            write(election, format)
        return
    back = read(write(election, format), f"a.{format}", election.seats).election
    assert grouped(back.papers) == grouped(election.papers)
    assert replace(back, papers=()) == replace(election, papers=())


@pytest.mark.parametrize("format", FORMATS)
def test_a_real_ward_goes_through_every_format(format: Format) -> None:
    ward = read(WARD.read_bytes(), WARD.name)
    if format in ("soc", "toc"):
        with pytest.raises(CannotWrite, match="every candidate; 4,229 papers are not like that"):
            write(ward.election, format)
        return
    back = read(write(ward.election, format), f"a.{format}", ward.election.seats)
    assert back.papers_read == ward.papers_read == 5515
    assert grouped(back.election.papers) == grouped(ward.election.papers)
    assert back.election.candidates == ward.election.candidates


@pytest.mark.parametrize("format", FORMATS)
def test_what_a_format_cannot_hold_is_said(format: Format) -> None:
    ward = Election("", 1, ("a", "b"), frozenset({1}), (Paper(1, (2,)),))
    if format == "blt":
        assert read(write(ward, format), "a.blt").election == ward
    else:
        with pytest.raises(CannotWrite, match="cannot say who has withdrawn"):
            write(ward, format)
    with pytest.raises(CannotWrite, match="papers: there is none"):
        write(replace(ward, papers=()), format)
    broken = replace(ward, withdrawn=frozenset(), candidates=("a\nb", "c"))
    if format != "csv":
        with pytest.raises(CannotWrite):
            write(broken, format)


def test_a_skipped_rank_in_the_middle_is_lost_by_some_formats_and_they_say_so() -> None:
    skipped = Election("", 1, ("a", "b"), frozenset(), (Paper(1, (1, (), 2)),))
    for format in ("soi", "abif"):
        with pytest.raises(CannotWrite):
            write(skipped, format)  # type: ignore[arg-type]
