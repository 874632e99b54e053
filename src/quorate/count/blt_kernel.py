"""The papers of a plain .blt file into bundles, in one pass of compiled code.

Importing this needs numba. What it compiled is kept on disk beside this file, or under the
account's own cache if this folder cannot be written to; where neither can, it compiles anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from quorate.count.blt import MOST_PAPERS_A_LINE
from quorate.count.bundles import Bundles

NOT_PLAIN = -1
NEWLINE = 10
KNOWN = 1 << 18
"""Papers whose marks, as digits of a number to the base of candidates + 1, stay below this are
looked up: a table that the processor's cache holds."""


def read(papers: bytes, candidates: int) -> Bundles | None:
    """The papers; None if any line is not plainly one paper.

    ``papers``: whole lines, each ending with a newline. A plain paper is a weight, candidates'
    numbers, and 0. Alike papers with few marks are tied into one bundle; those with many are seldom
    alike, and looking would take longer than it saves.
    """
    text = np.frombuffer(papers, np.uint8)
    lines = int(np.count_nonzero(text == NEWLINE))
    # Memory that no bundle comes to is never touched, so it takes address space and no more.
    marks = np.zeros((lines, candidates + 1), np.int16)
    weights = np.zeros(lines, np.int64)
    repeating = np.zeros(lines, np.bool_)
    known = np.zeros(min(KNOWN, 16 * lines), np.int32)
    found = _pass(text, candidates, MOST_PAPERS_A_LINE, marks, weights, repeating, known)
    if found == NOT_PLAIN:
        return None
    return Bundles(marks[:found], weights[:found], np.flatnonzero(repeating[:found]))


def _one_pass(
    text: NDArray[np.uint8],
    candidates: int,
    most: int,
    marks: NDArray[np.int16],
    weights: NDArray[np.int64],
    repeating: NDArray[np.bool_],
    known: NDArray[np.int32],
) -> int:
    """Fills the arrays, a row for each bundle; how many, or NOT_PLAIN.

    ``known``: by the number that a paper's marks make, its row counted from 1, or 0. Weights are
    at most 10^9 a line, so no bundle's overflows an int64 before there are 9 · 10^9 lines.
    """
    bundles = 0
    line = 0
    last_seen = np.zeros(candidates + 1, np.int64)
    base = candidates + 1
    place = 0
    size = len(text)
    while place < size:
        weight = np.int64(0)
        filled = -1  # -1: the weight is still to come
        ended = False
        repeats = False
        line += 1
        key = np.int64(0)
        while True:
            byte = text[place]
            place += 1
            if byte < 48 or byte > 57:
                if byte == 32 or byte == 44 or byte == 9:
                    continue
                if byte == NEWLINE:
                    break
                if byte == 13 and text[place] == NEWLINE:
                    continue
                return NOT_PLAIN
            if ended:
                return NOT_PLAIN
            number = np.int64(byte - 48)
            digits = 1
            while text[place] >= 48 and text[place] <= 57:
                number = number * 10 + np.int64(text[place] - 48)
                digits += 1
                place += 1
                if digits > 10 or byte == 48:
                    return NOT_PLAIN
            if filled < 0:
                if number < 1 or number > most:
                    return NOT_PLAIN
                weight = number
                filled = 0
            elif number == 0:
                ended = True
            else:
                if number > candidates or filled == candidates:
                    return NOT_PLAIN
                repeats |= last_seen[number] == line
                last_seen[number] = line
                marks[bundles, filled] = number
                filled += 1
                if key < len(known):
                    key = key * base + number
        if filled < 0:
            continue
        if not ended:
            return NOT_PLAIN
        if key < len(known):
            row = known[key] - 1
            if row >= 0:
                weights[row] += weight
                for mark in range(filled):
                    marks[bundles, mark] = 0
                continue
            known[key] = bundles + 1
        weights[bundles] = weight
        repeating[bundles] = repeats
        bundles += 1
    return bundles


def _compiled(function: Callable[..., int]) -> Any:
    try:
        return njit(cache=True)(function)
    except RuntimeError:  # there is no folder that its cache could be kept in
        return njit(function)


_pass = _compiled(_one_pass)
