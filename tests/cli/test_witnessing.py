"""`quorate witness` as a process: it answers a keeper as the protocol says, and outlives a kill."""

from __future__ import annotations

import hashlib
import http.client
import signal
from contextlib import closing
from pathlib import Path

import pytest

from quorate.record import checkpoint, cosignature, folder, log_files, note, tree, witness
from support import witness as witnesses
from support.asking import asked
from support.command import quorate
from support.witness import serving


def announced(address: str, length: int) -> int:
    """The status for a body that is only announced: one too long is refused before it is read."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
    with closing(connection):
        connection.putrequest("POST", "/add-checkpoint")
        connection.putheader("Content-Length", str(length))
        connection.endheaders()
        return connection.getresponse().status


@pytest.fixture
def made(whole_year: Path, tmp_path: Path) -> Path:
    """A witness that watches the demo's record."""
    path = tmp_path / "witness"
    witnesses.made(path, "witness.example/north", (whole_year / "record.vkey").read_text().strip())
    return path


def _without_the_second(signed: str) -> str:
    """What a witness that knows the first key only passes on."""
    return "".join(signed.splitlines(keepends=True)[:-1])


def test_it_cosigns_the_record_as_it_grows(made: Path, export: Path, whole_year: Path) -> None:
    opened = folder.open_export(export)
    grown = tree.levels([tree.leaf_hash(entry) for entry in log_files.entries(export)])
    key = (whole_year / "keys" / "record.key").read_text().splitlines()[0]
    origin = checkpoint.read(opened.checkpoint).origin
    early = checkpoint.sign(checkpoint.Checkpoint(origin, 100, grown.root_of(0, 100)), key)
    public = [cosignature.read_cosigner(k) for k in (made / "witness.vkeys").read_text().split()]
    with serving(made) as (address, process):
        status, _, lines = asked(f"{address}/add-checkpoint", witness.write(0, (), early))
        assert status == 200, lines
        assert len(cosignature.cosigned(early + lines, public)) == len(public)
        assert asked(f"{address}/add-checkpoint", witness.write(7, (), early)) == (
            409,
            "text/x.tlog.size",
            "100\n",
        )
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    with serving(made) as (address, _):
        forked = checkpoint.sign(checkpoint.Checkpoint(origin, 100, bytes(32)), key)
        assert asked(f"{address}/add-checkpoint", witness.write(100, (), forked))[0] == 422
        proof = grown.consistency(100, grown.size)
        whole = opened.checkpoint
        assert len(note.parts(whole)[1]) == 2, "it is signed with both keys"
        status, _, lines = asked(f"{address}/add-checkpoint", witness.write(100, proof, whole))
        assert status == 200, lines
        hashed = hashlib.sha256(origin.encode()).hexdigest()
        assert asked(f"{address}/{hashed}/checkpoint") == (
            200,
            "text/plain; charset=utf-8",
            _without_the_second(whole) + lines,
        )


def test_what_it_does_not_answer(made: Path) -> None:
    _, stranger = note.generate_key("stranger.example", bytes(32))
    signing, _ = note.generate_key("stranger.example", bytes(32))
    unknown = checkpoint.sign(checkpoint.Checkpoint("stranger.example", 1, bytes(32)), signing)
    with serving(made) as (address, _):
        assert asked(f"{address}/add-checkpoint", witness.write(0, (), unknown))[0] == 404
        assert asked(f"{address}/add-checkpoint", b"nonsense")[0] == 400
        assert announced(address, 2_000_000) == 413
        assert asked(f"{address}/", b"x")[0] == 404
        assert asked(f"{address}/{'0' * 64}/checkpoint")[0] == 404
        assert "It watches stranger.example." in quorate("witness", "watch", made, stranger).stdout
        assert asked(f"{address}/add-checkpoint", witness.write(0, (), unknown))[0] == 200


def test_a_wrong_call_says_so(tmp_path: Path) -> None:
    assert quorate("witness", "serve", tmp_path, check=False).returncode == 2
    assert quorate("witness", "watch", tmp_path, "key", check=False).returncode == 1
    made = quorate("witness", "new", tmp_path, "--name", "w.example", check=False)
    assert made.returncode == 1
    assert "is there already" in made.stderr
