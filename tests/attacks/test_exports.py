"""What an export holds: one moment of the record, everything that its entries name and that nobody
had erased, and nothing else. What is taken out of it, or put back, is found."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quorate.record import canonical
from support import forging
from support.caught import VERIFY, caught_by
from support.command import quorate, step, verified

Staged = tuple[Path, dict[str, Any]]
Lines = list[dict[str, Any]]


def entries(export: Path) -> Lines:
    return forging.read(export)


def changed(path: Path, change: Callable[[Lines], None]) -> None:
    """The openings of the file, changed."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_bytes(b"".join(canonical.encode(line) + b"\n" for line in lines))


def with_people(folder: Path, name: str = "moving") -> Path:
    out = folder.parent / name
    quorate("export", folder, out, "--with-people")
    return out


def words(report: dict[str, Any]) -> list[str]:
    assert not report["sound"], "the attack was not found"
    return [finding["what"] for finding in report["findings"]]


def test_what_is_handed_in_or_erased_during_an_export_does_not_make_it_accuse_itself(
    staged: Staged,
) -> None:
    folder, _ = staged
    out = folder.parent / "out"
    told = step(folder, "export", out)
    assert told["before"] == told["exported"] < told["after"]
    report = verified(out, "--key", folder / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["entries"] == told["before"]
    # Whoever was erased meanwhile had not been at the moment of the export.
    assert report["sheets"] == sum(e["act"] == "membership.admit" for e in entries(out))
    assert report["erased"] == 0


def test_the_opening_comes_with_the_close(staged: Staged) -> None:
    """An export made at once after `floor.close_vote` holds what the votes were."""
    folder, _ = staged
    told = step(folder, "close")
    out = folder.parent / "out"
    quorate("export", folder, out)
    assert [e["act"] for e in entries(out)[told["entry"] :]] == [
        "floor.close_vote",
        "floor.open_votes",
    ]


def test_an_open_vote_is_listed_as_withheld(staged: Staged) -> None:
    folder, _ = staged
    out = folder.parent / "out"
    quorate("export", folder, out)
    report = verified(out, "--key", folder / "record.vkey")
    assert report["sound"], report["findings"]
    listed = {withheld["what"]: withheld for withheld in report["withheld"]}
    assert listed["sealed votes of the floor"]["number"] == 12
    assert "before its vote is closed" in listed["sealed votes of the floor"]["because"]
    said = quorate("verify", out, "--key", folder / "record.vkey").stdout
    assert "Withheld: 12 sealed votes of the floor. Nobody may learn it before" in said


class TestPersonalSheets:
    """An export for moving holds them, and they are held against the record."""

    def test_as_they_are(self, staged: Staged) -> None:
        folder, _ = staged
        out = with_people(folder)
        report = verified(out, "--key", folder / "record.vkey")
        assert report["sound"], report["findings"]
        assert report["sheets"] == sum(e["act"] == "membership.admit" for e in entries(out))
        assert all("sheet" not in withheld["what"] for withheld in report["withheld"])

    @caught_by(VERIFY)
    def test_one_is_left_out(self, staged: Staged) -> None:
        folder, _ = staged
        out = with_people(folder)
        admitted = next(e for e in entries(out) if e["act"] == "membership.admit")

        def change(lines: Lines) -> None:
            lines[:] = [li for li in lines if li["commitment"] != admitted["body"]["person"]]

        changed(out / "people.jsonl", change)
        report = verified(out, "--key", folder / "record.vkey")
        assert len(words(report)) == 1
        assert "personal sheet is missing from this export, and no act" in words(report)[0]
        assert report["findings"][0]["entry"] == admitted["seq"]

    @caught_by(VERIFY)
    def test_one_is_changed(self, staged: Staged) -> None:
        folder, _ = staged
        out = with_people(folder)

        def change(lines: Lines) -> None:
            lines[3]["payload"] = base64.b64encode(b'{"name":"Somebody else"}').decode()

        changed(out / "people.jsonl", change)
        report = verified(out, "--key", folder / "record.vkey")
        assert words(report) == [
            "its personal sheet is not the one that was handed in: it was changed"
        ]

    @caught_by(VERIFY)
    def test_who_was_erased_is_gone_and_cannot_be_put_back(self, staged: Staged) -> None:
        folder, _ = staged
        before = with_people(folder, "before")
        told = step(folder, "erase")
        out = with_people(folder)
        report = verified(out, "--key", folder / "record.vkey")
        assert report["sound"], report["findings"]
        assert report["erased"] == 1
        (out / "people.jsonl").write_bytes((before / "people.jsonl").read_bytes())
        report = verified(out, "--key", folder / "record.vkey")
        assert len(words(report)) == 1
        assert "it is still in this export" in words(report)[0]
        assert report["findings"][0]["entry"] == told["entry"]
        assert report["findings"][0]["act"] == "membership.erase"

    @caught_by(VERIFY)
    def test_a_sheet_is_put_among_the_texts(self, staged: Staged) -> None:
        """So that everybody who gets an export reads it."""
        folder, _ = staged
        out = with_people(folder)
        sheet = (out / "people.jsonl").read_bytes().splitlines(keepends=True)[0]
        (out / "people.jsonl").unlink()
        with (out / "documents.jsonl").open("ab") as file:
            file.write(sheet)
        done = quorate("verify", out, "--key", folder / "record.vkey", check=False)
        assert done.returncode == 2
        assert "quorate/person/v1 does not belong in this file" in " ".join(done.stderr.split())
