"""An import is all or nothing: whatever stops it, wherever, nothing of it is there."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support import forging
from support.command import quorate
from support.union import founded

DYING = Path(__file__).parents[1] / "support" / "dying.py"
HEAD = "name,email,branch\n"


def entries(folder: Path) -> list[dict[str, object]]:
    out = folder.parent / f"out-{len(list(folder.parent.iterdir()))}"
    quorate("export", folder, out)
    return forging.read(out)


def roll(file: Path, number: int) -> Path:
    lines = (f"Member {n},member{n}@example.org,NG\n" for n in range(number))
    file.write_text(HEAD + "".join(lines), "utf-8")
    return file


def test_killed_while_it_imports_leaves_none(organisation: Path, tmp_path: Path) -> None:
    before = entries(organisation)
    file = roll(tmp_path / "members.csv", 1_200)
    done = subprocess.run(
        [sys.executable, DYING, "1200", "import", organisation, "members", file],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout == ""
    assert entries(organisation) == before
    said = json.loads(quorate("import", organisation, "members", file, "--json").stdout)
    assert said["imported"] == 1_200
    assert len(entries(organisation)) == len(before) + 1_200


@pytest.mark.parametrize("how", ["--preview", ""])
def test_a_line_that_a_rule_refuses_stops_all(tmp_path: Path, how: str) -> None:
    """Ruth is secretary of Northgate: she admits nobody to Southgate."""
    made = founded(tmp_path / "org")
    before = entries(made.folder)
    file = roll(tmp_path / "members.csv", 700)
    file.write_text(file.read_text() + "Somebody Else,else@example.org,SG\n", "utf-8")
    words = ("import", made.folder, "members", file, "--as", "ruth@example.org", *how.split())
    done = quorate(*words, check=False)
    assert done.returncode == 1
    assert "line 702: " in done.stderr
    assert "[membership.admission]" in done.stderr
    assert "Nothing was imported" in done.stderr
    said = json.loads(quorate(*words, "--json", check=False).stdout)
    assert said["imported"] == 0
    assert "line 702: " in said["bad"][0]
    assert entries(made.folder) == before


def test_a_preview_writes_nothing(organisation: Path, tmp_path: Path) -> None:
    before = entries(organisation)
    file = roll(tmp_path / "members.csv", 600)
    said = json.loads(
        quorate("import", organisation, "members", file, "--preview", "--json").stdout
    )
    assert said == {"lines": 600, "bad": [], "imported": 0}
    assert entries(organisation) == before


def test_a_character_that_no_text_can_hold_is_a_bad_line(
    organisation: Path, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(HEAD.encode() + b"Ada\x07Byron,ada@example.org,NG\n")
    done = quorate("import", organisation, "members", file, check=False)
    assert done.returncode == 1
    assert "line 2: name holds the control character" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_number_copied_from_an_address_book_is_taken(organisation: Path, tmp_path: Path) -> None:
    """They put marks around it that nobody sees; a name with such marks is a bad line."""
    file = tmp_path / "members.csv"
    rows = "Ada,\u202aada@example.org\u202c,NG,\u202a+44 7700 900123\u202c\n"
    rows += "\u202eBen,ben@example.org,NG,\n"
    file.write_text(HEAD.replace("\n", ",phone\n") + rows, "utf-8")
    command = ("import", organisation, "members", file, "--preview", "--json")
    said = json.loads(quorate(*command, check=False).stdout)
    (bad,) = said["bad"]
    assert bad.startswith("line 3: name holds U+202E")
