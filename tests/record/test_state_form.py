"""A state as bytes and back: the same state, whatever is in it; nothing else is ever built."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

import orjson
import pytest
from immutables import Map

from quorate.chapters.state import EMPTY, State
from quorate.record import state_form
from quorate.record.state_digest import digest
from quorate.record.state_form import PART, PART_BYTES, BadForm
from support.small import founded
from support.year import with_two_proposals


class Row(NamedTuple):
    name: str
    before: tuple[tuple[str, int], ...] = ()
    of: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    rows: Map[tuple[str, str], Row] = field(default_factory=Map)
    names: Map[str, None] = field(default_factory=Map)
    numbers: frozenset[int] = frozenset()
    change: str | int | tuple[str, ...] | None = None


class Asked(NamedTuple):
    asked: int | Fraction


def written(value: object, kind: type) -> tuple[bytes, tuple[int, int]]:
    data = bytearray()

    def put(part: bytes) -> tuple[int, int]:
        data.extend(part)
        return len(data) - len(part), len(part)

    at = state_form.write(value, kind, put)
    return bytes(data), at


def back(value: object, kind: type) -> object:
    data, at = written(value, kind)
    return state_form.read(data, at, kind)


@pytest.mark.parametrize("many", [0, 1, PART, PART + 1, 3 * PART])
def test_maps_of_any_size_come_back(many: int) -> None:
    row = Row("x", (("y", 1), ("z", 2)), Fraction(2, 3))
    rows = Map({(str(n), ""): row if n % 2 else Row("", of=None) for n in range(many)})
    names = Map({str(n): None for n in range(many)})
    whole = Whole(rows, names, frozenset({3, 1}), ("a", "b"))
    assert back(whole, Whole) == whole


def test_large_entries_stand_in_parts_of_a_bounded_size() -> None:
    """Two hundred texts of a hundred thousand characters: nobody reads twenty megabytes at once."""
    large = {f"{n}": Row(str(n) * (100_000 // len(str(n)))) for n in range(200)}
    whole = Map({"all": Map(large)})
    parts: list[int] = []

    def put(part: bytes) -> tuple[int, int]:
        parts.append(len(part))
        return 0, len(part)

    state_form.write(whole, Map[str, Map[str, Row]], put)
    assert 20 <= len(parts) <= 40
    assert max(parts) < 2 * PART_BYTES
    assert back(whole, Map[str, Map[str, Row]]) == whole


def test_a_name_in_many_places_is_there_once() -> None:
    maps = Map({number: Map({"B1/1": Row("anna")}) for number in range(3)})
    again = back(maps, Map[int, Map[str, Row]])
    assert isinstance(again, Map)
    seats = [next(iter(one)) for one in again.values()]
    assert all(seat is seats[0] for seat in seats)


@pytest.mark.parametrize("change", [None, 7, "a", ("a",), ()])
def test_what_may_be_one_of_several_comes_back_as_that(change: object) -> None:
    whole = Whole(change=change)
    assert back(whole, Whole) == whole


@pytest.mark.parametrize("asked", [0, 1, 7, Fraction(1), Fraction(1, 3)])
def test_a_number_or_a_share_comes_back_as_that(asked: int | Fraction) -> None:
    again = back(Asked(asked), Asked)
    assert again == Asked(asked)
    assert isinstance(again, Asked)
    assert type(again.asked) is type(asked)


@pytest.mark.parametrize("state", [EMPTY, founded().state, with_two_proposals().state])
def test_a_state_comes_back_as_it_was(state: State) -> None:
    again = back(state, State)
    assert again == state
    assert isinstance(again, State)
    assert digest(again) == digest(state)


def test_a_type_without_a_form_is_refused_when_it_is_written() -> None:
    class Odd(NamedTuple):
        any: list[str]

    with pytest.raises(BadForm, match="no form"):
        written(Odd(["x"]), Odd)


@pytest.mark.parametrize(
    "raw", [None, 1, "x", [], [1], [[], [], []], {"parts": [[0, 10**9]]}, [{"parts": []}] * 14]
)
def test_bytes_that_are_no_state_are_refused(raw: object) -> None:
    data = orjson.dumps(raw)
    with pytest.raises(BadForm):
        state_form.read(data, (0, len(data)), State)
