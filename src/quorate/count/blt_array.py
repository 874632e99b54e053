"""The papers of a plain .blt file into bundles, by NumPy alone."""

from __future__ import annotations

import numpy as np

from quorate.count.blt import MOST_PAPERS_A_LINE
from quorate.count.bundles import Bundles

_SPACES = bytes.maketrans(b",\t", b"  ")
_PLAIN = b"0123456789 \n"
_LINE = b" -1 "
"""Stands for the end of a line among the numbers."""


def read(papers: bytes, candidates: int) -> Bundles | None:
    """The papers, a bundle for each line; None if any line is not plainly one paper.

    ``papers``: whole lines, each ending with a newline. A plain paper is a weight, candidates'
    numbers, and 0. Alike lines stay bundles of their own.
    """
    text = b"\n" + papers.replace(b"\r\n", b"\n").translate(_SPACES)
    if text.translate(None, _PLAIN) or _leading_zero(text):
        return None
    numbers = np.fromstring(text.replace(b"\n", _LINE), np.int64, sep=" ")
    after_line = numbers[:-1] == -1
    starts = np.flatnonzero(after_line & (numbers[1:] != -1)) + 1
    ends = np.flatnonzero(numbers == 0)
    if len(starts) != len(ends) or not np.all(numbers[ends + 1] == -1):
        return None
    weights = numbers[starts]
    lengths = ends - starts - 1
    if not len(starts) or lengths.min() < 0 or weights.max() > MOST_PAPERS_A_LINE:
        return None
    numbers[starts] = -1
    marks = numbers[numbers > 0]
    longest = int(lengths.max())
    if longest > candidates or (len(marks) and marks.max() > candidates):
        return None
    rows = np.repeat(np.arange(len(starts)), lengths)
    places = np.arange(len(marks)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    matrix = np.zeros((len(starts), longest + 1), np.int16)
    matrix[rows, places] = marks
    return Bundles(matrix, weights, _repeating(rows, marks, len(starts), candidates))


def _leading_zero(text: bytes) -> bool:
    """Whether any number is written like 07, which is for the careful reader to judge."""
    digits = np.frombuffer(text, np.uint8)
    zeros = np.flatnonzero(digits == ord("0"))
    return bool(np.any((digits[zeros - 1] < ord("0")) & (digits[zeros + 1] >= ord("0"))))


def _repeating(rows: np.ndarray, marks: np.ndarray, papers: int, candidates: int) -> np.ndarray:
    """The rows in which a candidate is marked more than once."""
    key = rows * candidates + marks - 1
    seen = np.zeros(papers * candidates, np.bool_)
    seen[key] = True
    if np.count_nonzero(seen) == len(key):
        return np.zeros(0, np.int64)
    keys, times = np.unique(key, return_counts=True)
    return np.unique(keys[times > 1] // candidates)
