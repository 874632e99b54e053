"""The first row of a table of ballots: which column holds what, and of which race.

A race is what one count decides: a grid's question, the words beside the ranks of a cast-vote
record, or a column of names. A file may hold several; then one of them is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quorate.count.blt import MOST_CANDIDATES
from quorate.count.files.cell_words import is_mark, is_unranked, key_of
from quorate.count.files.place import Word
from quorate.count.files.rank_words import rank_and_race, rank_of
from quorate.count.papers import TELL_APART
from quorate.count.sheet import listed

_BRACKETED = re.compile(r"(?P<question>[^\[]*)\[(?P<label>.*)\]", re.DOTALL)
_WEIGHTS = frozenset({"weight", "weights", "papers", "ballots", "votes", "count", "ballotscast"})
_IDS = frozenset({"id", "ballot", "ballotid", "paper", "paperid", "recordid", "castvoterecord"})
_OF_FORMS = frozenset(
    key_of(name)
    for name in (
        *("Timestamp", "Email Address", "Username", "Score"),
        *("Start time", "Completion time", "Last modified time", "Email"),
        *("Zeitstempel", "E-Mail-Adresse", "Nutzername", "Startzeit", "Fertigstellungszeit"),
        *("Tijdstempel", "E-mailadres", "Tidsstempel", "Tidsstämpel", "Tímastimpill"),
        *("Horodateur", "Adresse e-mail", "Nom d'utilisateur", "Heure de début", "Heure de fin"),
        *("Marca temporal", "Dirección de correo electrónico", "Marca de temps"),
        *("Informazioni cronologiche", "Indirizzo email", "Carimbo de data/hora"),
        *("Endereço de e-mail", "Marcaj de timp", "Sygnatura czasowa", "Adres e-mail"),
        *("Časové razítko", "Časová pečiatka", "Časovni žig", "Vremenska oznaka"),
        *("Клеймо за време", "Отметка времени", "Позначка часу"),
        *("Aikaleima", "Ajatempel", "Laikspiedols", "Laiko žyma", "Időbélyeg"),
        *("Χρονική σήμανση", "Zaman damgası", "Denbora-zigilua"),
    )
)
"""Columns that Google's and Microsoft's forms add of themselves, in the languages of Europe."""

Cells = Literal["names", "names at ranks", "marks"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what. ``marks``: column → its label, a candidate or a rank; only one,
    a question, where ``cells`` are names without ranks. ``ranks``: of each column of marks, where
    columns are ranks. ``others``: the names of other races in the file.
    """

    question: str
    marks: dict[int, Word]
    cells: Cells
    weight: int | None
    id: int | None
    aside: tuple[str, ...]
    ranks: dict[int, int]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Race:
    """``named``: the cell that first names the race."""

    name: str
    named: Word
    marks: dict[int, Word]
    ranks: dict[int, int]


def columns_of(
    head: Sequence[Word], body: Sequence[Sequence[Word]], race: str = "", *, crosses: bool = False
) -> Columns:
    """Sorts out the first row; the rows below it tell questions from candidates.

    ``race``: which one, where there are several; a part of its name will do. ``crosses``: the rule
    asks for crosses, so that "yes" and "no" are marks. Raises Unreadable.
    """
    races = _races(head, body, race, crosses=crosses)
    chosen = _chosen(races, race)
    if len(chosen.marks) > MOST_CANDIDATES:
        raise head[-1].fault(f"no more than {MOST_CANDIDATES} columns")
    of_others = {place for one in races for place in one.marks}
    rest = {place: cell for place, cell in enumerate(head) if place not in of_others}
    _checked(chosen)
    weight, name = _only(rest, _WEIGHTS), _only(rest, _IDS)
    aside = tuple(c.text.strip() for p, c in rest.items() if p not in (weight, name))
    cells: Cells = "names at ranks" if chosen.ranks else "marks"
    others = tuple(one.name for one in races if one is not chosen)
    found = Columns(chosen.name, chosen.marks, cells, weight, name, aside, chosen.ranks, others)
    return _with_names(found, head, body)


def _races(
    head: Sequence[Word], body: Sequence[Sequence[Word]], race: str, *, crosses: bool
) -> list[_Race]:
    """All races of the file, in the order of their first columns. Raises Unreadable."""
    labels: dict[int, Word] = {}
    names: dict[int, str] = {}
    for place, cell in enumerate(head):
        if match := _BRACKETED.fullmatch(cell.text.strip()):
            labels[place] = Word(match["label"].strip(), cell.line, cell.column)
            names[place] = match["question"].strip()
    if labels:
        return _grouped(names, labels, {p: rank_of(label.text) for p, label in labels.items()})
    plain = {place: cell.stripped for place, cell in enumerate(head)}
    ranked = {place: found for place, c in plain.items() if (found := rank_and_race(c.text))}
    if ranked:
        names = {place: name for place, (_, name) in ranked.items()}
        return _grouped(names, plain, {place: rank for place, (rank, _) in ranked.items()})
    known = _WEIGHTS | _IDS | _OF_FORMS
    labels = {place: cell for place, cell in plain.items() if key_of(cell.text) not in known}
    if not labels:
        raise head[0].fault("columns such as rank1, rank2, or one for each candidate")
    asked = [place for place in labels if _is_question(place, body, crosses=crosses)]
    if len(labels) > 1 and (race or len(asked) == len(labels)):
        return [_Race(c.text, c, {place: c}, {}) for place, c in labels.items()]
    return [_Race("", head[0], labels, {})]


def _grouped(
    names: Mapping[int, str], labels: Mapping[int, Word], ranks: Mapping[int, int | None]
) -> list[_Race]:
    """Columns by race, whatever its capitals. ``names``: of each column's race."""
    by_race: dict[str, list[int]] = {}
    for place, name in names.items():
        by_race.setdefault(name.casefold(), []).append(place)
    return [
        _Race(
            names[places[0]],
            labels[places[0]],
            {place: labels[place] for place in places},
            {p: rank for p in places if (rank := ranks[p])} if all(map(ranks.get, places)) else {},
        )
        for places in by_race.values()
    ]


def _is_question(place: int, body: Sequence[Sequence[Word]], *, crosses: bool) -> bool:
    """Whether the column's cells are names, those that are not empty."""
    cells = [row[place].text for row in body if not is_unranked(row[place].text)]
    return bool(cells) and not any(is_mark(text, crosses=crosses) for text in cells)


def _chosen(races: list[_Race], race: str) -> _Race:
    """The race that is meant. Raises Unreadable, saying which there are."""
    names = listed(f'"{one.name}"' for one in races)
    if not race:
        if len(races) > 1:
            other = replace(races[1].named, text=races[1].name)
            raise other.fault(
                f"columns of one election, or --race NAME for one of the {len(races)} that this "
                f"file has, {names}"
            )
        return races[0]
    wanted = " ".join(race.split()).casefold()
    exact = [one for one in races if " ".join(one.name.split()).casefold() == wanted]
    like = [one for one in races if wanted in " ".join(one.name.split()).casefold()]
    found = exact or like
    if len(found) != 1:
        what = f'several like "{race}"' if found else f'none like "{race}"'
        raise races[0].named.fault(f"the race that --race names; there are {names}, {what}")
    return found[0]


def _with_names(columns: Columns, head: Sequence[Word], body: Sequence[Sequence[Word]]) -> Columns:
    """The same, or a question where the only column of marks has a cell that is no mark, or holds
    numbers alone: those are then its answers, and its heading is no candidate."""
    place, label = next(iter(columns.marks.items()))
    bracketed = columns.question and label.text != columns.question
    if columns.cells != "marks" or len(columns.marks) > 1 or bracketed:
        return columns
    cells = [row[place].text.strip() for row in body]
    numbers = [text for text in cells if not is_unranked(text)]
    named = any(not is_mark(text) for text in cells)
    if head[place].text.strip() == label.text and numbers:
        named = named or all(text.isdigit() for text in numbers)
    return replace(columns, cells="names", question=label.text) if named else columns


def _checked(race: _Race) -> None:
    """Each candidate or rank has one column, and ranks have no gap. Raises Unreadable."""
    seen: set[str | int] = set()
    for place, label in race.marks.items():
        if not label.text:
            raise label.fault("a candidate's name")
        what = race.ranks[place] if race.ranks else label.text
        if what in seen:
            kind, hint = ("rank", "") if race.ranks else ("name", f" ({TELL_APART})")
            raise label.fault(f"a {kind} that no other column has{hint}")
        seen.add(what)
    for place, rank in race.ranks.items():
        if rank > len(race.marks):
            raise race.marks[place].fault(f"ranks from 1 to {len(race.marks)}, a column each")


def _only(columns: dict[int, Word], names: frozenset[str]) -> int | None:
    """The one column with such a name, None without. Raises Unreadable for two."""
    found = [place for place, cell in columns.items() if key_of(cell.text) in names]
    if len(found) > 1:
        raise columns[found[1]].fault("no second column of this kind")
    return found[0] if found else None
