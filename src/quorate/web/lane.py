"""This process's write lane, and the tree over the record for its receipts."""

from __future__ import annotations

from collections.abc import Container
from contextlib import suppress
from functools import cache

from django.conf import settings

from quorate.store.following import BrokenRecord
from quorate.store.lane import Lane
from quorate.store.leaves import Leaves


@cache
def lane() -> Lane:
    """The write lane: one for the process."""
    return Lane(settings.PLACE)


def leaves() -> Leaves:
    """The tree over the record: one for the process."""
    return lane().leaves


def erased(again: bool) -> Container[str]:
    """The texts that the record has erased. ``again``: by whatever process, until this moment."""
    standing = lane().standing
    if again:
        with suppress(BrokenRecord):  # it says nothing more
            standing = lane().now()
    texts: Container[str] = standing.state.erasing.texts
    return texts
