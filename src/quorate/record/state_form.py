"""A state, or anything made of the same parts, as bytes and back: what a snapshot holds.

The form follows the types, not the values, and builds only what the types name: bytes that somebody
made up give a wrong state or BadForm, never a call of anything else. It is JSON, in which

- a slice and a remembered thing are lists of their fields, in order; so are tuples and sets;
- several slices or tuples of one type stand in columns: a list for each field, with that of all;
- a map is [keys, values], and [keys] where it is a set of names; a large one stands in parts
  elsewhere in the bytes, and {"parts": [[offset, length], …]} says where: so whoever reads holds
  little more than what comes of it;
- a fraction is a text such as "2/3".

Nothing in it says which field or class a value belongs to: whoever reads must have the very types
that wrote it (``record/snapshot.py`` holds that).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache, partial
from itertools import chain, islice, repeat
from sys import intern
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import orjson
from immutables import Map

PART = 2_000
"""So many of a map's entries stand in one part at most."""

PART_BYTES = 1_000_000
"""Where they are large there are fewer, so that a part comes to about as much: it is read whole."""

_FEW, _SAMPLED = 64, 8
"""A map of so few entries is not measured; in others so many are."""

_SHORT = 40
"""Characters of a text that is likely to stand in several places."""

Put = Callable[[bytes], tuple[int, int]]
"""Puts bytes among the others; gives where: offset and length."""


class BadForm(Exception):
    """Bytes that are not a value of the type; or a value that has no form here."""


class _Form(NamedTuple):
    """How the values of a type are written and read. ``plain``: they are JSON as they are.
    ``write_all``, ``read_all``: several of them at once; what stands there a million times is read
    at C's speed."""

    write: Callable[[Any, Put], Any]
    read: Callable[[Any, bytes], Any]
    plain: bool = False
    write_all: Callable[[list[Any], Put], list[Any]] | None = None
    read_all: Callable[[list[Any], bytes], list[Any]] | None = None

    def list_of(self, values: list[Any], put: Put) -> list[Any]:
        """Several values, written."""
        if self.plain or not values:
            return values
        if self.write_all is not None:
            return self.write_all(values, put)
        write = self.write
        return [write(one, put) for one in values]

    def all_of(self, raw: list[Any], data: bytes) -> list[Any]:
        """Several values, read."""
        if not raw:
            return raw
        if self.read_all is not None:
            return self.read_all(raw, data)
        if self.plain:
            return raw
        read = self.read
        return [read(one, data) for one in raw]


def write(value: Any, kind: Any, put: Put) -> tuple[int, int]:
    """Writes the value by ``put``, in parts; gives where the last of them is, from which ``read``
    finds the others. Raises BadForm."""
    try:
        return put(orjson.dumps(_form(kind).write(value, put)))
    except (orjson.JSONEncodeError, RecursionError) as error:
        raise BadForm(str(error)) from None


def read(data: bytes, at: tuple[int, int], kind: Any) -> Any:
    """The value of this type. Raises BadForm."""
    try:
        return _form(kind).read(_part(data, at), data)
    except (orjson.JSONDecodeError, TypeError, ValueError, KeyError, IndexError) as error:
        raise BadForm(f"not a {kind}: {error}") from None


def _part(data: bytes, at: tuple[int, int]) -> Any:
    offset, length = at
    return orjson.loads(memoryview(data)[offset : offset + length])


@cache
def _form(kind: Any) -> _Form:
    """The form of a type. Raises TypeError for one that has none: a new kind of state needs one."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind is str:
        return _TEXT
    if kind in (int, bool, None, NoneType) or origin is Literal:
        return _PLAIN
    if kind is Fraction:
        return _FRACTION
    if origin is Annotated:
        return _form(inside[0])
    if origin in (Union, UnionType):
        return _either(inside)
    if origin is tuple:
        return _all(inside[0], tuple) if inside[-1] is ... else _each(inside, tuple)
    if origin is frozenset:
        return _all(inside[0], frozenset)
    if origin is Map:
        return _map(*inside)
    if origin in (dict, Mapping):
        return _dict(*inside)
    if hasattr(kind, "_fields"):
        return _each(tuple(get_type_hints(kind)[name] for name in kind._fields), kind)
    if is_dataclass(kind):
        return _remembered(kind)
    raise TypeError(f"{kind} has no form in a snapshot")


def _shared(texts: list[str], data: bytes) -> list[str]:
    """Names of members and seats stand in a thousand places, and are there once in memory as they
    are where the record was replayed. Hashes and what members wrote are longer, and seldom stand
    twice."""
    return list(map(intern, texts)) if len(texts[0]) <= _SHORT else texts


_PLAIN = _Form(lambda value, put: value, lambda raw, data: raw, plain=True)
_TEXT = _Form(lambda value, put: value, lambda raw, data: raw, plain=True, read_all=_shared)
_FRACTION = _Form(
    lambda value, put: f"{value.numerator}/{value.denominator}", lambda raw, data: Fraction(raw)
)
_LISTED = _Form(
    lambda value, put: list(value),
    lambda raw, data: tuple(raw),
    read_all=lambda raw, data: list(map(tuple, raw)),
)
"""A tuple of plain values of one type."""


def _either(kinds: tuple[Any, ...]) -> _Form:
    """A value that may be left out; or one of several plain types; or a number or a share."""
    forms = [_form(kind) for kind in kinds if kind is not NoneType]
    if all(form.plain for form in forms):
        return _PLAIN
    if len(forms) > 1 and all(form.plain or form is _LISTED for form in forms):
        return _Form(
            lambda value, put: list(value) if isinstance(value, tuple) else value,
            lambda raw, data: tuple(raw) if isinstance(raw, list) else raw,
        )
    if set(kinds) == {int, Fraction}:
        return _Form(
            lambda value, put: value if isinstance(value, int) else _FRACTION.write(value, put),
            lambda raw, data: raw if isinstance(raw, int) else _FRACTION.read(raw, data),
        )
    if len(forms) > 1:
        raise TypeError(f"{kinds}: nothing would tell them apart")
    (form,) = forms
    return _Form(
        lambda value, put: None if value is None else form.write(value, put),
        lambda raw, data: None if raw is None else form.read(raw, data),
    )


def _all(kind: Any, made: type) -> _Form:
    """So many of one type, as a tuple or set."""
    form = _form(kind)
    if form.plain and made is tuple:
        return _LISTED
    empty = made()  # as nearly all are where there are many
    return _Form(
        lambda value, put: form.list_of(list(value), put),
        lambda raw, data: made(form.all_of(raw, data)),
        read_all=lambda raw, data: [made(form.all_of(one, data)) if one else empty for one in raw],
    )


def _each(kinds: tuple[Any, ...], made: type) -> _Form:
    """Values of these types in this order, as a tuple or a NamedTuple."""
    forms = tuple(_form(kind) for kind in kinds)
    make = partial(tuple.__new__, made)

    def write(value: Any, put: Put) -> list[Any]:
        return [form.write(one, put) for form, one in zip(forms, value, strict=True)]

    def read(raw: list[Any], data: bytes) -> Any:
        return make(form.read(one, data) for form, one in zip(forms, raw, strict=True))

    def write_all(values: list[Any], put: Put) -> list[Any]:
        columns = zip(*values, strict=True)
        return [form.list_of(list(one), put) for form, one in zip(forms, columns, strict=True)]

    def read_all(raw: list[Any], data: bytes) -> list[Any]:
        columns = [form.all_of(one, data) for form, one in zip(forms, raw, strict=True)]
        return list(map(make, zip(*columns, strict=True)))

    return _Form(write, read, write_all=write_all, read_all=read_all)


def _remembered(kind: Any) -> _Form:
    hints = get_type_hints(kind)
    names = tuple(field.name for field in fields(kind))
    forms = [_form(hints[name]) for name in names]
    writers = [(name, form.write) for name, form in zip(names, forms, strict=True)]
    readers = [(name, form.read) for name, form in zip(names, forms, strict=True)]

    put_in = object.__setattr__

    def write(value: Any, put: Put) -> list[Any]:
        return [writer(getattr(value, name), put) for name, writer in writers]

    def read(raw: Any, data: bytes) -> Any:
        # It was checked when it was made: it is put together again without what made it.
        made = object.__new__(kind)
        for (name, reader), one in zip(readers, raw, strict=True):
            put_in(made, name, reader(one, data))
        return made

    return _Form(write, read)


def _map(key: Any, value: Any) -> _Form:
    write, read = _pairs(key, value)
    return _Form(write, lambda raw, data: Map(read(raw, data)))


def _dict(key: Any, value: Any) -> _Form:
    write, read = _pairs(key, value)
    return _Form(write, lambda raw, data: dict(read(raw, data)))


_Pairs = Iterator[tuple[Any, Any]]


def _pairs(
    key: Any, value: Any
) -> tuple[Callable[[Any, Put], Any], Callable[[Any, bytes], _Pairs]]:
    """How a map is written, and how its pairs are read."""
    keys, values = _form(key), _form(value)
    names_only = value in (None, NoneType)

    def part(pairs: list[tuple[Any, Any]], put: Put) -> list[Any]:
        held = keys.list_of([k for k, _ in pairs], put)
        return [held] if names_only else [held, values.list_of([v for _, v in pairs], put)]

    def room(whole: Any) -> int:
        """So many of its entries stand in one part, by the size of some of them."""
        if len(whole) <= _FEW:
            return PART
        some = list(islice(whole.items(), 0, None, len(whole) // _SAMPLED))
        size = len(orjson.dumps(part(some, lambda data: (0, len(data)))))
        return max(1, min(PART, PART_BYTES * len(some) // size))

    def write(whole: Any, put: Put) -> Any:
        coming, together = iter(whole.items()), room(whole)
        parts = iter(lambda: list(islice(coming, together)), [])
        if len(whole) <= together:
            return part(next(parts, []), put)
        return {"parts": [put(orjson.dumps(part(one, put))) for one in parts]}

    def read_part(raw: Any, data: bytes) -> _Pairs:
        held = keys.all_of(raw[0], data)
        if names_only:
            return zip(held, repeat(None))
        return zip(held, values.all_of(raw[1], data), strict=True)

    def read(raw: Any, data: bytes) -> _Pairs:
        if isinstance(raw, list):
            return read_part(raw, data)
        return chain.from_iterable(read_part(_part(data, at), data) for at in raw["parts"])

    return write, read
