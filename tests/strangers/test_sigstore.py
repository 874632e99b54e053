"""The proofs of our log, checked by Sigstore's verifier (npm's @sigstore/verify), unmodified."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from quorate import base64_text
from quorate.record import checkpoint, folder, log_files, tree
from support.strangers import SIGSTORE

PROGRAM = Path(__file__).with_name("sigstore") / "check.js"

pytestmark = pytest.mark.xdist_group("strangers")

Proof = dict[str, object]


def said_of(proofs: list[Proof]) -> list[str]:
    """What it says of each."""
    node = shutil.which("node")
    if node is None or not (SIGSTORE / "node_modules").exists():
        pytest.skip("Node or @sigstore/verify is not installed (sh tests/support/strangers.sh)")
    done = subprocess.run(
        [node, str(PROGRAM), str(SIGSTORE)],
        input="".join(json.dumps(proof) + "\n" for proof in proofs),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.fixture
def proofs(export: Path) -> list[Proof]:
    """Of every tenth entry, in the whole record."""
    entries = list(log_files.entries(export))
    grown = tree.levels([tree.leaf_hash(entry) for entry in entries])
    signed = checkpoint.read(folder.open_export(export).checkpoint)
    return [
        {
            "entry": base64_text.write(entries[index]),
            "index": str(index),
            "path": [base64_text.write(node) for node in grown.inclusion(index, signed.size)],
            "size": str(signed.size),
            "root": base64_text.write(signed.root),
        }
        for index in [*range(0, signed.size, 10), signed.size - 1]
    ]


def test_it_accepts_every_proof(proofs: list[Proof]) -> None:
    assert len(proofs) > 100
    assert said_of(proofs) == ["included"] * len(proofs)


def test_it_refuses_altered_ones(proofs: list[Proof]) -> None:
    proof, other = proofs[50], proofs[51]
    root = base64_text.write(bytes(32))
    altered: list[Proof] = [
        proof | {"index": other["index"]},
        proof | {"entry": other["entry"]},
        proof | {"path": other["path"]},
        proof | {"root": root},
        proof | {"path": []},
    ]
    told = said_of([proof, *altered])
    assert told[0] == "included"
    assert len(told) == 6
    assert all("hash" in one for one in told[1:]), told
