"""This process's write lane, and the tree over the record for its receipts."""

from __future__ import annotations

from collections.abc import Container
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
    """The texts that the record has erased. ``again``: as far as any process has recorded by now."""
    standing = lane().standing
    if again:
        try:
            standing = lane().now()
        except BrokenRecord:
            pass  # it says nothing more
    texts: Container[str] = standing.state.erasing.texts
    return texts
