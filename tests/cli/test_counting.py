"""`quorate count` and `quorate ballots convert`, as a returning officer types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import installed, quorate

WARDS = Path(__file__).parents[1] / "real" / "elections"
WARD = WARDS / "dumgal_2017_ward9.blt"
STV = ("--rule", "scottish-stv/1")
TIE = "rank1\nA\nB\n"


def official(ward: Path) -> list[list[str]]:
    text = ward.with_suffix(".official.json").read_text("utf-8")
    stages: dict[int, list[str]] = {}
    for line in json.loads(text)["Constituency"]["countGroup"]:
        stages.setdefault(line["Count_Number"], []).append(f"{float(line['Total_Votes']):.5f}")
    return [sorted(stages[number]) for number in sorted(stages)]


def test_a_ward_as_json_has_the_official_figures() -> None:
    sheet = json.loads(quorate("count", WARD, *STV, "--json").stdout)
    assert sheet["rule"] == "scottish-stv/1"
    assert (sheet["seats"], sheet["quota"]) == (4, "1012")
    surnames = [name.split(" (")[0].split()[-1].lower() for name in sheet["elected"]]
    assert surnames == ["johnstone", "murray", "campbell", "martin"]
    assert [sorted(stage["votes"].values()) for stage in sheet["stages"]] == official(WARD)
    assert {"action", "nontransferable", "votes"} <= sheet["stages"][1].keys()
    assert sheet["ties"] == []
    assert sheet["seed"] is None
    assert sheet["file"] == {"format": "blt", "papers": 5055, "notes": []}


def test_a_ward_in_plain_words() -> None:
    said = quorate("count", WARD, *STV).stdout
    assert "5,055 papers read, 5,055 valid; quota 1012" in said
    assert "has the fewest votes" in said


@pytest.mark.parametrize("rule", [(), ("--rule", "stv")])
def test_without_a_rule_the_rules_are_listed(rule: tuple[str, ...]) -> None:
    done = quorate("count", WARD, *rule, check=False)
    assert done.returncode == 2
    assert "there is no default" in done.stderr
    for name in ("scottish-stv/1", "plurality/1", "slate-yes-no/1"):
        assert f"{name}: " in done.stderr
    assert done.stdout == ""
    done = quorate("count", WARD, *rule, "--json", check=False)
    assert "scottish-stv/1" in json.loads(done.stdout)["error"]


def test_seats_must_come_from_somewhere(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("rank1,rank2\nA,B\nA,\nB,A\n")
    done = quorate("count", file, *STV, check=False)
    assert done.returncode == 2
    assert "--seats N" in done.stderr
    assert "1. A, stage 1" in quorate("count", file, *STV, "--seats", 1).stdout
    done = quorate("count", file, *STV, "--seats", 3, check=False)
    assert done.returncode == 1
    assert "as many as there are candidates, not 3" in done.stderr
    assert quorate("count", file, *STV, "--seats", 0, check=False).returncode == 2


def test_a_tie_needs_a_seed_and_anyone_draws_the_same(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(TIE)
    done = quorate("count", file, *STV, "--seats", 1, check=False)
    assert done.returncode == 1
    assert "A lot is needed between A, B" in done.stderr
    assert "Nobody should choose a seed alone" in done.stderr
    done = quorate("count", file, *STV, "--seats", 1, "--json", check=False)
    assert json.loads(done.stdout)["lot_needed"]["candidates"] == ["A", "B"]

    def drawn(seed: str) -> dict[str, object]:
        call = ("count", file, *STV, "--seats", 1, "--json", "--seed", seed)
        return json.loads(quorate(*call).stdout)

    text = drawn("7 12 31")
    assert text["seed"] == b"7 12 31".hex()
    assert text["ties"]
    assert drawn("7 12 31") == text
    assert drawn("ab" * 32)["seed"] == drawn("AB" * 32)["seed"] == "ab" * 32
    assert drawn("abcd")["seed"] == b"abcd".hex()
    assert quorate("count", file, *STV, "--seats", 1, "--seed", "", check=False).returncode == 2


def test_why(tmp_path: Path) -> None:
    highland = WARDS / "highland_2017_ward10.blt"
    said = quorate("count", highland, *STV, "--why", "fraser").stdout
    assert "Hamish FRASER (Ind) began with 339.00000 first preferences" in said
    told = json.loads(quorate("count", highland, *STV, "--json", "--why", "FRASER").stdout)
    assert list(told["why"]) == ["Hamish FRASER (Ind)"]
    done = quorate("count", highland, *STV, "--why", "macleod", check=False)
    assert done.returncode == 2
    assert "Several candidates" in done.stderr
    for nobody in ("nobody", ""):
        assert quorate("count", highland, *STV, "--why", nobody, check=False).returncode == 2


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.blt", b"2 3\n1 1 0\n0\na\nb\n", "line 1, column 3: expected the seats of 2"),
        ("a.blt", b"2 1\n0\na\nb\n", "at least one paper"),
        ("a.blt", b"2 1\n1 99 0\n0\na\nb\n", "line 2, column 3"),
        ("a.blt", b"2 1\n-1 1 0\n0\na\nb\n", "line 2, column 1: expected how many papers"),
        ("a.csv", b"rank1,weight\nA,1" + b"0" * 30, "line 2, column 3"),
        ("a.csv", b"rank1,rank1\nA,B\n", "line 1, column 7"),
        ("a.abif", b"3: A >\n", "line 1, column 7"),
        ("a.soi", b"# NUMBER ALTERNATIVES: 1\n1: 1\n", "candidate 1 has none"),
        ("a.txt", b"hello", "expected a .blt, PrefLib, ABIF or CSV file"),
        ("a.csv", "rank1\nZoë".encode("utf-16"), "expected text in UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = quorate("count", file, *STV, check=False)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    done = quorate("count", file, *STV, "--json", check=False)
    assert done.returncode == 1
    assert {"error", "line", "column", "expected", "found"} <= json.loads(done.stdout).keys()
    assert quorate("ballots", "convert", file, tmp_path / "x.abif", check=False).returncode == 1
    assert not (tmp_path / "x.abif").exists()


def test_nothing_in_a_file_commands_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.blt"
    file.write_text("2 1\n3 1 0\n1 2 0\n0\n\x1b[31mAda\x07\nBo\n")
    said = quorate("count", file, *STV).stdout
    assert "\ufffd[31mAda\ufffd" in said
    assert "\x1b" not in said
    file.write_text("2 1\n\x1b[2J 1 0\n0\nAda\nBo\n")
    done = quorate("count", file, *STV, check=False)
    assert 'found "\ufffd[2J"' in done.stderr
    assert "\x1b" not in done.stderr


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    for call in (("count", tmp_path / "x.blt", *STV), ("count", tmp_path, *STV)):
        done = quorate(*call, check=False)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    done = quorate("count", WARD, *STV, "--csv", tmp_path / "no" / "x.csv", check=False)
    assert done.returncode == 2


def test_a_ward_goes_through_every_format_and_counts_the_same(tmp_path: Path) -> None:
    sheets = []
    source = WARD
    for ending in ("abif", "soi", "csv", "blt"):
        target = tmp_path / f"ward.{ending}"
        told = json.loads(
            quorate("ballots", "convert", source, target, "--seats", 4, "--json").stdout
        )
        assert (told["papers"], told["candidates"]) == (5055, 10)
        sheets.append(json.loads(quorate("count", target, *STV, "--seats", 4, "--json").stdout))
        source = target
    assert [sheet["stages"] for sheet in sheets] == [sheets[0]["stages"]] * 4
    assert [sorted(stage["votes"].values()) for stage in sheets[0]["stages"]] == official(WARD)


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.blt"
    file.write_text('2 1\n-1\n(x) 1 2 0\n0\n"A" "Green"\n"B"\n')
    done = quorate("ballots", "convert", file, tmp_path / "a.abif", check=False)
    assert done.returncode == 1
    assert "cannot say who has withdrawn (A)" in done.stderr
    file.write_text('2 1\n(x) 1 2 0\n0\n"A" "Green"\n"B"\n')
    done = quorate("ballots", "convert", file, tmp_path / "a.csv")
    assert "does not keep the number of seats, parties, the papers' ids" in done.stderr
    done = quorate("ballots", "convert", tmp_path / "a.csv", tmp_path / "b.blt", check=False)
    assert done.returncode == 2
    assert "--seats N" in done.stderr
    assert quorate("ballots", "convert", file, tmp_path / "a.xls", check=False).returncode == 2


def test_a_skipped_rank_is_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "a.blt"
    file.write_text('3 1\n2 1 - 2 0\n5 1=2 3 0\n0\n"Ada"\n"Bo"\n"Cy"\n"T"\n')
    for ending in ("soi", "toi", "abif"):
        done = quorate("ballots", "convert", file, tmp_path / f"a.{ending}", check=False)
        assert done.returncode == 1
        assert f".{ending} has no skipped ranks; 2 papers are not like that" in done.stderr
        assert '"Ada, then nobody, then Bo"' in done.stderr
        assert not (tmp_path / f"a.{ending}").exists()
    assert "7 papers in" in quorate("ballots", "convert", file, tmp_path / "a.csv").stdout


def test_incomplete_orders_are_no_soc_file(tmp_path: Path) -> None:
    file, out = tmp_path / "a.blt", tmp_path / "a.soc"
    file.write_text('2 1\n3 1 2 0\n1 2 0\n0\n"Ada"\n"Bo"\n"T"\n')
    done = quorate("ballots", "convert", file, out, check=False)
    assert done.returncode == 1
    assert 'rank every candidate; 1 paper is not like that, the first: "Bo" (.soi is' in done.stderr
    assert not out.exists()
    file.write_text('2 1\n3 1 2 0\n0\n"Ada"\n"Bo"\n"T"\n')
    quorate("ballots", "convert", file, out)
    assert "# DATA TYPE: soc" in out.read_text()
    quorate("ballots", "convert", file, tmp_path / "a.toi")
    assert "# DATA TYPE: toi" in (tmp_path / "a.toi").read_text()


def test_nothing_is_written_over_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.blt"
    file.write_text('2 1\n3 1 2 0\n0\n"Ada"\n"Bo"\n"T"\n')
    before = file.read_bytes()
    (tmp_path / "b.blt").symlink_to(file)
    for target in (file, tmp_path / "b.blt", tmp_path / "." / "a.blt"):
        done = quorate("ballots", "convert", file, target, check=False)
        assert done.returncode == 2
        assert "that is the file of ballots" in done.stderr
    for option in ("--csv", "--html", "--pdf"):
        assert quorate("count", file, *STV, option, file, check=False).returncode == 2
    twice = quorate("count", file, *STV, "--csv", "x.csv", "--html", "x.csv", check=False)
    assert "named twice" in twice.stderr
    assert file.read_bytes() == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file, out = tmp_path / "a.blt", tmp_path / "out.csv"
    file.write_text('2 1\n3 1 2 0\n0\n"Ada"\n"Bo"\n"T"\n')
    out.write_text("what stood there before")
    out.chmod(0o600)
    quorate("ballots", "convert", file, out)
    assert "[Ada]" in out.read_text()
    assert out.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.blt", "out.csv"]
    gone = quorate("ballots", "convert", file, tmp_path / "no" / "out.csv", check=False)
    assert gone.returncode == 2
    assert "No such file or directory" in gone.stderr
    assert "Candidate,Outcome" in installed("count", file, *STV, "--csv", "/dev/stdout").stdout


def test_counting_loads_neither_django_nor_the_democracy() -> None:
    program = (
        "import sys\n"
        "from quorate.cli.main import app\n"
        f"app(['count', {str(WARD)!r}, '--rule', 'scottish-stv/1'], standalone_mode=False)\n"
        "loaded = [name for name in ('django', 'quorate.organisation', 'quorate.record', "
        "'quorate.rulebook', 'typst') if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_sheet_as_csv_page_and_print(tmp_path: Path) -> None:
    csv, html, pdf = (tmp_path / f"sheet.{ending}" for ending in ("csv", "html", "pdf"))
    quorate("count", WARD, *STV, "--csv", csv, "--html", html, "--pdf", pdf)
    assert csv.read_bytes().startswith(b"Candidate,Outcome,Stage 1: first preferences,")
    assert html.read_text("utf-8").startswith("<!doctype html>")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_without_typst_a_print_is_refused_in_plain_words(tmp_path: Path) -> None:
    program = (
        "import sys\nsys.modules['typst'] = None\nfrom quorate.cli.main import main\n"
        f"sys.argv = ['quorate', 'count', {str(WARD)!r}, '--rule', 'scottish-stv/1', "
        f"'--pdf', {str(tmp_path / 'x.pdf')!r}]\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 2
    assert "--pdf needs the Python package typst" in done.stderr
    assert "Traceback" not in done.stderr


def converted(tmp_path: Path, name: str, text: str, target: str, *options: object) -> str:
    """What the target holds then, or what is said where it is refused."""
    file, out = tmp_path / name, tmp_path / target
    file.write_text(text)
    done = quorate("ballots", "convert", file, out, "--seats", 1, *options, check=False)
    assert "Traceback" not in done.stderr
    return out.read_text() if done.returncode == 0 else f"refused: {done.stderr}"


NUMBERS = "id,Ada,Bo\n1,1,2\n2,1,2\n"
CROSSES = "id,Ada,Bo,Cy\n1,x,,x\n2,yes,no,no\n3,1,1,0\n"
POINTS = "Points [Ada],Points [Bo]\n3 points,2 points\n5,\n"


def test_what_numbers_stand_for_is_not_guessed_at(tmp_path: Path) -> None:
    said = converted(tmp_path, "a.csv", NUMBERS, "a.blt")
    assert "line 2, column 3: expected --marks ranks, crosses or points" in said
    assert "2 1 0" not in converted(tmp_path, "a.csv", NUMBERS, "a.blt", "--marks", "ranks")
    by_ranks = converted(tmp_path, "a.csv", NUMBERS, "a.blt", "--marks", "ranks")
    assert by_ranks.startswith("2 1\n1 1 2 0\n1 1 2 0\n0\n")
    by_points = converted(tmp_path, "a.csv", NUMBERS, "a.blt", "--marks", "points")
    assert by_points.startswith("2 1\n1 1=2=2 0\n1 1=2=2 0\n0\n")
    said = converted(tmp_path, "a.abif", "2:A/1,B/2\n", "b.blt")
    assert "line 1, column 5: expected --marks ranks or --marks points" in said
    assert quorate("ballots", "convert", "a", "b.blt", "--marks", "x", check=False).returncode == 2


def test_crosses_and_points_keep_their_meaning(tmp_path: Path) -> None:
    rules = {CROSSES: ("approval/1", []), POINTS: ("cumulative/1", ["--points", 9])}
    for text, (rule, terms) in rules.items():
        file = tmp_path / "in.csv"
        file.write_text(text)
        call = ("--rule", rule, "--seats", 1, *terms, "--seed", "x", "--json")
        votes = json.loads(quorate("count", file, *call).stdout)["stages"][0]["votes"]
        for target in ("a.blt", "a.abif", "a.csv"):
            assert not converted(tmp_path, "in.csv", text, target).startswith("refused")
            told = json.loads(quorate("count", tmp_path / target, *call).stdout)
            assert told["stages"][0]["votes"] == votes
        for target in ("a.soi", "a.toi"):
            assert "is for orders, not" in converted(tmp_path, "in.csv", text, target)
    assert '"3 points"' not in converted(tmp_path, "in.csv", POINTS, "b.csv")
    assert "1,3 points,2 points" in converted(tmp_path, "in.csv", POINTS, "b.csv")
    assert "c1/1, c3/1" in converted(tmp_path, "in.csv", CROSSES, "b.abif")


def test_an_overvote_has_no_place_in_another_format(tmp_path: Path) -> None:
    text = "vote\nAda\nBo\novervote\n"
    for target in ("a.blt", "a.abif", "a.csv"):
        said = converted(tmp_path, "in.csv", text, target, "--marks", "crosses")
        assert "cannot say that too many were marked and not whom, as 1 paper does" in said


def test_a_list_of_the_candidates_converts_too(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,group,withdrawn\nBo,,\nCy,red,yes\nAda,red,\n")
    text = "Who?\nAda\nBo\n"
    said = converted(tmp_path, "in.csv", text, "a.blt", "--candidates", people)
    assert said.startswith("3 1\n-2\n1 3 0\n1 1 0\n0\n")
    assert '"Ada" "red"' in said


def test_a_file_does_not_go_where_the_json_goes(tmp_path: Path) -> None:
    for option in ("--csv", "--html", "--pdf"):
        done = quorate("count", WARD, *STV, "--json", option, "/dev/stdout", check=False)
        assert done.returncode == 2
        assert "the JSON object goes there" in json.loads(done.stdout)["error"]


def test_a_line_break_in_a_question_is_shown_as_a_space(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('"Who should\nbe chair?"\nAda\nAda\nBo\n')
    done = quorate("count", file, "--rule", "plurality/1")
    assert "Who should be chair?: plurality/1" in done.stdout
    assert "\ufffd" not in done.stdout + done.stderr


def test_abstentions_are_not_called_invalid(tmp_path: Path) -> None:
    file, page = tmp_path / "a.csv", tmp_path / "a.html"
    file.write_text('Accept?\nYes\nNo\nYes\n""\n')
    call = ("count", file, "--rule", "slate-yes-no/1", "--seats", 3)
    said = quorate(*call, "--html", page).stdout
    assert "1 abstention: no mark" in said
    assert "invalid" not in said
    assert 'Read "Yes" as yes and "No" as no.' in said
    assert "<h2>Invalid papers</h2><p>None.</p>" in page.read_text("utf-8")


def test_the_list_of_rules_says_what_a_skipped_first_rank_does(tmp_path: Path) -> None:
    said = quorate("count", WARD, check=False).stderr
    assert "one whose first rank is skipped is invalid" in said
    file = tmp_path / "a.blt"
    file.write_text('2 1\n2 1 0\n3 - 2 0\n0\n"Ada"\n"Bo"\n"T"\n')
    said = quorate("count", file, "--rule", "instant-runoff/1").stdout
    assert "3 invalid: no first preference" in said
    assert "1. Ada" in said
