"""A list of the candidates, as a CSV file beside the ballots: whom the paper named, in its order.

    name,group,withdrawn
    Ada,women,
    Bo,,yes

Only the column of names (name, candidate) is needed. A group (group, party) is what places may be
reserved for. The list says who stands where the ballots' own file cannot: a candidate whom nobody
marked, the order of the paper, who has withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quorate.count.blt import MOST_CANDIDATES
from quorate.count.figures import some
from quorate.count.files.cells import rows_of
from quorate.count.files.place import ANOTHER_NAME, Unreadable, Word
from quorate.count.papers import OVERVOTE, Election, NotCountable, Paper

_COLUMNS = {
    "name": ("name", "candidate"),
    "group": ("group", "party"),
    "withdrawn": ("withdrawn",),
}
_YES = frozenset({"yes", "y", "x", "true", "1", "withdrawn"})
_NO = frozenset({"", "no", "n", "false", "0", "-"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A candidate; ``group``: "" for none."""

    name: str
    group: str
    withdrawn: bool


def read_listed(content: bytes | str) -> tuple[Listed, ...]:
    """The candidates of a list. Raises Unreadable."""
    rows = [row for row in rows_of(content) if row]
    if not rows:
        raise Unreadable(1, 1, 'a row of column names, "name" among them', "the end of the file")
    head, *body = rows
    at = {column: _place(head, names) for column, names in _COLUMNS.items()}
    name = at["name"]
    if name is None:
        raise head[0].fault('a column "name"')
    if not body:
        last = head[-1]
        after = last.column + len(last.text)
        raise Unreadable(last.line, after, "a row for each candidate", "the end of the file")
    if len(body) > MOST_CANDIDATES:
        raise body[MOST_CANDIDATES][0].fault(f"no more than {MOST_CANDIDATES} candidates")
    found: dict[str, Listed] = {}
    for row in body:
        if len(row) != len(head):
            raise row[-1].fault(f"{some(len(head), 'cells')}, as the first row has, not {len(row)}")
        cell = row[name].stripped
        if not cell.text or cell.text in found:
            raise cell.fault(ANOTHER_NAME if cell.text else "a name")
        found[cell.text] = Listed(
            cell.text,
            "" if at["group"] is None else row[at["group"]].text.strip(),
            at["withdrawn"] is not None and _yes(row[at["withdrawn"]].stripped),
        )
    return tuple(found.values())


def arranged(election: Election, listed: Sequence[Listed]) -> Election:
    """The election with the candidates of the list, numbered as there.

    Raises NotCountable for a candidate of the ballots whom the list does not name.
    """
    numbers = {one.name: number for number, one in enumerate(listed, start=1)}
    for name in election.candidates:
        if name not in numbers:
            raise NotCountable(f'candidates: the ballots name "{name}", and the list does not')
    new = [0, *(numbers[name] for name in election.candidates)]
    out = frozenset(numbers[one.name] for one in listed if one.withdrawn)
    return replace(
        election,
        candidates=tuple(numbers),
        in_order=True,
        withdrawn=out | {new[number] for number in election.withdrawn},
        papers=tuple(
            Paper(
                paper.weight,
                [[n if n == OVERVOTE else new[n] for n in rank] for rank in paper.ranks],
            )
            for paper in election.papers
        ),
    )


def _place(head: list[Word], names: tuple[str, ...]) -> int | None:
    found = [place for place, cell in enumerate(head) if cell.text.strip().lower() in names]
    if len(found) > 1:
        raise head[found[1]].fault("no second column of this kind")
    return found[0] if found else None


def _yes(cell: Word) -> bool:
    said = cell.text.lower()
    if said not in _YES | _NO:
        raise cell.fault("yes, or nothing, for whether the candidate has withdrawn")
    return said in _YES
