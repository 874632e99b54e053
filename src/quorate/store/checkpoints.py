"""The checkpoints that were signed over the record."""

from __future__ import annotations

from quorate.store.models import Checkpoint


def latest() -> Checkpoint | None:
    """The one over the longest record; None while the record is empty."""
    return Checkpoint.objects.order_by("-size").first()
