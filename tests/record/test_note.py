"""Signed notes: what is signed is read, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate import base64_text
from quorate.record import note

SIGNING, VERIFIER = note.generate_key("record.example", bytes(range(32)))
KEY = note.read_verifier(VERIFIER)
NEXT_SIGNING, NEXT_VERIFIER = note.generate_key("record.example", bytes(32))
NEXT_KEY = note.read_verifier(NEXT_VERIFIER)
BRANCH_SIGNING, BRANCH_VERIFIER = note.generate_key("north.example", b"n" * 32)
BRANCH_KEY = note.read_verifier(BRANCH_VERIFIER)

lines = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=50)


class TestTheExamplesOfOthers:
    """The example of Go's golang.org/x/mod/sumdb/note documentation, and the one of C2SP's
    signed-note specification."""

    SIGNING = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    TEXT = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    SIGNED = (
        TEXT + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2p"
        "ZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )

    def test_the_verifier_key_is_read_and_written(self) -> None:
        known = note.read_verifier(self.VERIFIER)
        assert known.name == "PeterNeumann"
        assert known.key_id.hex() == "c74f20a3"
        assert known.text() == self.VERIFIER

    def test_both_keys_follow_from_the_seed(self) -> None:
        seed = base64_text.read(self.SIGNING.split("+", 4)[4])[1:]
        assert note.generate_key("PeterNeumann", seed) == (self.SIGNING, self.VERIFIER)

    def test_the_same_note_is_signed(self) -> None:
        assert note.sign(self.TEXT, self.SIGNING) == self.SIGNED

    def test_the_note_is_believed(self) -> None:
        known = note.read_verifier(self.VERIFIER)
        assert note.open_note(self.SIGNED, (known,)) == note.Note(self.TEXT, ("PeterNeumann",))
        with pytest.raises(note.BadNote, match="false"):
            note.open_note(self.SIGNED.replace("answer", "Answer"), (known,))

    def test_the_second_signature_of_a_stranger_is_ignored(self) -> None:
        """The doubly signed example; EnochRoot's key is not published."""
        signed = self.SIGNED + (
            "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01"
            "oOTGwnWLox33WWd1RvMc+QQ=\n"
        )
        known = note.read_verifier(self.VERIFIER)
        assert note.open_note(signed, (known,)).signed_by == ("PeterNeumann",)

    def test_the_specifications_note_is_believed(self) -> None:
        known = note.read_verifier(
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        )
        signed = (
            "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq"
            "6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
        )
        assert note.open_note(signed, (known,)).text == "This is an example message.\n"

    def test_a_text_with_an_empty_line_ends_at_the_last_one(self) -> None:
        """The poem at the head of the specification; its key is not published."""
        signed = (
            "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
            "ed è subito sera.\n\n\u2014 quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO"
            "/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
        )
        assert note.text_of(signed).endswith("sole:\n\ned è subito sera.\n")


@given(st.lists(lines, min_size=1, max_size=4))
def test_what_is_signed_is_read(said: list[str]) -> None:
    text = "\n".join(said) + "\n"
    assert note.open_note(note.sign(text, SIGNING), (KEY,)) == note.Note(text, (KEY.name,))


class TestSeveralSignatures:
    SIGNED = note.sign("text\n", SIGNING, NEXT_SIGNING, BRANCH_SIGNING)

    def test_each_known_key_is_named_once(self) -> None:
        every = (KEY, NEXT_KEY, BRANCH_KEY)
        assert note.open_note(self.SIGNED, every).signed_by == ("record.example", "north.example")
        assert note.open_note(self.SIGNED, (BRANCH_KEY,)).signed_by == ("north.example",)

    def test_a_false_signature_of_the_keys_successor_spoils_it(self) -> None:
        """Two keys of one name: each known one is checked."""
        forged = note.sign("other\n", NEXT_SIGNING).split("\n\n")[1]
        spoilt = note.sign("text\n", SIGNING) + forged
        assert note.open_note(spoilt, (KEY,)).text == "text\n"
        with pytest.raises(note.BadNote, match="false"):
            note.open_note(spoilt, (KEY, NEXT_KEY))

    def test_a_stranger_with_the_same_name_is_ignored(self) -> None:
        with pytest.raises(note.BadNote, match="none of the known keys"):
            note.open_note(note.sign("text\n", NEXT_SIGNING), (KEY,))

    def test_a_stranger_with_the_same_id_is_ignored(self) -> None:
        line = note.sign("text\n", SIGNING).split("\n\n")[1].replace("record.ex", "other.ex")
        with pytest.raises(note.BadNote, match="none of the known keys"):
            note.open_note("text\n\n" + line, (KEY,))

    def test_16_signatures_are_taken_and_1000_are_not(self) -> None:
        """As many the specification asks every reader to take."""
        text, line = note.sign("text\n", SIGNING).split("\n\n")
        assert note.open_note(f"{text}\n\n{line * 16}", (KEY,)).signed_by == ("record.example",)
        with pytest.raises(note.BadNote, match="too many"):
            note.open_note(f"{text}\n\n{line * 1_000}", (KEY,))


@given(st.data())
def test_no_changed_bit_is_believed(draw: st.DataObject) -> None:
    signed = note.sign("record.example\n12\nroot\n", SIGNING).encode()
    changed = bytearray(signed)
    place = draw.draw(st.integers(0, len(signed) * 8 - 1))
    changed[place // 8] ^= 1 << place % 8
    try:
        text = bytes(changed).decode()
    except UnicodeDecodeError:
        return
    with pytest.raises(note.BadNote):
        note.open_note(text, (KEY,))


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        note.sign("text\n", SIGNING).rstrip("\n"),
        note.sign("text\n", SIGNING) + "\n",
        note.sign("text\n", SIGNING) + "more\n",
        note.sign("text\n", SIGNING).replace("\n", "\r\n"),
        note.sign("text\n", SIGNING).replace("\u2014 ", "- "),
        note.sign("text\n", SIGNING).replace("text", "te\txt"),
        note.sign("text\n", SIGNING).replace("text", "te\ud800xt"),
        "text\n\n\u2014 record.example AAAA\n",
        "text\n\n\u2014 record.example\n",
        "text\n\n\u2014  AAAAAAAA\n",
        "x" * note.MAX_NOTE + note.sign("text\n", SIGNING),
    ],
)
def test_what_is_no_note_is_refused(damaged: str) -> None:
    with pytest.raises(note.BadNote):
        note.open_note(damaged, (KEY,))


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a+b",
        "name+00000000+AAAA",
        VERIFIER[:-4],
        VERIFIER[:-1] + "B",
        VERIFIER.replace("record", "rec ord"),
        VERIFIER.replace("record", "rec\udcffrd"),
        VERIFIER.replace("record", "rec\x00rd"),
        VERIFIER.replace("record", "recorb"),
        VERIFIER.replace(KEY.key_id.hex(), KEY.key_id.hex().upper()),
        VERIFIER.replace("record.example", ""),
        SIGNING,
    ],
)
def test_a_damaged_verifier_key_is_refused(key: str) -> None:
    with pytest.raises(note.BadNote):
        note.read_verifier(key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        VERIFIER,
        SIGNING[:-4],
        SIGNING.replace("PRIVATE", "PUBLIC"),
        SIGNING.replace("record", "rec ord"),
        SIGNING.replace(KEY.key_id.hex(), "00000000"),
    ],
)
def test_a_damaged_signing_key_is_refused(key: str) -> None:
    with pytest.raises(note.BadNote):
        note.sign("text\n", key)


@pytest.mark.parametrize("text", ["", "no newline", "a\x00b\n", "a\r\n", "\ud800\n"])
def test_a_text_that_no_reader_would_take_is_not_signed(text: str) -> None:
    with pytest.raises(note.BadNote):
        note.sign(text, SIGNING)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "\ud800"])
def test_a_name_that_no_reader_would_take_gets_no_key(name: str) -> None:
    with pytest.raises(note.BadNote):
        note.generate_key(name, bytes(32))
