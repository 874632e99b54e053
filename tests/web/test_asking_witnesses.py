"""The server asks real witnesses, says who has cosigned what, and loudly when one has seen another
record."""

from __future__ import annotations

import json
import re
import shutil
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from quorate.record import checkpoint, note, policy
from support import witness
from support.caught import WITNESS, caught_by
from support.command import quorate, verified
from support.serving import served
from support.waiting import until

PAUSE = 10_000
"""ms between two times that a witness in trouble is asked (store/witnessing.py)."""

NAMES = ("north", "south", "dockers")


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        text: str = answer.read().decode()
    return text


class Watched:
    """An organisation with a witness of each of two branches and one of another organisation."""

    def __init__(self, folder: Path, witnesses: Path) -> None:
        self.folder, self.witnesses = folder, witnesses
        quorate("new", folder, "--rules", "open-convention")
        quorate("act", folder, "membership.open_region", "code=R", "name=Riverside")
        for branch in ("NORTH", "SOUTH"):
            quorate("act", folder, "membership.open_branch", f"code={branch}", "name=B", "region=R")
        self.key = (folder / "record.vkey").read_text("utf-8").strip()

    def name(self, name: str, keys: list[str], address: str) -> None:
        whose = f"organisation={name}" if name == "dockers" else f"branch={name.upper()}"
        fields = [f"name={name}", f"keys={json.dumps(keys)}", f"url={address}", whose]
        quorate("act", self.folder, "witnesses.name", *fields)

    def more(self, region: str) -> None:
        """One entry more."""
        quorate("act", self.folder, "membership.open_region", f"code={region}", f"name={region}")

    def cosigners(self, address: str) -> set[str]:
        """Whose lines stand under the latest checkpoint, besides the keeper's."""
        _, signatures = note.parts(read(f"{address}/checkpoint"))
        keeper = self.key.partition("+")[0]
        return {name.partition(".")[0] for name, _, _ in signatures if name != keeper}


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    organisation = Watched(tmp_path / "org", tmp_path / "witnesses")
    with ExitStack() as at_work:
        for name in NAMES:
            path = organisation.witnesses / name
            keys = witness.made(path, f"{name}.example", organisation.key)
            address, _ = at_work.enter_context(witness.serving(path))
            organisation.name(name, keys, address)
        yield organisation


def test_everything_recorded_is_cosigned(watched: Watched, tmp_path: Path) -> None:
    with served(watched.folder) as address:
        until(lambda: watched.cosigners(address) == set(NAMES))
        watched.more("S")
        size = checkpoint.read(read(f"{address}/checkpoint")).size
        until(lambda: watched.cosigners(address) == set(NAMES))
        assert checkpoint.read(read(f"{address}/checkpoint")).size == size
        trusted = policy.read(read(f"{address}/record/witnesses/policy"))
        assert trusted.met(trusted.witnessed(read(f"{address}/checkpoint")))
        until(lambda: f"to entry {size - 1}" in read(f"{address}/record"))
        page = read(f"{address}/record/witnesses")
        assert "witnessed by 3 of 3" in page
        assert "Dockers" not in page
        assert page.count(f"to entry {size - 1},") == 3
        (tmp_path / "policy").write_text(read(f"{address}/record/witnesses/policy"), "utf-8")
    quorate("export", watched.folder, tmp_path / "out")
    report = verified(tmp_path / "out", "--key", watched.key, "--policy", tmp_path / "policy")
    assert report["sound"], report
    assert report["witnessed_by"] == dict.fromkeys(NAMES, size)
    assert report["witnessed_to"] == report["trusted_to"] == size


@caught_by(WITNESS)
def test_a_rewritten_record_is_told_by_every_witness(watched: Watched, tmp_path: Path) -> None:
    """The keeper goes back to a copy and goes on from there: another history, rightly signed."""
    shutil.copytree(watched.folder, tmp_path / "copy")
    watched.more("GONE")
    with served(watched.folder) as address:
        until(lambda: watched.cosigners(address) == set(NAMES))
        kept = read(f"{address}/checkpoint")
    (tmp_path / "kept").write_text(kept, "utf-8")
    shutil.rmtree(watched.folder)
    shutil.copytree(tmp_path / "copy", watched.folder)
    with served(watched.folder) as address:
        until(lambda: "have seen another record" in read(f"{address}/record"))
        longer, seen = "has signed a longer record than this", f"{address}/record/witnesses"
        until(lambda: read(seen).count(longer) == 3)  # each is asked in its own time
        watched.more("INSTEAD")
        watched.more("MORE")
        until(lambda: "is not continued by this" in read(f"{address}/record/witnesses"))
        assert not watched.cosigners(address)
    quorate("export", watched.folder, tmp_path / "out")
    assert verified(tmp_path / "out", "--key", watched.key)["sound"]
    report = verified(tmp_path / "out", "--key", watched.key, "--seen", tmp_path / "kept")
    assert "another history" in report["findings"][0]["what"]


def test_one_that_does_not_answer_keeps_nobody_from_acting(watched: Watched) -> None:
    path = watched.witnesses / "slow"
    keys = witness.made(path, "slow.example", watched.key)
    quorate("act", watched.folder, "membership.open_branch", "code=WEST", "name=B", "region=R")
    fields = ["name=slow", f"keys={json.dumps(keys)}", "url=http://127.0.0.1:9", "branch=WEST"]
    quorate("act", watched.folder, "witnesses.name", *fields)
    with served(watched.folder) as address:
        until(lambda: watched.cosigners(address) == set(NAMES))
        until(lambda: "did not answer just now" in read(f"{address}/record/witnesses"))
        until(lambda: re.search(r"witnessed by 3\s+of 4", read(f"{address}/record")) is not None)
        with witness.serving(path) as (elsewhere, _):
            quorate("act", watched.folder, "witnesses.dismiss", "name=slow")
            fields[2] = f"url={elsewhere}"
            quorate("act", watched.folder, "witnesses.name", *fields)
            until(lambda: "slow" in watched.cosigners(address))


@caught_by(WITNESS)
def test_a_signature_that_is_not_its_own_is_not_taken(watched: Watched) -> None:
    path = watched.witnesses / "liar"
    witness.made(path, "liar.example", watched.key)
    strangers = witness.made(watched.witnesses / "other", "liar.example", watched.key)
    quorate("act", watched.folder, "membership.open_branch", "code=WEST", "name=B", "region=R")
    with witness.serving(path) as (elsewhere, _):
        fields = ["name=liar", f"keys={json.dumps(strangers)}", f"url={elsewhere}", "branch=WEST"]
        quorate("act", watched.folder, "witnesses.name", *fields)
        with served(watched.folder) as address:
            until(lambda: "not its own" in read(f"{address}/record/witnesses"))
            assert "liar" not in watched.cosigners(address)


def test_a_server_that_was_put_back_says_so_before_anybody_acts(
    watched: Watched, tmp_path: Path
) -> None:
    """The copy's own last checkpoint is one that every witness has cosigned."""
    with served(watched.folder) as address:
        until(lambda: watched.cosigners(address) == set(NAMES))
    shutil.copytree(watched.folder, tmp_path / "copy")
    watched.more("GONE")
    with served(watched.folder) as address:
        until(lambda: watched.cosigners(address) == set(NAMES))
    with served(tmp_path / "copy") as address:
        until(lambda: "have seen another record" in read(f"{address}/record"))

        def longer() -> int:
            page = read(f"{address}/record/witnesses")
            return page.count("has signed a longer record than this")

        until(lambda: longer() == 3)
        time.sleep(PAUSE / 1000 + 2)
        assert longer() == 3, "it stays so, however often they are asked"
