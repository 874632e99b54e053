"""Going on from an earlier check: only what is new is replayed, and nothing is taken for granted
that the record, the program or the file itself contradicts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quorate import organisation
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.state import State
from quorate.record import checkpoint, continuing, folder, made_by, snapshot, tree, verify
from quorate.record.report import Report, as_json, in_plain_words
from quorate.record.state_digest import digest
from support import forging
from support.exported import ORIGIN, SIGNING, VERIFIER, exported
from support.small import Small, founded
from support.year import delegates_elected


@pytest.fixture(scope="module")
def small() -> Small:
    return delegates_elected(founded())


@pytest.fixture
def first(small: Small, tmp_path: Path) -> Path:
    return exported(small.pure, tmp_path / "first")


@pytest.fixture
def kept(first: Path, tmp_path: Path) -> Path:
    """What a sound check of the first export has kept."""
    path = tmp_path / "kept"
    assert checked(first, path).sound
    return path


@pytest.fixture
def longer(small: Small, first: Path, tmp_path: Path) -> Path:
    """The same record with two more entries."""
    for member in small.everyone[:2]:
        yes = not small.state.membership.members[member].reachable
        small.pure.do(member, "membership.be_reachable", yes=yes)
    return exported(small.pure, tmp_path / "longer")


def checked(export: Path, kept: Path) -> Report:
    return verify.verify(folder.open_export(export), VERIFIER, continued=kept)


def sign(export: Path) -> None:
    lines = [tree.leaf_hash(data) for data in folder.entries(folder.open_export(export))]
    point = checkpoint.Checkpoint(ORIGIN, len(lines), tree.levels(lines).root_of(0, len(lines)))
    (export / "checkpoint").write_text(checkpoint.sign(point, SIGNING))


def test_only_what_is_new_is_replayed_and_comes_to_the_same(
    first: Path, kept: Path, longer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = verify.verify(folder.open_export(longer), VERIFIER)
    decided: list[Occasion] = []
    decide = organisation.decide

    def counting(state: State, act: object, occasion: Occasion) -> Refusal | None:
        decided.append(occasion)
        return decide(state, act, occasion)

    monkeypatch.setattr(organisation, "decide", counting)
    report = checked(longer, kept)
    assert report.sound
    assert report.continued == whole.entries - 2
    assert len(decided) == 2
    assert not report.thrown_away
    assert digest(report.state) == digest(whole.state)
    assert (report.votes, report.elections, report.withheld) == (
        whole.votes,
        whole.elections,
        whole.withheld,
    )


def test_the_next_check_starts_where_this_one_ended(kept: Path, longer: Path) -> None:
    checked(longer, kept)
    again = checked(longer, kept)
    assert again.sound
    assert again.continued == again.entries


def test_what_the_rules_forbid_is_found_after_the_continued_point(kept: Path, longer: Path) -> None:
    entries = forging.read(longer)
    entries[-1]["by"] = "m-" + "a" * 16
    forging.write(longer, entries)
    sign(longer)
    report = checked(longer, kept)
    assert report.continued
    assert report.findings[0].entry == len(entries) - 1
    assert report.findings[0].rule == "membership.admission"


def test_an_unsound_check_keeps_nothing(first: Path, tmp_path: Path) -> None:
    (first / "checkpoint").write_text("nothing\n")
    assert not checked(first, tmp_path / "kept").sound
    assert not (tmp_path / "kept").exists()


def test_an_unsound_check_leaves_what_was_kept(kept: Path, longer: Path) -> None:
    before = kept.read_bytes()
    (longer / "checkpoint").write_text("nothing\n")
    assert not checked(longer, kept).sound
    assert kept.read_bytes() == before


def test_an_entry_changed_below_the_continued_point_is_found(kept: Path, longer: Path) -> None:
    entries = forging.read(longer)
    place = forging.first(entries, "membership.open_branch")
    entries[place]["body"]["name"] = "Another"
    forging.write(longer, entries)
    sign(longer)
    report = checked(longer, kept)
    assert report.thrown_away == f"entry {place:,} is another than the one that was checked then"
    assert report.continued == 0
    assert "the record was rewritten" in " ".join(f.what for f in report.findings)


def test_entries_changed_in_their_bundle_alone_are_found(kept: Path, longer: Path) -> None:
    bundle = longer / "tile" / "entries" / "000"
    if not bundle.exists():
        (bundle,) = (longer / "tile" / "entries" / "000.p").iterdir()
    bundle.write_bytes(bundle.read_bytes().replace(b'"name":"', b'"name":"X', 1))
    report = checked(longer, kept)
    assert report.thrown_away
    assert not report.sound


def test_a_shorter_export_is_found(first: Path, longer: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    assert checked(longer, path).sound
    report = checked(first, path)
    assert "this export has" in report.thrown_away
    assert "its end was cut off" in " ".join(f.what for f in report.findings)


def test_a_file_of_another_record_is_thrown_away(first: Path, kept: Path) -> None:
    made = snapshot.read(kept, continuing.Checked)
    snapshot.write(kept, made._replace(origin="other.example"), continuing.Checked)
    report = checked(first, kept)
    assert report.thrown_away == "it is of another record, other.example"
    assert report.sound
    assert report.continued == 0


@pytest.mark.parametrize("where", [0, 1, 2])
def test_a_file_changed_by_hand_is_thrown_away(first: Path, kept: Path, where: int) -> None:
    data = bytearray(kept.read_bytes())
    data[(0, len(data) // 2, len(data) - 1)[where]] ^= 1
    kept.write_bytes(data)
    report = checked(first, kept)
    assert report.thrown_away == "it is cut off or was changed"
    assert report.sound
    assert checked(first, kept).continued == report.entries, "it was not written anew"


@pytest.mark.parametrize("left", [0, 1, 40, 1_000])
def test_a_file_cut_off_is_thrown_away(first: Path, kept: Path, left: int) -> None:
    kept.write_bytes(kept.read_bytes()[:left])
    assert checked(first, kept).thrown_away == "it is cut off or was changed"


def test_a_file_of_another_version_is_thrown_away(
    first: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "made_by", lambda: "0.0.1, rules 0, ffff")
    report = checked(first, kept)
    assert "another version of the program made it" in report.thrown_away
    assert made_by.made_by() in report.thrown_away


def test_a_state_that_is_not_of_its_tree_is_thrown_away(first: Path, kept: Path) -> None:
    made = snapshot.read(kept, continuing.Checked)
    state = made.value.state.at(3, 0)
    snapshot.write(kept, made._replace(value=made.value._replace(state=state)), continuing.Checked)
    assert checked(first, kept).thrown_away == "its state is not that of its tree"


def test_the_report_says_how_it_was_checked(kept: Path, longer: Path) -> None:
    report = checked(longer, kept)
    said = " ".join(in_plain_words(report))
    assert "Replayed by the rules: 2 entries." in said
    assert f"The first {report.continued:,} entries" in said
    assert json.loads(json.dumps(as_json(report)))["continued"] == report.continued
    shutil.copy(longer / "checkpoint", kept)
    assert "was thrown away" in " ".join(in_plain_words(checked(longer, kept)))
