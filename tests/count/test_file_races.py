"""Cast-vote records as cities publish them, and files of several races.

The columns' names and special words are those of the published files: Minneapolis 2013 and 2017,
Maine's second congressional district 2018, New York City's primary of 2021. The papers are ours.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.files.place import Unreadable
from quorate.count.files.rank_words import rank_and_race
from quorate.count.files.reading import Wanted, read
from quorate.count.files.tables import read_csv
from quorate.count.papers import NotCountable, Paper

MINNEAPOLIS = (
    "Precinct,1ST CHOICE MAYOR MINNEAPOLIS,2ND CHOICE MAYOR MINNEAPOLIS,"
    "3RD CHOICE MAYOR MINNEAPOLIS,COUNT\n"
    "P-01,BETSY HODGES,MARK ANDREW,undervote,3\n"
    "P-01,MARK ANDREW,overvote,BETSY HODGES,1\n"
    "P-02,XXX,UWI,undervote,2\n"
)
MAINE = (
    "Cast Vote Record,Precinct,Ballot Style,DEM Rep. to Congress District 2 1st Choice,"
    "DEM Rep. to Congress District 2 2nd Choice\n"
    '1,Bangor,S1,"DEM Golden, Jared F. (5471)",undervote\n'
    '2,Bangor,S1,"DEM St. Clair, Lucas R. (5472)","DEM Golden, Jared F. (5471)"\n'
)
NEW_YORK = (
    "Cast Vote Record,Precinct,Ballot Style,"
    "DEM Mayor Choice 1 of 5 Citywide (026916),DEM Mayor Choice 2 of 5 Citywide (226916),"
    "DEM Mayor Choice 3 of 5 Citywide (326916),DEM Mayor Choice 4 of 5 Citywide (426916),"
    "DEM Mayor Choice 5 of 5 Citywide (526916),"
    "DEM Council Member Choice 1 of 5 1st Council District (026995),"
    "DEM Council Member Choice 2 of 5 1st Council District (226995)\n"
    "A1,AD65,B1,219978,undervote,undervote,undervote,undervote,220131,undervote\n"
    "A2,AD65,B1,overvote,219469,219978,undervote,undervote,,\n"
    "A3,AD65,B1,undervote,undervote,undervote,undervote,undervote,Write-in,220131\n"
    "A4,AD65,B1,,,,,,undervote,undervote\n"
)


def test_minneapolis() -> None:
    file = read_csv(MINNEAPOLIS)
    assert file.election.title == "MAYOR MINNEAPOLIS"
    assert file.election.candidates == ("BETSY HODGES", "MARK ANDREW", "UWI")
    assert file.election.papers == (
        Paper(3, (1, 2)),
        Paper(1, (2, (1, 2, 3), 1)),
        Paper(2, ((), 3)),
    )
    assert file.papers_read == 6
    assert 'Columns left aside: "Precinct".' in file.notes
    assert any(note.startswith('"UWI" stands for whoever was written in') for note in file.notes)


def test_maine() -> None:
    file = read_csv(MAINE)
    golden, clair = "DEM Golden, Jared F. (5471)", "DEM St. Clair, Lucas R. (5472)"
    assert file.election.title == "DEM Rep. to Congress District 2"
    assert file.election.candidates == (golden, clair)
    assert file.election.papers == (Paper(1, (1,)), Paper(1, (2, 1)))
    assert file.ids == ("1", "2")


def test_new_york_has_several_races_and_says_which() -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv(NEW_YORK)
    said = str(caught.value)
    assert "--race" in said
    assert '"DEM Mayor Citywide" and "DEM Council Member 1st Council District"' in said


@pytest.mark.parametrize("race", ["DEM Mayor Citywide", "dem mayor  citywide", "mayor"])
def test_one_race_of_several(race: str) -> None:
    file = read_csv(NEW_YORK, race=race)
    assert file.election.candidates == ("219469", "219978")
    assert file.election.papers == (Paper(1, (2,)), Paper(1, ((1, 2), 1, 2)), Paper(1, ()))
    assert file.ids == ("A1", "A2", "A3")
    assert (
        'Only "DEM Mayor Citywide" is read; the file also has '
        '"DEM Council Member 1st Council District".' in file.notes
    )
    assert any(note.startswith("1 row has nothing at all") for note in file.notes)


def test_races_never_mix() -> None:
    file = read_csv(NEW_YORK, race="council member")
    assert file.election.candidates == ("220131", "Write-in")
    assert file.election.papers == (Paper(1, (1,)), Paper(1, (2, 1)), Paper(1, ()))
    assert file.ids == ("A1", "A3", "A4")


@pytest.mark.parametrize(("race", "why"), [("dem", "several like"), ("Sheriff", "none like")])
def test_a_race_that_is_not_one_of_them(race: str, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv(NEW_YORK, race=race)
    assert f'{why} "{race}"' in str(caught.value)


def test_a_grid_of_several_questions() -> None:
    text = "Chair [Ada],Chair [Bo],Treasurer [Cy],Treasurer [Di]\n1,2,2,1\n,1,,\n"
    chair, treasurer = read_csv(text, race="chair"), read_csv(text, race="treas")
    assert chair.election.candidates == ("Ada", "Bo")
    assert chair.election.papers == (Paper(1, (1, 2)), Paper(1, (2,)))
    assert treasurer.election.candidates == ("Cy", "Di")
    assert treasurer.election.papers == (Paper(1, (2, 1)), Paper(1, ()))  # no word for a blank here


def test_several_questions_with_names_for_answers() -> None:
    text = "Timestamp,Who should be chair?,Who should write minutes?\nx,Ada,Bo\ny,Cy,\n"
    with pytest.raises(Unreadable) as caught:
        read_csv(text)
    assert '"Who should be chair?" and "Who should write minutes?"' in str(caught.value)
    file = read_csv(text, "crosses", race="minutes")
    assert file.election.candidates == ("Bo",)
    assert file.election.papers == (Paper(1, (1,)), Paper(1, ()))


def test_one_motion_of_several() -> None:
    text = "Motion 1,Motion 2\nYes,No\nNo,No\nYes,Abstain\n"
    file = read_csv(text, "crosses", race="Motion 2")
    assert file.election.title == "Motion 2"
    assert file.election.candidates == ("Abstain", "No")
    assert file.election.papers == (Paper(1, (2,)), Paper(1, (2,)), Paper(1, (1,)))


def test_a_race_is_for_csv_files_only() -> None:
    with pytest.raises(NotCountable, match="--race is for CSV files"):
        read(b'1 1\n1 1 0\n0\n"Ada"\n"T"\n', "x.blt", wanted=Wanted(race="Mayor"))


@pytest.mark.parametrize(
    ("head", "rank", "race"),
    [
        ("1ST CHOICE MAYOR MINNEAPOLIS", 1, "MAYOR MINNEAPOLIS"),
        ("DEM Mayor Choice 2 of 5 Citywide (226916)", 2, "DEM Mayor Citywide"),
        ("Rep. to Congress 3rd Choice District 2", 3, "Rep. to Congress District 2"),
        (
            "DEM Council Member Choice 1 of 5 1st Council District (026995)",
            1,
            "DEM Council Member 1st Council District",
        ),
        ("rank4", 4, ""),
        ("Chair: second preference", 2, "Chair"),
        ("Mayor - Rank 12", 12, "Mayor"),
    ],
)
def test_a_rank_beside_a_race(head: str, rank: int, race: str) -> None:
    assert rank_and_race(head) == (rank, race)


@pytest.mark.parametrize("head", ["Ada", "Ward 9", "Precinct", "Choice of venue", "Frank 2", ""])
def test_no_rank_beside_a_race(head: str) -> None:
    assert rank_and_race(head) is None


@given(
    st.lists(st.sampled_from(["Ada", "Bo", "", "overvote"]), min_size=1, max_size=6),
    st.lists(st.sampled_from(["Cy", "Di", "undervote"]), min_size=6, max_size=6),
)
def test_what_stands_in_another_race_changes_nothing(chair: list[str], other: list[str]) -> None:
    alone = "Chair 1st choice,Chair 2nd choice\n" + "".join(f"{name},Ada\n" for name in chair)
    both = "Chair 1st choice,Treasurer 1st choice,Chair 2nd choice\n" + "".join(
        f"{name},{beside},Ada\n" for name, beside in zip(chair, other, strict=False)
    )
    assert read_csv(both, race="chair").election == read_csv(alone).election
