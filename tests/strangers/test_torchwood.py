"""torchwood, unmodified: litewitness witnesses a running server, spicy-torchwood checks receipts,
and our witness cosigns the log that spicy-torchwood keeps."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate.record import checkpoint, cosignature, note, policy, tree, witness
from support import witness as witnesses
from support.asking import asked
from support.command import quorate, verified
from support.serving import served
from support.strangers import Litewitness, torchwood
from support.waiting import until

WORKER = Path(__file__).parents[1] / "support" / "worker.py"

pytestmark = pytest.mark.xdist_group("strangers")


def read(address: str) -> str:
    status, _, text = asked(address)
    assert status == 200, text
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "org"
    quorate("new", path, "--rules", "open-convention")
    quorate("act", path, "membership.open_region", "code=NO", "name=North")
    quorate("act", path, "membership.open_branch", "code=NG", "name=Northgate", "region=NO")
    return path


def key_of(folder: Path) -> str:
    return (folder / "record.vkey").read_text("utf-8").strip()


def more(folder: Path, code: str) -> None:
    quorate("act", folder, "membership.open_region", f"code={code}", f"name={code}")


class TestLitewitness:
    @pytest.fixture
    def at_work(self, folder: Path, tmp_path: Path) -> Iterator[str]:
        """It is named as Northgate's witness; its public key."""
        with Litewitness(tmp_path / "lite", key_of(folder)).serving() as (address, key):
            fields = ["name=lite", f"keys={json.dumps([key])}", f"url={address}", "branch=NG"]
            quorate("act", folder, "witnesses.name", *fields)
            yield key

    def cosigned(self, address: str, key: str) -> int:
        """The size of the latest checkpoint, if it has cosigned that; else 0."""
        text = read(f"{address}/checkpoint")
        found = cosignature.cosigned(text, [cosignature.read_cosigner(key)])
        return checkpoint.read(text).size if found else 0

    def test_cosigns_a_running_server(self, folder: Path, at_work: str, tmp_path: Path) -> None:
        with served(folder) as address:
            until(lambda: self.cosigned(address, at_work) == 4)
            for number in range(5):
                more(folder, f"A{number}")
            until(lambda: self.cosigned(address, at_work) == 9)
            until(lambda: "to entry 8" in read(f"{address}/record/witnesses"))
        trusted = f"log {key_of(folder)}\nwitness lite {at_work}\nquorum lite\n"
        assert policy.read(trusted).witnesses
        (tmp_path / "policy").write_text(trusted, "utf-8")
        quorate("export", folder, tmp_path / "out")
        report = verified(tmp_path / "out", "--policy", tmp_path / "policy")
        assert report["sound"], report["findings"]
        assert report["trusted_to"] == 9

    def test_refuses_another_history(self, folder: Path, at_work: str, tmp_path: Path) -> None:
        shutil.copytree(folder, tmp_path / "copy")
        for code in ("A1", "A2"):
            more(folder, code)
        with served(folder) as address:
            until(lambda: self.cosigned(address, at_work) == 6)
        copy = tmp_path / "copy"
        with served(copy) as address:
            until(lambda: "has signed a longer record" in read(f"{address}/record/witnesses"))
            for code in ("B1", "B2", "B3"):
                more(copy, code)
            until(lambda: "is not continued by this" in read(f"{address}/record/witnesses"))
            assert self.cosigned(address, at_work) == 0


def test_litewitness_is_given_the_new_key(folder: Path, tmp_path: Path) -> None:
    """It cosigns the checkpoint with the change by the old key, later ones when it has the new."""
    old = key_of(folder)
    lite = Litewitness(tmp_path / "lite", old)

    def cosigned_size() -> int:
        text = read(f"{server}/checkpoint")
        found = cosignature.cosigned(text, [cosignature.read_cosigner(key)])
        return checkpoint.read(text).size if found else 0

    with lite.serving() as (address, key):
        fields = ["name=lite", f"keys={json.dumps([key])}", f"url={address}", "branch=NG"]
        quorate("act", folder, "witnesses.name", *fields)
        quorate("key", "new", folder)
        with served(folder) as server:
            until(lambda: cosigned_size() == 4)
            new = json.loads(quorate("key", "rotate", folder, "--json").stdout)["keys"][0]
            until(lambda: cosigned_size() == 5)
            more(folder, "A1")
            until(lambda: "does not know this record" in read(f"{server}/record/witnesses"))
            lite.exchange(old, new)
            until(lambda: cosigned_size() == 6)
    (tmp_path / "policy").write_text(f"log {new}\nwitness lite {key}\nquorum lite\n", "utf-8")
    quorate("export", folder, tmp_path / "out")
    report = verified(tmp_path / "out", "--key", old, "--policy", tmp_path / "policy")
    assert report["sound"], report["findings"]
    assert report["trusted_to"] == 6


class TestReceipts:
    @pytest.fixture
    def receipts(self, folder: Path) -> list[str]:
        """Of twenty members who are admitted."""
        words = [sys.executable, str(WORKER), str(folder), "w", "20", "1"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
        return [base64.b64decode(line.split()[2]).decode() for line in done.stdout.splitlines()]

    def part(self, receipt: str, name: str) -> str:
        after = receipt.split(f"-----BEGIN {name}-----\n")[1]
        return after.split(f"-----END {name}-----")[0]

    def status(self, tmp_path: Path, key: str, entry: str, proof: str) -> int:
        """What its checking comes to: of a tlog-proof it takes all but the line with its name."""
        file = tmp_path / "entry"
        file.write_text(entry, "utf-8")
        name, _, rest = proof.partition("\n")
        assert name == "c2sp.org/tlog-proof@v1"
        file.with_name("entry.spicy").write_text(rest, "utf-8")
        words = [torchwood("spicy-torchwood"), "-verify", key, file]
        return subprocess.run(words, capture_output=True, timeout=60).returncode

    def test_are_accepted_and_altered_ones_are_not(
        self, folder: Path, receipts: list[str], tmp_path: Path
    ) -> None:
        key = key_of(folder)
        parts = [
            (self.part(r, "ENTRY").removesuffix("\n"), self.part(r, "PROOF")) for r in receipts
        ]
        assert len(parts) == 20
        for entry, proof in parts:
            assert self.status(tmp_path, key, entry, proof) == 0
        (entry, proof), (other, _) = parts[7], parts[8]
        assert self.status(tmp_path, key, other, proof) == 1
        assert self.status(tmp_path, key, entry.replace("NG", "SG"), proof) == 1
        assert self.status(tmp_path, key, entry, proof.replace("index ", "index 1")) == 1
        _, strangers = note.generate_key(key.partition("+")[0], bytes(32))
        assert self.status(tmp_path, strangers, entry, proof) == 1


def test_our_witness_cosigns_its_log(tmp_path: Path) -> None:
    """The log that spicy-torchwood keeps of the files that it has signed."""
    log = tmp_path / "log"
    log.mkdir()

    def spicy(*words: object) -> str:
        command = [torchwood("spicy-torchwood"), "-key", tmp_path / "key", "-assets", log, *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout + done.stderr

    said = spicy("-init", "third.example/log")
    (key,) = [line.split()[-1] for line in said.splitlines() if "Public key" in line]
    made = tmp_path / "witness"
    keys = witnesses.made(made, "north.example", key)
    public = [cosignature.read_cosigner(one) for one in keys]
    leaves: list[bytes] = []
    with witnesses.serving(made) as (address, _):
        for number in range(7):
            file = tmp_path / f"file{number}"
            file.write_text(f"file {number}", "utf-8")
            spicy(file)
            signed = (log / "latest").read_text("utf-8")
            leaves.append(tree.leaf_hash((log / str(number)).read_bytes()))
            proof = tree.levels(leaves).consistency(number, number + 1) if number else ()
            body = witness.write(number, proof, signed)
            status, _, lines = asked(f"{address}/add-checkpoint", body)
            assert status == 200, lines
            assert len(cosignature.cosigned(signed + lines, public)) == len(public)
            assert checkpoint.read(signed).size == number + 1
        forged = witness.write(3, (), signed)
        assert asked(f"{address}/add-checkpoint", forged)[0] == 409
