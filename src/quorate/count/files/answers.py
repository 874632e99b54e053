"""A column of answers: names of candidates, one a paper or several.

Several stand with semicolons between them, or with commas, as Google Forms writes checkboxes. A
comma may belong to a name too ("Lee, Ann"). A list of the candidates tells. Without one:

- Where the rule takes one mark, a comma belongs to a name, unless each part is an answer of its own
  somewhere: then nobody can know, and the file is refused.
- Where it takes several, a comma parts names if each part is an answer of its own somewhere.
  Otherwise nobody can know.
- Where some answers have semicolons, a comma belongs to a name; an answer that has only commas must
  then be one of the names between semicolons, or nobody can know which of the two parts names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from quorate.count.figures import some
from quorate.count.files.cell_words import is_blank, is_overvote
from quorate.count.files.place import Word
from quorate.count.papers import OVERVOTE, Marks

_MOST_NAMED = 12
_LIST = "or a list of the candidates (--candidates FILE)"


class Answers(NamedTuple):
    """``orders``: each paper's ranks. ``notes``: which answers were parted, and into what."""

    names: tuple[str, ...]
    orders: list[list[tuple[int, ...]]]
    notes: tuple[str, ...] = ()


def answers_of(
    cells: Sequence[Word],
    known: Collection[str] = (),
    *,
    asked: Marks = "crosses",
    one_mark: bool = False,
) -> Answers:
    """The candidates in alphabetical order, and each paper's ranks: none, or one of all marks.

    ``known``: the candidates, where a list of them is given. ``one_mark``: the rule takes one mark
    a paper. Raises Unreadable.
    """
    whole = [cell.stripped for cell in cells]
    said = [cell for cell in whole if not is_blank(cell.text) and not is_overvote(cell.text)]
    parts = _parted(said, known, one_mark=one_mark)
    # All that are known, so that an overvote, where ranks are asked for, is shared by all of them.
    names = sorted({name for pieces in parts.values() for name in pieces} | {*known})
    numbers = {name: number for number, name in enumerate(names, start=1)}
    overvoted = overvote(len(names), asked)
    orders = [
        overvoted if is_overvote(cell.text) else tuple(numbers[n] for n in parts.get(cell.text, ()))
        for cell in whole
    ]
    notes = _notes(said, parts, one_mark=one_mark and not known)
    return Answers(tuple(names), [[order] if order else [] for order in orders], notes)


def overvote(candidates: int, asked: Marks) -> tuple[int, ...]:
    """The rank that says "overvote". Where ranks are asked for, all candidates share it, so that no
    rule finds a preference in it."""
    if asked != "ranks":
        return (OVERVOTE,)
    return tuple(range(1, candidates + 1)) if candidates > 1 else (1, 1)


def _parted(
    said: Sequence[Word], known: Collection[str], *, one_mark: bool
) -> dict[str, list[str]]:
    """Answer → names. Raises Unreadable."""
    if known:
        spelt = {_even(name): name for name in known}
        return {text: _known_in(text, spelt) for text in {cell.text for cell in said}}
    with_comma = [cell for cell in said if "," in cell.text and ";" not in cell.text]
    if any(";" in cell.text for cell in said):
        parts = {cell.text: _pieces(cell.text, ";") for cell in said}
        between = {name for text, names in parts.items() if ";" in text for name in names}
        for cell in with_comma:
            if cell.text not in between:
                raise cell.fault(
                    f"one separator between names, {_LIST}: other answers have semicolons, so "
                    "nobody can know whether this is one name or several"
                )
        return parts
    alone = {cell.text for cell in said if "," not in cell.text}
    parts = {cell.text: [cell.text] for cell in said}
    for cell in with_comma:
        pieces = _pieces(cell.text, ",")
        if one_mark:
            if len(pieces) > 1 and alone.issuperset(pieces):
                raise cell.fault(
                    f"one name, {_LIST}: each part is an answer of its own, so nobody can know "
                    "whether this is one name or several"
                )
            continue
        for before, after in pairwise(pieces):
            if not (before in alone and after in alone):
                raise cell.fault(
                    f"semicolons between names, {_LIST}: no other answer shows whether "
                    f'"{before}, {after}" is one name or two'
                )
        parts[cell.text] = pieces
    return parts


def _known_in(text: str, spelt: dict[str, str]) -> list[str]:
    """The candidates of the list whom the answer names; the answer itself if it is none of them.

    ``spelt``: their names by how ``_even`` has them. A longer name goes before shorter ones.
    """
    pieces = re.split(r"([,;])", _even(text).strip(",; "))
    found: dict[int, list[str]] = {0: []}
    for end in range(1, len(pieces) + 1, 2):
        for start in range(0, end, 2):
            name = spelt.get("".join(pieces[start:end]).strip())
            if start in found and name is not None:
                found[end + 1] = [*found[start], name]
                break
    return found.get(len(pieces) + 1, [text])


def _even(text: str) -> str:
    """The text with one way of setting spaces around commas and semicolons."""
    return re.sub(r"\s*([,;])\s*", r"\1 ", text).strip()


def _pieces(text: str, separator: str) -> list[str]:
    return [piece.strip() for piece in text.split(separator) if piece.strip()]


def _notes(said: Sequence[Word], parts: dict[str, list[str]], *, one_mark: bool) -> tuple[str, ...]:
    parted = [cell.text for cell in said if len(parts[cell.text]) > 1]
    notes = []
    if parted:
        into = dict.fromkeys(name for text in parted for name in parts[text])
        are = "is" if len(parted) == 1 else "are"
        notes.append(f"{some(len(parted), 'answers')} {are} parted into {_shown(sorted(into))}.")
    commas = dict.fromkeys(cell.text for cell in said if "," in cell.text and one_mark)
    if whole := [name for name in commas if parts[name] == [name]]:
        notes.append(
            f"The rule takes one mark a paper, so commas belong to names: {_shown(sorted(whole))}."
        )
    return tuple(notes)


def _shown(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(f'"{name}"' for name in names[:_MOST_NAMED]) + more
