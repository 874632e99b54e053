"""A column of answers: names of candidates, one a paper or several.

Several stand with semicolons between them, or with commas, as Google Forms writes checkboxes. A
comma may belong to a name too ("Lee, Ann"). A list of the candidates tells; without one, a comma
parts two names if what stands before it ends some other answer, or what stands after it begins one.
Where neither is so, nobody can know, and the file is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from quorate.count.files.cell_words import is_blank, is_overvote
from quorate.count.files.place import Word

Answers = tuple[tuple[str, ...], list[list[tuple[int, ...]]]]


def answers_of(cells: Sequence[Word], known: Collection[str] = ()) -> Answers:
    """The candidates in alphabetical order, and each paper's ranks: none, or one of all marks.

    ``known``: the candidates, where a list of them is given. Raises Unreadable.
    """
    whole = [cell.stripped for cell in cells]
    said = [cell for cell in whole if not is_blank(cell.text) and not is_overvote(cell.text)]
    parts = _by_commas(said, known)
    if any(";" in cell.text for cell in said) or parts is None:
        parts = {cell.text: _pieces(cell.text, ";") for cell in said}
    names = sorted({name for pieces in parts.values() for name in pieces})
    numbers = {name: number for number, name in enumerate(names, start=1)}
    every = tuple(range(1, len(names) + 1)) if len(names) > 1 else (1, 1)
    orders = [
        every if is_overvote(cell.text) else tuple(numbers[n] for n in parts.get(cell.text, ()))
        for cell in whole
    ]
    return tuple(names), [[order] if order else [] for order in orders]


def _by_commas(said: Sequence[Word], known: Collection[str]) -> dict[str, list[str]] | None:
    """Answer → names, parted at commas; None where no answer has one. Raises Unreadable."""
    with_comma = [cell for cell in said if "," in cell.text and cell.text not in known]
    if not with_comma or any(";" in cell.text for cell in said):
        return None
    if known:
        return {cell.text: _known_in(cell.text, known) for cell in said}
    pieces = {cell.text: _pieces(cell.text, ",") for cell in said}
    first = {names[0] for names in pieces.values() if names}
    last = {names[-1] for names in pieces.values() if names}
    for cell in with_comma:
        for before, after in pairwise(pieces[cell.text]):
            if before not in last and after not in first:
                raise cell.fault(
                    f"semicolons between names, or a list of the candidates (--candidates FILE): "
                    f'no other answer shows whether "{before}, {after}" is one name or two'
                )
    return pieces


def _known_in(text: str, known: Collection[str]) -> list[str]:
    """The candidates of the list whom the answer names; the answer itself if it is none of them."""
    pieces = _pieces(text, ",")
    found: dict[int, list[str]] = {0: []}
    for end in range(1, len(pieces) + 1):
        for start in range(end):
            name = ", ".join(pieces[start:end])
            if start in found and name in known:
                found[end] = [*found[start], name]
                break
    return found.get(len(pieces), [text])


def _pieces(text: str, separator: str) -> list[str]:
    return [piece.strip() for piece in text.split(separator) if piece.strip()]
