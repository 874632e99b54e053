"""One spelling for each text of bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate import base64_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"foob", "Zm9vYg=="),
        (b"fooba", "Zm9vYmE="),
        (b"foobar", "Zm9vYmFy"),
    ],
)
def test_the_vectors_of_rfc_4648_section_10(data: bytes, text: str) -> None:
    assert base64_text.write(data) == text
    assert base64_text.read(text) == data


@given(st.binary(max_size=40))
def test_what_is_written_is_read(data: bytes) -> None:
    assert base64_text.read(base64_text.write(data)) == data


@pytest.mark.parametrize(
    "text", ["Zh==", "Zg", "Zg=", "Zg===", " Zg==", "Zg==\n", "Z-8=", "é", "="]
)
def test_other_spellings_are_refused(text: str) -> None:
    """The first has bits set that no byte holds."""
    with pytest.raises(ValueError, match=r"."):
        base64_text.read(text)
