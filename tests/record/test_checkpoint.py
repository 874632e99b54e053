"""Checkpoints: C2SP tlog-checkpoint."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import checkpoint, note
from quorate.record.checkpoint import Checkpoint

SIGNING, VERIFIER = note.generate_key("record.example", bytes(range(32)))
KEY = note.read_verifier(VERIFIER)
STRANGER = note.read_verifier(note.generate_key("record.example", bytes(32))[1])
ROOT = base64.b64encode(bytes(32)).decode()


def test_the_specifications_example_is_read() -> None:
    """Its key is not published, so that its signature cannot be checked."""
    read = checkpoint.read(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u"
        "5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert read.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"


@given(
    st.integers(0, 2**62),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text("abc é", min_size=1), max_size=2),
)
def test_checkpoints_are_read_as_signed(size: int, root: bytes, extensions: list[str]) -> None:
    made = Checkpoint("record.example", size, root, tuple(extensions))
    signed = checkpoint.sign(made, SIGNING)
    assert checkpoint.open_checkpoint(signed, KEY) == made
    assert checkpoint.read(signed) == made


def test_the_text_is_three_lines() -> None:
    made = Checkpoint("record.example", 7, bytes(32))
    assert made.text() == f"record.example\n7\n{ROOT}\n"


@given(st.data())
def test_no_changed_letter_is_believed(draw: st.DataObject) -> None:
    signed = checkpoint.sign(Checkpoint("record.example", 12, bytes(32)), SIGNING)
    place = draw.draw(st.integers(0, len(signed) - 1))
    letter = draw.draw(st.characters(exclude_categories=["Cs"]))
    changed = signed[:place] + letter + signed[place + 1 :]
    if changed != signed:
        with pytest.raises(checkpoint.BadCheckpoint):
            checkpoint.open_checkpoint(changed, KEY)


def test_another_key_is_not_believed() -> None:
    signed = checkpoint.sign(Checkpoint("record.example", 1, bytes(32)), SIGNING)
    with pytest.raises(checkpoint.BadCheckpoint, match="none of the known keys"):
        checkpoint.open_checkpoint(signed, STRANGER)


def test_another_records_checkpoint_is_not_believed() -> None:
    signed = note.sign(f"other.example\n1\n{ROOT}\n", SIGNING)
    with pytest.raises(checkpoint.BadCheckpoint, match=r"of other\.example"):
        checkpoint.open_checkpoint(signed, KEY)


@pytest.mark.parametrize(
    "text",
    [
        "record.example\n1\n",
        f"\n1\n{ROOT}\n",
        f"record.example\n01\n{ROOT}\n",
        f"record.example\n-1\n{ROOT}\n",
        f"record.example\n+1\n{ROOT}\n",
        f"record.example\n 1\n{ROOT}\n",
        f"record.example\n²\n{ROOT}\n",
        f"record.example\n١\n{ROOT}\n",
        f"record.example\n{'9' * 5_000}\n{ROOT}\n",
        f"record.example\n1\n{ROOT[:-1]}\n",
        "record.example\n1\nAAAA\n",
        f"record.example\n1\n{ROOT[:-2]}B=\n",
        f"record.example\n1\n{ROOT}\n\nan empty line before this one\n",
        f"record.example\n1\n{ROOT}\n\n",
    ],
)
def test_signed_or_not_what_is_no_checkpoint_is_refused(text: str) -> None:
    signed = note.sign(text, SIGNING)
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.open_checkpoint(signed, KEY)
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.read(signed)


@pytest.mark.parametrize(
    "made",
    [
        Checkpoint("", 1, bytes(32)),
        Checkpoint("two\nlines", 1, bytes(32)),
        Checkpoint("record.example", -1, bytes(32)),
        Checkpoint("record.example", 1, bytes(31)),
        Checkpoint("record.example", 1, bytes(32), ("",)),
        Checkpoint("record.example", 1, bytes(32), ("a\nb",)),
    ],
)
def test_what_nobody_could_read_is_not_signed(made: Checkpoint) -> None:
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.sign(made, SIGNING)
