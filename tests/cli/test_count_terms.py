"""`quorate count` with what an election states besides its rule, as one types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import quorate

BLT = '5 2\n6 1 2 0\n3 2 1 0\n2 3 0\n1 4 0\n0\n"Ada" "women"\n"Bo"\n"Cy"\n"Di" "women"\n"Ed"\n"T"\n'
"""As crosses: Ada 9, Bo 9, Cy 2, Di 1, Ed 0."""
VOTE = "Timestamp,Do you accept?\n" + "1,Yes\n" * 6 + "2,No\n" * 3 + "3,Abstain\n" * 3


@pytest.fixture
def blt(tmp_path: Path) -> Path:
    file = tmp_path / "a.blt"
    file.write_text(BLT)
    return file


@pytest.fixture
def vote(tmp_path: Path) -> Path:
    file = tmp_path / "vote.csv"
    file.write_text(VOTE)
    return file


def sheet(*words: object) -> dict[str, Any]:
    return dict(json.loads(quorate("count", *words, "--json").stdout))


def wrong(*words: object) -> str:
    """What is said of a wrong call, in one sentence and as JSON."""
    done = quorate("count", *words, "--json", check=False)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return str(json.loads(done.stdout)["error"])


def test_limited_vote(blt: Path) -> None:
    told = sheet(blt, "--rule", "limited-vote/1", "--marks", 1)
    assert told["elected"] == ["Cy", "Di"]
    assert told["papers"] == {
        "read": 12,
        "valid": 3,
        "invalid": [{"reason": "more than one marked", "papers": 9}],
    }
    assert told["terms"] == {"Marks a paper": "at most 1"}
    assert sheet(blt, "--rule", "limited-vote/1", "--marks", 2, "--seats", 3)["elected"] == [
        "Ada",
        "Bo",
        "Cy",
    ]
    done = quorate("count", blt, "--rule", "limited-vote/1", "--marks", 2, check=False)
    assert done.returncode == 1
    assert "fewer than the 2 seats" in done.stderr


def test_cumulative_vote_from_cells_and_ratings(tmp_path: Path) -> None:
    grid = tmp_path / "a.csv"
    grid.write_text("Ada,Bo\n1,0\n3 points,1\n2,9\n")
    rule = ("--rule", "cumulative/1", "--seats", 1)
    told = sheet(grid, *rule, "--points", 4)
    assert told["stages"][0]["votes"] == {"Ada": "4", "Bo": "1"}
    assert told["papers"]["invalid"] == [{"reason": "more than 4 points", "papers": 1}]
    abif = tmp_path / "a.abif"
    abif.write_text("1: Ada/1, Bo/0\n1: Ada/3, Bo/1\n1: Ada/2, Bo/9\n")
    assert sheet(abif, *rule, "--points", 4)["stages"] == told["stages"]
    assert sheet(grid, *rule)["papers"]["valid"] == 1


@pytest.mark.parametrize(
    ("options", "carried"),
    [
        (("--majority", "2/3", "--of", "cast"), True),
        (("--more-than", "2/3", "--of", "cast"), False),
        (("--majority", "50%", "--of", "voting"), True),
        (("--more-than", "1/2", "--of", "voting"), False),
        (("--majority", "60 %", "--of", "eligible", "--eligible", 10), None),
        (("--majority", "1/2", "--of", "eligible", "--eligible", 12), True),
        (("--majority", "1/2", "--of", "eligible", "--eligible", 13), False),
    ],
)
def test_yes_no_abstain_with_majority_and_whole(
    vote: Path, options: tuple[object, ...], carried: bool | None
) -> None:
    """6 yes, 3 no, 3 abstentions: 6 of 9 cast, 6 of 12 voting."""
    if carried is None:
        done = quorate("count", vote, "--rule", "yes-no-abstain/1", *options, check=False)
        assert done.returncode == 1
        assert "12 votes for 10 eligible" in done.stderr
        return
    told = sheet(vote, "--rule", "yes-no-abstain/1", *options)
    assert told["elected"] == (["Yes"] if carried else [])
    assert told["not_elected"] == (["No", "Abstain"] if carried else ["Yes", "No", "Abstain"])
    assert list(told["terms"]) == ["Majority"]


def test_choices_that_nobody_marked_are_in_the_list(tmp_path: Path) -> None:
    vote, choices = tmp_path / "vote.csv", tmp_path / "choices.csv"
    rule = ("--rule", "yes-no-abstain/1", "--more-than", "1/2", "--of", "cast")
    vote.write_text("Accept?\nYes\nNo\nYes\n")
    assert sheet(vote, *rule)["stages"][0]["votes"] == {"No": "1", "Yes": "2", "abstention": "0"}
    vote.write_text("Accept?\nOo\nHindi\nOo\n")
    done = quorate("count", vote, *rule, check=False)
    assert done.returncode == 1
    assert "the choices yes, no and abstention" in done.stderr
    choices.write_text("name\nOo\nHindi\nPag-iwas\n")
    assert sheet(vote, *rule, "--candidates", choices)["elected"] == ["Oo"]
    vote.write_text("Accept?\nYes\nNo\nYes\n")
    assert sheet(vote, "--rule", "slate-yes-no/1", "--seats", 9)["elected"] == ["Yes"]
    choices.write_text("name\nJa\nNein\nAbstain\n")
    vote.write_text("Accept?\nNein\nJa\nNein\n")
    told = sheet(vote, *rule, "--candidates", choices)
    assert (told["elected"], told["quota"]) == ([], "2")


def test_choices_in_the_wrong_place_are_refused(tmp_path: Path) -> None:
    vote = tmp_path / "vote.csv"
    vote.write_text("Accept?\nYes\nNo\nKeine Meinung\n")
    rule = ("--rule", "yes-no-abstain/1", "--more-than", "1/2", "--of", "cast")
    done = quorate("count", vote, *rule, check=False)
    assert done.returncode == 1
    assert '"Yes" stands where yes-no-abstain/1 has abstention' in done.stderr


def test_debian(blt: Path) -> None:
    rule = ("--rule", "debian/1", "--seats", 1)
    told = sheet(blt, *rule, "--default", "ed", "--quorum", 2)
    assert told["elected"] == ["Ada"]
    assert told["terms"] == {"Default option": "Ed", "Quorum": "2"}
    assert sheet(blt, *rule, "--default", "Ed", "--quorum", 10)["elected"] == ["Ed"]
    # Nine rank Ada above Cy, two the other way round.
    told = sheet(blt, *rule, "--default", "Cy", "--supermajority", "Ada=9:2")
    assert told["elected"] == ["Ada"]
    told = sheet(blt, *rule, "--default", "Cy", "--supermajority", "Ada=5")
    assert told["elected"] == ["Bo"]


def test_reserved_places_for_a_party_or_a_listed_group(blt: Path, tmp_path: Path) -> None:
    stv = ("--rule", "scottish-stv/1")
    assert sheet(blt, *stv, "--seed", "x")["elected"] == ["Ada", "Bo"]
    told = sheet(blt, *stv, "--reserve", "women=2")
    assert told["elected"] == ["Ada", "Di"]
    assert told["terms"] == {"Reserved places": "at least 2 for women: Ada and Di"}
    at_large = ("--rule", "plurality-at-large/1")
    assert sheet(blt, *at_large)["elected"] == ["Ada", "Bo"]
    assert sheet(blt, *at_large, "--reserve", "Women=2")["elected"] == ["Ada", "Di"]
    listed = tmp_path / "candidates.csv"
    listed.write_text("candidate;group;withdrawn\nEd;youth;\nDi;;\nCy;youth;yes\nBo;;\nAda;;\n")
    call = (*at_large, "--candidates", listed, "--reserve", "youth=1", "--seed", "x")
    told = sheet(blt, *call)
    assert told["candidates"] == ["Ed", "Di", "Cy", "Bo", "Ada"]
    assert told["withdrawn"] == ["Cy"]
    assert told["elected"] in (["Ada", "Ed"], ["Bo", "Ed"])
    assert told["ties"][0]["candidates"] == ["Bo", "Ada"]


def test_lists_with_more_seats_than_lists_and_a_minimum(tmp_path: Path) -> None:
    """Branches of 53, 24 and 3 members: the textbook's divisors, then with a seat for each."""
    file = tmp_path / "lists.blt"
    file.write_text('3 8\n53 1 0\n24 2 0\n3 3 0\n0\n"A"\n"B"\n"C"\n')
    for rule, without, at_least_one in (
        ("dhondt/1", [6, 2, 0], [5, 2, 1]),
        ("sainte-lague/1", [6, 2, 0], [5, 2, 1]),
        ("hare-niemeyer/1", [5, 3, 0], [5, 2, 1]),
    ):
        plain = sheet(file, "--rule", rule)
        assert [one["seats"] for one in plain["lists"]] == without, rule
        told = sheet(file, "--rule", rule, "--minimum", 1)
        assert [one["seats"] for one in told["lists"]] == at_least_one, rule
        assert told["terms"] == {"Seats of each list": "at least 1"}
    done = quorate("count", file, "--rule", "dhondt/1", "--minimum", 3, check=False)
    assert done.returncode == 1
    assert "3 with at least 3 each need 9, and there are 8" in done.stderr
    done = quorate("count", file, "--rule", "scottish-stv/1", check=False)
    assert done.returncode == 1
    assert "line 1, column 3" in done.stderr


def test_lists_are_converted_with_their_seats(tmp_path: Path) -> None:
    file, target = tmp_path / "lists.csv", tmp_path / "lists.blt"
    file.write_text("rank1,weight\nRed,53\nBlue,24\n")
    call = ("ballots", "convert", file, target, "--seats", 8)
    assert quorate(*call, check=False).returncode == 1
    quorate(*call, "--lists")
    told = sheet(target, "--rule", "dhondt/1")
    assert {one["name"]: one["seats"] for one in told["lists"]} == {"Red": 6, "Blue": 2}


def test_approval_from_checkboxes_and_from_crosses(tmp_path: Path) -> None:
    boxes, crosses = tmp_path / "boxes.csv", tmp_path / "crosses.csv"
    boxes.write_text("Timestamp,Whom do you approve of?\n1,Ada;Bo\n2,Bo\n3,\n")
    crosses.write_text("Ada,Bo\nx,yes\n0,1\n,no\n")
    told = [sheet(f, "--rule", "approval/1", "--seats", 1) for f in (boxes, crosses)]
    for one in told:
        assert one["stages"][0]["votes"] == {"Ada": "1", "Bo": "2"}
        assert one["papers"]["invalid"] == [{"reason": "no mark", "papers": 1}]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("limited-vote/1",), "needs --marks N"),
        (("debian/1",), "needs --default NAME"),
        (("debian/1", "--quorum", 3), "needs --default NAME"),
        (("debian/1", "--default", "Xy"), 'no candidate "Xy"; there are: Ada, Bo'),
        (("debian/1", "--default", "Ed", "--supermajority", "Ada"), "NAME=3"),
        (("debian/1", "--default", "Ed", "--supermajority", "Ada=1/2"), "NAME=3"),
        (("yes-no-abstain/1",), "needs --majority SHARE or --more-than SHARE"),
        (("yes-no-abstain/1", "--majority", "2/3"), "Of what?"),
        (("yes-no-abstain/1", "--of", "cast"), "needs --majority SHARE"),
        (("yes-no-abstain/1", "--majority", "2/3", "--more-than", "1/2"), "give one of them"),
        (("yes-no-abstain/1", "--majority", "2/3", "--of", "members"), "cast, voting or eligible"),
        (("yes-no-abstain/1", "--majority", "2/3", "--of", "eligible"), "--eligible N"),
        (("yes-no-abstain/1", "--majority", "3/2", "--of", "cast"), "such as 2/3 or 60%"),
        (("yes-no-abstain/1", "--majority", "1/0", "--of", "cast"), "such as 2/3 or 60%"),
        (("yes-no-abstain/1", "--more-than", "1/1", "--of", "cast"), "less than 1"),
        (("scottish-stv/1", "--marks", 2), "--marks is for limited-vote/1"),
        (("approval/1", "--reserve", "women=1"), "--reserve is for scottish-stv/1"),
        (("scottish-stv/1", "--reserve", "women"), "expected GROUP=2"),
        (("scottish-stv/1", "--reserve", "men=1"), 'no group "men"; there are: women'),
    ],
)
def test_wrong_calls_are_said_in_a_sentence(
    blt: Path, options: tuple[object, ...], says: str
) -> None:
    assert says in wrong(blt, "--rule", *options)


def test_places_for_a_group_that_no_file_names(vote: Path) -> None:
    stv = ("--rule", "plurality-at-large/1", "--seats", 1)
    assert "--candidates FILE" in wrong(vote, *stv, "--reserve", "women=1")


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ("", "line 1, column 1: expected a row of column names"),
        ("group\nx\n", 'line 1, column 1: expected a column "name"'),
        ("name\n", "line 1, column 5: expected a row for each candidate"),
        ("name\nAda\nAda\n", "line 3, column 1: expected a name that no other candidate has"),
        ("name,group\nAda\n", "line 2, column 1: expected 2 cells"),
        ("name,withdrawn\nAda,perhaps\n", "line 2, column 5: expected yes, or nothing"),
        ("name,Name\nAda,Ada\n", "line 1, column 6: expected no second column"),
        ("name\nAda\n", 'the ballots name "Bo", and the list does not'),
    ],
)
def test_a_broken_list_of_candidates(blt: Path, tmp_path: Path, listed: str, says: str) -> None:
    file = tmp_path / "candidates.csv"
    file.write_text(listed)
    call = ("count", blt, "--rule", "approval/1", "--candidates", file)
    done = quorate(*call, check=False)
    assert done.returncode == 1
    assert says in done.stderr


@pytest.mark.parametrize(
    ("option", "share", "said"),
    [
        ("--majority", "1", "More than half is --more-than 1/2; all of them is --majority 100%"),
        ("--more-than", "1", "less than 100%, such as 2/3 or 60%"),
        ("--majority", "60", "With the sign for it, 60% is one"),
        ("--majority", "50%+1", "More than half is --more-than 1/2"),
        ("--majority", "half", "More than half is --more-than 1/2"),
        ("--majority", "5/4", "a share above 0 and at most 100%"),
        ("--majority", "1/0", "a share above 0"),
    ],
)
def test_what_is_no_share_is_explained(tmp_path: Path, option: str, share: str, said: str) -> None:
    vote = tmp_path / "vote.csv"
    vote.write_text("Accept?\nYes\nNo\n")
    rule = ("--rule", "yes-no-abstain/1", option, share, "--of", "cast")
    done = quorate("count", vote, *rule, check=False)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_share_in_decimals_is_exact(tmp_path: Path) -> None:
    vote = tmp_path / "vote.csv"
    vote.write_text("Accept?\n" + "Yes\n" * 3 + "No\n" * 2)
    rule = ("--rule", "yes-no-abstain/1", "--of", "cast")
    assert sheet(vote, *rule, "--majority", "0.6")["elected"] == ["Yes"]
    assert sheet(vote, *rule, "--more-than", "0.6")["elected"] == []
    assert sheet(vote, *rule, "--majority", "100%")["elected"] == []


def test_errors_name_what_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "a.blt"
    file.write_text('3 2\n1 1 2 0\n0\n"A" "W"\n"B"\n"C"\n"T"\n')
    limited = quorate("count", file, "--rule", "limited-vote/1", "--marks", 2, check=False)
    assert "marks: expected from 1 to 1 a paper, fewer than the 2 seats" in limited.stderr
    reserved = quorate("count", file, "--rule", "scottish-stv/1", "--reserve", "W=3", check=False)
    assert "reserved places: expected at least 1 and at most 2" in reserved.stderr
    one = ("--rule", "limited-vote/1", "--marks", 1, "--seats", 1)
    assert "there is only one" in quorate("count", file, *one, check=False).stderr
