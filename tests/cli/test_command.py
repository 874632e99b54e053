"""The command: what a person types, what it says, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quorate.demo.people import people
from support.command import quorate, verified
from support.union import union


@pytest.mark.parametrize("preset", ["open-convention", "closed-slate"])
def test_rules_explained_and_checked(preset: str) -> None:
    said = quorate("rules", "explain", preset).stdout
    assert "Proposals" in said
    assert "proposals.seconds" in said
    found = json.loads(quorate("rules", "check", preset, "--json").stdout)
    assert (found["ok"], found["faults"]) == (True, [])
    assert bool(found["doubts"]) == (preset == "closed-slate")
    plain = quorate("rules", "check", preset).stdout
    assert "can stand" in plain
    assert ("floor.vote_minutes" in plain) == (preset == "closed-slate")


def test_a_faulty_rulebook_names_each_fault(tmp_path: Path) -> None:
    from quorate.rulebook.reading import preset

    path = tmp_path / "rules.toml"
    text = preset("open-convention").replace(
        'appeal_to = "credentials-committee"', 'appeal_to = "nobody"'
    )
    path.write_text(text)
    done = quorate("rules", "check", path, check=False)
    assert done.returncode == 1
    assert "bulletin.appeal_to" in done.stderr
    path.write_text("[organisation\n")
    done = quorate("rules", "check", path, check=False)
    assert done.returncode == 1
    assert "line 1" in done.stderr


@pytest.mark.parametrize("name", ["Eurpoe/London", "Europe", "../../etc", "a" * 300])
def test_a_time_zone_that_nobody_knows_is_a_fault(name: str, tmp_path: Path) -> None:
    from quorate.rulebook.reading import preset

    path = tmp_path / "rules.toml"
    text = preset("open-convention")
    path.write_text(text.replace('"Europe/London"', f'"{name}"'))
    done = quorate("rules", "check", path, check=False)
    assert done.returncode == 1
    assert "organisation.timezone" in done.stderr
    done = quorate("new", tmp_path / "org", "--rules", path, check=False)
    assert done.returncode == 1
    assert "organisation.timezone" in done.stderr
    assert not (tmp_path / "org").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("act", "nowhere", "floor.close"),
        ("verify", "nowhere"),
        ("export", "nowhere", "out"),
        ("serve", "nowhere"),
        ("rules", "check", "nowhere.toml"),
        ("receipt", "verify", "nowhere.txt", "--key", "x"),
        ("new", "somewhere"),
    ],
)
def test_a_wrong_call_says_so(words: tuple[str, ...], tmp_path: Path) -> None:
    done = quorate(*words, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_act_that_cannot_be_read_names_the_field(half_year: Path) -> None:
    done = quorate("act", half_year, "floor.call", "opens=soon", check=False)
    assert done.returncode == 2
    assert "opens" in done.stderr
    done = quorate("act", half_year, "floor.dance", check=False)
    assert done.returncode == 2


def test_a_refusal_cites_the_rule(half_year: Path) -> None:
    someone = next(people()).email
    done = quorate("act", half_year, "floor.close", "--as", someone, "--json", check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["refused"]["rule"] in ("floor.close", "floor.chaired_by")


MEMBERS = """name;email;branch
Ruth Adeyemi;ruth@example.org;NG
;nobody@example.org;NG
Piotr Novak;piotr@example;NG
Grace Byrne;grace@example.org;XX
Grace Byrne;RUTH@example.org;NG
"""


def test_import_shows_each_bad_line_and_takes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "closed-slate")
    for kind, text in (
        ("regions", "code,name\nNO,North\n"),
        ("branches", "code,name,region\nNG,Northgate,NO\n"),
    ):
        (tmp_path / "a.csv").write_text(text)
        quorate("import", folder, kind, tmp_path / "a.csv")
    (tmp_path / "m.csv").write_text(MEMBERS)
    done = quorate("import", folder, "members", tmp_path / "m.csv", check=False)
    assert done.returncode == 1
    for line in ("line 3: name is missing", "line 4:", "line 5: there is no branch XX", "line 6:"):
        assert line in done.stderr
    twice = MEMBERS.replace("name;", "name;Name;", 1)
    (tmp_path / "m.csv").write_text(twice)
    done = quorate("import", folder, "members", tmp_path / "m.csv", check=False)
    assert "Line 1 names the column name twice" in done.stderr
    since = "name,email,branch,claimed_since\nAda Byron,ada@example.org,NG,3999-99-99\n"
    (tmp_path / "m.csv").write_text(since)
    done = quorate("import", folder, "members", tmp_path / "m.csv", check=False)
    assert "line 2: claimed_since is no date such as 2019-05-31" in done.stderr
    good = "\n".join(MEMBERS.splitlines()[:2]) + "\n"
    (tmp_path / "m.csv").write_text(good)
    quorate("import", folder, "members", tmp_path / "m.csv", "--preview")
    said = json.loads(quorate("import", folder, "members", tmp_path / "m.csv", "--json").stdout)
    (made,) = said.pop("made")
    assert said == {"imported": 1, "refused": []}
    assert made.pop("member").startswith("m-")
    assert made == {
        "entry": 3,
        "name": "Ruth Adeyemi",
        "email": "ruth@example.org",
        "branch": "NG",
    }
    done = quorate("import", folder, "members", tmp_path / "m.csv", check=False)
    assert "has the address" in done.stderr


def test_first_officers_come_from_a_table(tmp_path: Path) -> None:
    made = union(tmp_path / "org")
    table = tmp_path / "o.csv"
    table.write_text(
        "office,place,email\n"
        "branch-secretary,NG,ruth@example.org\n"
        "branch-secretary,,ruth@example.org\n"
        "treasurer,,ruth@example.org\n"
        "chair,NG,ruth@example.org\n"
        "chair,,nobody@example.org\n"
        "branch-secretary,NG,RUTH@example.org\n"
    )
    done = quorate("import", made.folder, "officers", table, check=False)
    assert done.returncode == 1
    for line in (
        "line 3: the rulebook has branch-secretary by region or branch: name it",
        "line 4: the rulebook has no treasurer; it has steering-committee",
        "line 5: the rulebook has no chair in NG",
        "line 6: no member has the address nobody@example.org",
        "line 7:",
    ):
        assert line in done.stderr
    table.write_text("office,place,email\nbranch-secretary,NG,ruth@example.org\n")
    said = quorate("import", made.folder, "officers", table).stdout
    assert f"{made.members['ruth']}  branch-secretary  NG" in said
    assert "1 imported" in said


def test_personal_data_is_not_in_the_record(whole_export: Path) -> None:
    record = quorate("entries", whole_export).stdout
    assert len(record.splitlines()) > 1_000
    assert "@example.org" not in record
    assert not (whole_export / "people.jsonl").exists()
    texts = (whole_export / "documents.jsonl").read_text()
    assert "@example.org" not in texts


def test_the_pure_part_verifies_without_django(whole_export: Path) -> None:
    import subprocess
    import sys

    program = (
        "import sys\n"
        "for name in ('django', 'sqlite3', 'psycopg', 'allauth', 'ninja'):\n"
        "    sys.modules[name] = None\n"
        "from quorate.cli.main import app\n"
        f"app(['verify', {str(whole_export)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Nothing wrong was found" in done.stdout


def test_whoever_asks_is_told_what_the_record_comes_to(whole_export: Path) -> None:
    """Two who replayed it compare one line instead of two databases."""
    from quorate.record import folder, state_digest
    from quorate.record.verify import verify

    told = verified(whole_export, "--digest")["state"]
    assert told == state_digest.digest(verify(folder.open_export(whole_export)).state)
    assert "state" not in verified(whole_export)
