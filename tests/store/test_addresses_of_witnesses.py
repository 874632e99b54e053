"""A witness whose address is none, as older records may name it, is one that does not answer."""

from __future__ import annotations

import pytest

from quorate.chapters.witnesses.remembers import Witness
from quorate.store.checkpoints import Signed
from quorate.store.witness_client import Unreachable, has_seen, send

NONE = (
    "http://[x",
    "http://",
    "http://a.example:99999",
    "http://a.example:x",
    "http://\u2100.x",
    "x",
)


def named(url: str) -> Witness:
    return Witness(
        name="north", keys=(), url=url, branch="A1", organisation="", named=0, by="founder"
    )


@pytest.mark.parametrize("url", NONE)
def test_is_unreachable(url: str) -> None:
    last = Signed(1, "a note\n")
    with pytest.raises(Unreachable):
        send(url, 0, (), last)
    assert has_seen(named(url), last) == (0, "unreachable")
