"""kill -9 at every step of append, integrate, sign and cosign: no receipt given out is broken, no
act is recorded twice, no witness cosigns two histories."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from http.client import RemoteDisconnected
from pathlib import Path

import pytest

from quorate.record import checkpoint, cosignature, note, receipt, tree, witness
from support import witness as witnesses
from support.asking import asked
from support.command import PATHS, quorate, verified
from support.dying_at import AFTER_GIVING, NUMBER, pseudonym
from support.steps import OF_A_WITNESS, STEPS

DYING = Path(__file__).parents[1] / "support" / "dying_at.py"
DYING_WITNESS = DYING.with_name("dying_witness.py")


@dataclass(frozen=True, slots=True)
class GivenOut:
    sequence: int
    member: str
    receipt: str


def run(folder: Path, step: str, *words: str) -> tuple[int, list[GivenOut]]:
    """Exit status, and what was given out."""
    done = subprocess.run(
        [sys.executable, DYING, folder, step, *words],
        capture_output=True,
        text=True,
        env=PATHS,
        timeout=200,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    lines = [line.split() for line in done.stdout.split("\n")[:-1]]
    return done.returncode, [
        GivenOut(int(sequence), member, base64.b64decode(shown).decode())
        for sequence, member, shown in lines
    ]


def test_no_receipt_is_broken(organisation: Path, tmp_path: Path) -> None:
    key = (organisation / "record.vkey").read_text().strip()
    keys = witnesses.made(tmp_path / "witness", "north.example", key)
    given: list[GivenOut] = []
    with witnesses.serving(tmp_path / "witness") as (address, _):
        named = ["name=north", f"keys={json.dumps(keys)}", f"url={address}", "branch=NG"]
        quorate("act", organisation, "witnesses.name", *named)
        before = 4
        words = {step: f"w{number}" for number, step in enumerate(STEPS)}
        for step, word in words.items():
            status, told = run(organisation, step, word)
            assert status == -signal.SIGKILL, step
            assert len(told) == AFTER_GIVING, step
            given += told
        status, told = run(organisation, "-", *words.values())
        assert status == 0
        given += told
    out = tmp_path / "out"
    quorate("export", organisation, out)
    files = []
    for number, one in enumerate(given):
        files += ["--receipt", tmp_path / f"{number}.txt"]
        files[-1].write_text(one.receipt, "utf-8")
    report = verified(out, "--key", key, *files)
    assert report["sound"], report["findings"]
    assert report["receipts"] == len(given) == len(STEPS) * (AFTER_GIVING + NUMBER)
    assert report["entries"] == before + len(STEPS) * NUMBER, "each act is there once"
    assert report["witnessed_by"] == {"north": report["entries"]}
    where = {one.member: one.sequence for one in given}
    assert where.keys() == {
        pseudonym(word, number) for word in words.values() for number in range(NUMBER)
    }
    for one in given:
        assert where[one.member] == one.sequence, "the same answer as before the kill"
        assert receipt.verify(one.receipt, key).entry.act.member == one.member


class TestWitness:
    """Whatever a witness that is killed has given out, it never cosigns another history."""

    ORIGIN = "record.example.org"
    SIGNING, VERIFIER = note.generate_key(ORIGIN, bytes(range(32)))

    def signed(self, leaves: list[bytes]) -> str:
        root = tree.levels(leaves).root_of(0, len(leaves))
        return checkpoint.sign(checkpoint.Checkpoint(self.ORIGIN, len(leaves), root), self.SIGNING)

    @pytest.mark.parametrize("step", OF_A_WITNESS)
    def test_never_cosigns_two(self, tmp_path: Path, step: str) -> None:
        path = tmp_path / "witness"
        public = witnesses.made(path, "north.example", self.VERIFIER)
        leaves = [tree.leaf_hash(bytes([number])) for number in range(8)]
        first, grown = self.signed(leaves[:5]), self.signed(leaves)
        other = self.signed([*leaves[:5], *leaves[:3]])
        proof = tree.levels(leaves).consistency(5, 8)
        forked = tree.levels([*leaves[:5], *leaves[:3]]).consistency(5, 8)
        with witnesses.serving(path) as (address, _):
            assert asked(f"{address}/add-checkpoint", witness.write(0, (), first))[0] == 200
        with subprocess.Popen(
            [sys.executable, DYING_WITNESS, step, "witness", "serve", path, "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env=PATHS,
        ) as dying:
            assert dying.stdout is not None
            address = dying.stdout.readline().split()[-1]
            with pytest.raises(RemoteDisconnected):
                asked(f"{address}/add-checkpoint", witness.write(5, proof, grown))
            assert dying.wait(timeout=20) == -signal.SIGKILL
        with witnesses.serving(path) as (address, _):
            to = f"{address}/add-checkpoint"
            status, _, said = asked(to, witness.write(5, forked, other))
            if status == 200:  # nothing of the first was given out or kept
                keys = [cosignature.read_cosigner(key) for key in public]
                assert len(cosignature.cosigned(other + said, keys)) == len(keys)
                assert asked(to, witness.write(5, proof, grown))[0] == 409
                assert asked(to, witness.write(8, (), grown))[0] == 422
            else:
                assert (status, said) == (409, "8\n")
                assert asked(to, witness.write(8, (), other))[0] == 422
                assert asked(to, witness.write(8, (), grown))[0] == 200
            kept = step in ("the last is replaced", "it is kept")
            assert (status == 409) is kept
