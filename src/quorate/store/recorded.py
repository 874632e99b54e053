"""What the write lane answers."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Refusal
from quorate.organisation import BadAct
from quorate.store import checkpoints
from quorate.store.handing_in import Kept


@dataclass(frozen=True, slots=True)
class Written:
    """What was put into the database with an act: its entry, what stands behind its commitments,
    and the checkpoint over it."""

    data: bytes
    kept: tuple[Kept, ...]
    signed: checkpoints.Signed


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act that stands in the record. ``again``: it had been handed in under its key before; else
    ``written`` just now."""

    sequence: int
    time: int
    again: bool = False
    written: Written | None = None


class KeyUsed(Exception):
    """The idempotency key was used before for something else."""


Failure = KeyUsed | BadAct
"""What is wrong with an act apart from the rules, and is known in the lane only."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Of acts that belong together nothing is recorded, because of the one at ``place``, from 0."""

    place: int
    because: Refusal | Failure
