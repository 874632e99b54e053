"""Elections drawn for the bench: seeded, so that every run counts the same files.

Candidates belong to four lists of different strength. A voter leans to one list, ranks its
candidates rather high, and stops early: half rank up to three, few rank more than ten.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CANDIDATES = 20
SEATS = 5
LISTS = 4
SEED = 2_017
CHUNK = 100_000
OUT = Path(__file__).parent / "out"


def blt_of(ballots: int) -> Path:
    """The file with so many ballots, one a line; drawn once and kept."""
    path = OUT / f"ballots-{ballots}.blt"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(f"{CANDIDATES} {SEATS}\n".encode())
            for start in range(0, ballots, CHUNK):
                file.write(_lines(_drawn(min(CHUNK, ballots - start), start)))
            names = [f'"Candidate {number}"' for number in range(1, CANDIDATES + 1)]
            file.write("\n".join(["0", *names, '"Drawn for the bench"', ""]).encode())
        part.rename(path)
    return path


def _drawn(ballots: int, start: int) -> NDArray[np.uint8]:
    """Ballots × candidates: numbers in order of preference, 0 after the last."""
    chance = np.random.default_rng([SEED, start])
    numbers = np.arange(CANDIDATES)
    strength = 1.6 - 0.12 * numbers
    leaning = chance.choice(LISTS, ballots, p=(0.38, 0.29, 0.21, 0.12))
    likes = strength + chance.gumbel(size=(ballots, CANDIDATES))
    likes += np.where(numbers % LISTS == leaning[:, None], 2.5, 0.0)
    order = np.argsort(-likes, axis=1).astype(np.uint8) + 1
    lengths = np.minimum(chance.geometric(0.22, ballots), CANDIDATES)
    order[numbers >= lengths[:, None]] = 0
    return order


def _lines(orders: NDArray[np.uint8]) -> bytes:
    """The same as lines of a .blt file."""
    text = np.zeros((len(orders), 1 + 3 * CANDIDATES + 3), np.uint8)
    text[:, 0] = ord("1")
    marked = orders > 0
    text[:, 1:-3:3] = np.where(marked, ord(" "), 0)
    text[:, 2:-3:3] = np.where(orders >= 10, ord("0") + orders // 10, 0)
    text[:, 3:-3:3] = np.where(marked, ord("0") + orders % 10, 0)
    text[:, -3:] = tuple(b" 0\n")
    return text[text > 0].tobytes()
