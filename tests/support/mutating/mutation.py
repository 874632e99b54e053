"""A mutation: an export that somebody changed."""

from __future__ import annotations

from dataclasses import dataclass

from support.mutating.statements import Files

KEEPER, STRANGER, NOBODY = "keeper", "stranger", "nobody"


@dataclass(frozen=True, slots=True)
class Mutation:
    """``files``: the export, changed. ``signed_by``: whose key made the checkpoint that is in it
    anew, NOBODY where it is the old one, or was changed without any key. ``receipts``: held against
    it. ``how``: what was done, in words."""

    kind: str
    files: Files
    how: str
    signed_by: str = NOBODY
    receipts: tuple[str, ...] = ()
