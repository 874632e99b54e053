"""The mutations: each a kind of change that somebody could make, drawn from a number.

    PYTHONPATH=src:tests .venv/bin/python -m support.mutating.mutations PRESET NUMBER

makes the mutation of this number again, and says what checking it finds.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from quorate.record import folder, report, verify
from support.mutating import in_files, in_history, in_signed
from support.mutating.mutation import Mutation
from support.mutating.original import Original, original

KINDS: Mapping[str, tuple[int, Callable[[Original, Random], Mutation]]] = {
    "bytes": (16, in_files.some_bytes),
    "files": (5, in_files.whole_files),
    "older tiles": (3, in_files.older_tiles),
    "openings": (7, in_files.openings),
    "entries": (40, in_history.entries_changed),
    "entry's bytes": (6, in_history.entry_bytes),
    "truly otherwise": (4, in_history.truly_otherwise),
    "checkpoint": (5, in_signed.checkpoint),
    "witnessed": (6, in_signed.witnessed),
    "receipts": (8, in_signed.receipts),
}
"""Kind → how many of a hundred mutations are of it, and how one is made."""


def mutation(original: Original, number: int) -> Mutation:
    """The mutation of this number; each number's is the same every time."""
    rng = Random(number)
    kind = rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    return KINDS[kind][1](original, rng)


def main(preset: str, number: str) -> None:
    """Says what the mutation is and what checking it finds, without receipts but its own."""
    true = original(preset)
    made = mutation(true, int(number))
    print(f"{made.kind}, signed by {made.signed_by}: {made.how}")
    with tempfile.TemporaryDirectory() as place:
        for path, data in made.files.items():
            Path(place, path).parent.mkdir(parents=True, exist_ok=True)
            Path(place, path).write_bytes(data)
        opened = folder.open_export(Path(place))
        found = verify.verify(opened, true.verifier, made.receipts, policy=true.policy)
    print(*report.in_plain_words(found), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
