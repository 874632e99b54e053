"""Signed notes and checkpoints: what is signed is read, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import checkpoint, note

SIGNING, VERIFIER = note.generate_key("record.example", bytes(range(32)))
_, STRANGER = note.generate_key("record.example", bytes(32))
KEY = note.read_verifier(VERIFIER)


def test_the_specifications_key_is_read() -> None:
    """The example key of Go's golang.org/x/mod/sumdb/note documentation."""
    known = note.read_verifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert known.name == "PeterNeumann"
    assert known.key_id.hex() == "c74f20a3"


def test_the_specifications_note_is_believed() -> None:
    """The example note of the same documentation."""
    known = note.read_verifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signed = (
        text + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2p"
        "ZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert note.open_note(signed, (known,)).text == text
    with pytest.raises(note.BadNote, match="false"):
        note.open_note(signed.replace("answer", "Answer"), (known,))


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=50))
def test_what_is_signed_is_read(line: str) -> None:
    text = line + "\n"
    assert note.open_note(note.sign(text, SIGNING), (KEY,)) == note.Note(text, (KEY.name,))


@given(st.integers(0, 2**40), st.binary(min_size=32, max_size=32))
def test_checkpoints_are_read_as_signed(size: int, root: bytes) -> None:
    made = checkpoint.Checkpoint("record.example", size, root)
    assert checkpoint.open_checkpoint(checkpoint.sign(made, SIGNING), KEY) == made


@given(st.data())
def test_a_changed_byte_is_not_believed(data: st.DataObject) -> None:
    made = checkpoint.Checkpoint("record.example", 12, bytes(32))
    signed = checkpoint.sign(made, SIGNING)
    place = data.draw(st.integers(0, len(signed) - 1))
    letter = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
    changed = signed[:place] + letter + signed[place + 1 :]
    if changed == signed:
        return
    try:
        assert checkpoint.open_checkpoint(changed, KEY) == made
    except checkpoint.BadCheckpoint:
        return


def test_another_key_is_not_believed() -> None:
    signed = checkpoint.sign(checkpoint.Checkpoint("record.example", 1, bytes(32)), SIGNING)
    with pytest.raises(checkpoint.BadCheckpoint, match="none of the known keys"):
        checkpoint.open_checkpoint(signed, note.read_verifier(STRANGER))


@pytest.mark.parametrize(
    "key", ["", "a+b", "name+00000000+AAAA", VERIFIER[:-4], VERIFIER.replace("record", "rec ord")]
)
def test_a_damaged_key_is_refused(key: str) -> None:
    with pytest.raises(note.BadNote):
        note.read_verifier(key)
