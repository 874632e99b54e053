"""Programs that verify elections in the Belenios format and that nobody here wrote: belenios-tool,
of Debian, and sirona, of npm. Where one is not installed the test is skipped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import bel
from support.strangers import PLACE

SIRONA = PLACE / "sirona" / "node_modules" / "sirona" / "dist" / "cli" / "sirona.js"

GROUP = ("--group", "BELENIOS-2048")


def sirona(content: bytes, folder: Path) -> tuple[int, str]:
    """sirona's exit status for an archive, and what it says."""
    node = shutil.which("node")
    if node is None or not SIRONA.exists():
        pytest.skip("Node or sirona is not installed (sh tests/support/strangers.sh)")
    put_into(folder, content)
    done = subprocess.run(
        [node, str(SIRONA), "election", "verify"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def verified_by_tool(content: bytes, folder: Path) -> tuple[int, str]:
    """belenios-tool's exit status for an archive, and what it says."""
    put_into(folder, content)
    done = _tool(folder, "election", "verify")
    return done.returncode, done.stdout + done.stderr


def put_into(folder: Path, content: bytes) -> Path:
    """The archive as the only one of the folder, by its election's name."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.bel"):
        old.unlink()
    _timestamp, steps = bel.taken_apart(content)
    file = folder / f"{steps[0].json()['uuid']}.bel"
    file.write_bytes(content)
    return file


class ToolElection:
    """An election that belenios-tool holds, in a folder. ``trustees``: how many alone; with
    ``threshold`` (t, n), n more of whom t decrypt, in the form of its version. ``roll``: of
    credentials that others made for the election of an identifier."""

    def __init__(
        self,
        folder: Path,
        questions: Any,
        voters: int,
        *,
        trustees: int,
        threshold: tuple[int, int] | None = None,
        roll: Callable[[str], bytes] | None = None,
    ) -> None:
        self.folder = folder
        folder.mkdir()
        self.uuid = self.tool("setup", "generate-token").strip()
        self.tool(
            "setup", "generate-credentials", "--uuid", self.uuid, *GROUP, "--count", str(voters)
        )
        public = folder / "public_creds.json"
        self._one("*.pubcreds").rename(public)
        if roll is not None:
            public.write_bytes(roll(self.uuid))
        lines = self._one("*.privcreds").read_text().split("\n")
        self.credentials = [line.split()[1] for line in lines if line]
        for _ in range(trustees):
            self.tool("setup", "generate-trustee-key", *GROUP)
        self.private = sorted(folder.glob("*.privkey"))
        keys = [file.with_suffix(".pubkey").read_text() for file in self.private]
        (folder / "public_keys.jsons").write_text("".join(keys))
        self.shares: list[Path] = []
        if threshold is not None:
            self._share(*threshold)
        self.tool("setup", "make-trustees")
        template = folder / "questions.json"
        template.write_text(json.dumps(questions))
        self.tool(
            "setup", "make-election", "--uuid", self.uuid, *GROUP, "--template", str(template)
        )
        self.tool("archive", "init")

    def tool(self, *words: str, stdin: str = "") -> str:
        """What belenios-tool answers. Raises AssertionError where it refuses."""
        done = _tool(self.folder, *words, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def content(self) -> bytes:
        return bel.one_archive(self.folder)

    def cast(self, voter: int, votes: list[list[int]]) -> None:
        credential, ballot = self.folder / "credential", self.folder / "ballot"
        credential.write_text(self.credentials[voter])
        ballot.write_text(json.dumps(votes))
        made = self.tool(
            "election", "generate-ballot", "--privcred", str(credential), "--ballot", str(ballot)
        )
        self.add("Ballot", made)

    def add(self, type: str, data: str = "") -> None:
        self.tool("archive", "add-event", f"--type={type}", stdin=data)

    def count(self, *owners: int) -> list[Any]:
        """Closes, tallies, has the trustees decrypt, and gives the result."""
        self.add("EndBallots")
        self.add("EncryptedTally", self.tool("election", "compute-encrypted-tally"))
        for owner in owners:
            number = ("--trustee-id", str(owner))
            if owner <= len(self.private):
                key = ("decrypt", "--privkey", str(self.private[owner - 1]))
            else:
                seed = self.shares[owner - 1 - len(self.private)]
                output = json.loads(seed.with_suffix(".voutput").read_text())
                sealed = seed.with_suffix(".dkey")
                sealed.write_text(output["private_key"])
                key = ("decrypt-threshold", "--key", str(seed), "--decryption-key", str(sealed))
            self.add("PartialDecryption", self.tool("election", *key, *number))
        result = self.tool("election", "compute-result")
        self.add("Result", result)
        found: list[Any] = json.loads(result)["result"]
        return found

    def _share(self, t: int, n: int) -> None:
        """The steps of its key generation."""
        step = ("setup", "generate-trustee-key-threshold", *GROUP)
        before: set[Path] = set()
        for _ in range(n):
            self.tool(*step, "--step", "1")
            new = set(self.folder.glob("*.key")) - before
            self.shares += new
            before |= new
        certs = "".join(seed.with_suffix(".cert").read_text() for seed in self.shares)
        (self.folder / "certs.jsons").write_text(certs)
        step = (*step, "--certs", "certs.jsons")
        self.tool(*step, "--step", "2")
        polynomials = "".join(
            self.tool(*step, "--key", str(seed), "--step", "3", "--threshold", str(t))
            for seed in self.shares
        )
        (self.folder / "polynomials.jsons").write_text(polynomials)
        self.tool(*step, "--step", "4", "--polynomials", "polynomials.jsons")
        for seed in self.shares:
            given = seed.with_suffix(".vinput").read_text()
            made = self.tool(*step, "--key", str(seed), "--step", "5", stdin=given)
            seed.with_suffix(".voutput").write_text(made)
        outputs = "".join(seed.with_suffix(".voutput").read_text() for seed in self.shares)
        last = (*step, "--step", "6", "--polynomials", "polynomials.jsons")
        (self.folder / "threshold.json").write_text(self.tool(*last, stdin=outputs))

    def _one(self, pattern: str) -> Path:
        (found,) = self.folder.glob(pattern)
        return found


def _tool(folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = shutil.which("belenios-tool")
    if program is None:
        pytest.skip("belenios-tool is not installed (sh tests/support/prepare.sh)")
    return subprocess.run(
        [program, *words],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"BELENIOS_USE_URANDOM": "1"},
    )
