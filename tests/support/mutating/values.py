"""One value of an entry, a line or a file changed at random."""

from __future__ import annotations

from random import Random
from typing import Any

ODD = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**53 - 1,
    "",
    "0",
    "m-aaaaaaaaaaaaaaaa",
    "rulebook",
    "founder",
    "\u2028é",
    "x" * 70_000,
    [],
    {},
    [[]],
    [None],
    {"whose": "", "choice": "for", "salt": "0" * 64},
)
"""What stands nowhere in a record, or elsewhere than here."""


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value within, itself included."""
    found = [path]
    if isinstance(value, dict):
        for name in sorted(value):
            found += places(value[name], (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += places(inner, (*path, number))
    return found


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def changed(value: Any, rng: Random, alike: Any) -> str:
    """Changes one value inside a dict; says which, and how. ``alike``: another of the kind, whose
    values may be taken."""
    path = rng.choice([path for path in places(value) if path])
    holder, last = at(value, path[:-1]), path[-1]
    how = rng.choice(("nudged", "nudged", "taken", "odd", "gone", "more"))
    if how == "gone":
        del holder[last]
    elif how == "odd":
        holder[last] = rng.choice(ODD)
    elif how == "taken":
        holder[last] = at(alike, rng.choice(places(alike)))
    elif how == "more" and isinstance(holder, list):
        holder.insert(last, holder[rng.randrange(len(holder))])
    elif how == "more":
        holder[f"{last}2"] = holder[last]
    else:
        holder[last] = _nudged(holder[last], rng)
    return f"{'.'.join(map(str, path))} {how}"


def _nudged(value: Any, rng: Random) -> Any:
    """Nearly the same."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + rng.choice((-1, 1, -1000, 1000, 86_400_000))
    if isinstance(value, str):
        if value in ("for", "against", "abstain"):
            return rng.choice(("for", "against", "abstain", "spoilt"))
        place = rng.randrange(len(value) + 1)
        return value[:place] + rng.choice("0a2,b-") + value[place + rng.randrange(2) :]
    if isinstance(value, list):
        return value[::-1] if len(value) > 1 else [*value, 1]
    return {name: inner for name, inner in value.items() if rng.random() < 0.7}


def nudged_bytes(data: bytes, rng: Random) -> tuple[bytes, str]:
    """The bytes with a few changed, put in, taken out or doubled; says how and where."""
    place = rng.randrange(len(data) + 1)
    size = min(rng.choice((1, 1, 1, 2, 32, 300)), len(data) - place)
    here, after = data[place : place + size], data[place + size :]
    how = rng.choice(("bit", "bit", "byte", "out", "in", "doubled", "cut", "zeros", "more"))
    if how == "bit" and here:
        put = bytes([here[0] ^ 1 << rng.randrange(8)]) + here[1:]
    elif how == "byte":
        put = bytes([rng.randrange(256)]) + here[1:]
    elif how == "in":
        put = bytes([rng.randrange(256)]) + here
    elif how == "doubled":
        put = here * 2
    elif how == "zeros":
        put = bytes(len(here))
    elif how == "more":
        put, after = here, after + b"\n" * rng.randrange(1, 3)
    else:
        put, after = b"", after if how == "out" else b""
    return data[:place] + put + after, f"{how} at {place} ({size})"
