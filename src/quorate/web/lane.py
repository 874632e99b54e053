"""This process's write lane, and the leaves of the record for its receipts."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from quorate.store.lane import Lane
from quorate.store.receipts import Leaves


@cache
def lane() -> Lane:
    """The write lane: one for the process."""
    return Lane(settings.PLACE)


@cache
def leaves() -> Leaves:
    """The record's leaf hashes: one list for the process."""
    return Leaves()
