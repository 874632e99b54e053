"""A witness at work: what it has cosigned it remembers, whatever happens to it."""

from __future__ import annotations

import stat
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from quorate.record import checkpoint, cosignature, note, tree, witness, witness_folder
from quorate.record.checkpoint import Checkpoint
from quorate.record.witness import Refused
from quorate.record.witness_replies import to_checkpoint

ORIGIN = "record.example"
SIGNING, LOG = note.generate_key(ORIGIN, bytes(32))
SEEDS = (b"1" * 32, b"2" * 32)
LEVELS = tree.levels([tree.leaf_hash(str(n).encode()) for n in range(200)])
FORKED = tree.levels([tree.leaf_hash(f"{n}!".encode()) for n in range(200)])


def request(old: int, size: int, levels: tree.Levels = LEVELS) -> bytes:
    signed = checkpoint.sign(Checkpoint(ORIGIN, size, levels.root_of(0, size)), SIGNING)
    return witness.write(old, levels.consistency(old, size) if old else (), signed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "witness"
    witness_folder.make(path, "witness.example/north", SEEDS)
    witness_folder.watch(path, LOG)
    return path


def again(folder: Path) -> witness_folder.Watching:
    """The witness, as a process that starts anew finds it."""
    return witness_folder.open_folder(folder)


def test_it_cosigns_with_both_its_keys_and_shows_what_it_saw(folder: Path) -> None:
    watching = again(folder)
    lines = watching.answer(request(0, 50), 1_000)
    assert isinstance(lines, str)
    public = (folder / "witness.vkeys").read_text().split()
    cosigners = [cosignature.read_cosigner(key) for key in public]
    signed = request(0, 50).decode().split("\n\n", 1)[1]
    assert cosignature.cosigned(signed + lines, cosigners) == dict.fromkeys(cosigners, 1_000)
    seen = watching.seen(witness_folder.hashed(ORIGIN))
    assert seen == signed + lines
    assert watching.seen(witness_folder.hashed("another.example")) is None
    assert watching.seen("../witness.keys") is None


def test_it_remembers_after_it_was_stopped(folder: Path) -> None:
    assert isinstance(again(folder).answer(request(0, 50), 1), str)
    assert again(folder).answer(request(0, 50), 2) == Refused(409, "50\n")
    answer = again(folder).answer(request(50, 90, FORKED), 3)
    assert isinstance(answer, Refused)
    assert answer.status == 422
    assert isinstance(again(folder).answer(request(50, 90), 4), str)
    assert isinstance(again(folder).answer(request(90, 90), 5), str), "the same, at a later time"


def test_a_signature_of_somebody_else_is_not_passed_on(folder: Path) -> None:
    stranger, _ = cosignature.generate_key("stranger.example", bytes(32), cosignature.ED25519)
    body = request(0, 50).decode()
    text = body.split("\n\n")[1] + "\n"
    body += cosignature.cosign(text, stranger, 9)
    watching = again(folder)
    assert isinstance(watching.answer(body.encode(), 1), str)
    assert "stranger" not in (watching.seen(witness_folder.hashed(ORIGIN)) or "")


def test_of_two_histories_at_once_it_cosigns_one(folder: Path) -> None:
    watching = again(folder)
    bodies = [request(0, size, levels) for size in range(1, 30) for levels in (LEVELS, FORKED)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: watching.answer(body, 1), bodies))
    assert sum(isinstance(answer, str) for answer in answers) == 1


def test_an_unknown_record_is_not_cosigned(folder: Path) -> None:
    signing, _ = note.generate_key("another.example", bytes(32))
    signed = checkpoint.sign(Checkpoint("another.example", 1, bytes(32)), signing)
    answer = again(folder).answer(witness.write(0, (), signed), 1)
    assert isinstance(answer, Refused)
    assert answer.status == 404


def test_of_two_processes_that_are_it_one_decides_at_a_time(folder: Path) -> None:
    """Each knows what the other has cosigned, and neither cosigns another history."""
    bodies = [request(0, size, levels) for size in range(1, 12) for levels in (LEVELS, FORKED)]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        answers = list(pool.map(_answered, [folder] * len(bodies), bodies))
    assert sum(isinstance(answer, str) for answer in answers) == 1


def _answered(folder: Path, body: bytes) -> str | Refused:
    return again(folder).answer(body, 1)


def test_its_keys_are_its_own(folder: Path) -> None:
    assert stat.S_IMODE((folder / "witness.keys").stat().st_mode) == 0o600
    assert again(folder).public_keys() == (folder / "witness.vkeys").read_text().split()


def test_a_record_that_is_added_while_it_works_is_cosigned(tmp_path: Path) -> None:
    path = tmp_path / "witness"
    witness_folder.make(path, "witness.example/south", SEEDS)
    watching = again(path)
    refused = watching.answer(request(0, 50), 1)
    assert isinstance(refused, Refused)
    witness_folder.watch(path, LOG)
    assert isinstance(watching.answer(request(0, 50), 1), str)


def test_what_cannot_be_used_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(witness_folder.NoWitness, match="is there already"):
        witness_folder.make(folder, "witness.example", SEEDS)
    with pytest.raises(witness_folder.NoWitness, match="no spaces and no plus"):
        witness_folder.make(tmp_path / "other", "a witness", SEEDS)
    with pytest.raises(witness_folder.NoWitness, match=r"It watches record\.example already"):
        witness_folder.watch(folder, LOG)
    with pytest.raises(witness_folder.NoWitness, match="cannot be used"):
        witness_folder.watch(folder, "nonsense")
    with pytest.raises(witness_folder.NoWitness, match="Is this a witness"):
        witness_folder.open_folder(tmp_path)
    (folder / "records").write_text("nonsense\n")
    with pytest.raises(witness_folder.NoWitness, match="records, line 1"):
        witness_folder.open_folder(folder)


@pytest.mark.parametrize("damage", [b"", b"\xff", b"record.example\n3\n"])
def test_what_it_saw_last_and_cannot_read_is_not_taken_for_nothing(
    folder: Path, damage: bytes
) -> None:
    watching = again(folder)
    assert isinstance(watching.answer(request(0, 50), 1), str)
    seen = folder / "seen" / witness_folder.hashed(ORIGIN)
    seen.write_bytes(damage)
    for old in (0, 50):
        reply = to_checkpoint(watching, request(old, 60), 1)
        assert (reply.status, "damaged" in reply.said) == (500, True), reply


def test_a_full_disk_is_said_and_nothing_is_cosigned(folder: Path) -> None:
    watching = again(folder)
    assert isinstance(watching.answer(request(0, 50), 1), str)
    before = watching.seen(witness_folder.hashed(ORIGIN))
    part = folder / "seen" / f"{witness_folder.hashed(ORIGIN)}.part"
    part.mkdir()  # what is to be kept cannot be written
    reply = to_checkpoint(watching, request(50, 60), 1)
    assert (reply.status, "cannot be written" in reply.said) == (500, True), reply
    part.rmdir()
    assert watching.seen(witness_folder.hashed(ORIGIN)) == before
    assert isinstance(watching.answer(request(50, 60), 1), str)


def test_a_record_is_added_to_a_list_that_somebody_wrote_by_hand(folder: Path) -> None:
    records = folder / "records"
    records.write_text(records.read_text().rstrip("\n"))
    _, other = note.generate_key("another.example", bytes(32))
    witness_folder.watch(folder, other)
    assert isinstance(again(folder).answer(request(0, 50), 1), str)
    records.write_bytes(b"\xff")
    with pytest.raises(witness_folder.NoWitness, match="damaged"):
        witness_folder.open_folder(folder)
