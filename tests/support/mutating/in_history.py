"""The history rewritten: entries changed, put in, left out or moved, and the tree made anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import orjson

from quorate import commitments
from quorate.record import canonical, receipt
from support.mutating import values
from support.mutating.mutation import KEEPER, NOBODY, STRANGER, Mutation
from support.mutating.original import Original, log_files, opening_of, sign


def entries_changed(original: Original, rng: Random) -> Mutation:
    """Entries are changed and the tree made anew; renumbered or not, signed by whoever."""
    entries = [orjson.loads(data) for data in original.entries]
    how = rng.choices(list(_CHANGES), [_OFTEN.get(name, 1) for name in _CHANGES])[0]
    place = rng.randrange(1, len(entries))
    said = f"{how} at {place}{_CHANGES[how](entries, place, rng)}"
    renumbered = rng.random() < 0.6
    if renumbered:
        for number, one in enumerate(entries):
            if isinstance(one, dict):
                one["seq"] = number
    signer = rng.choice((KEEPER, KEEPER, KEEPER, STRANGER, NOBODY))
    # As canonical JSON, by the faster of two writers that agree for what the record holds.
    written = [orjson.dumps(one, option=orjson.OPT_SORT_KEYS)[:65_535] for one in entries]
    kind = f"{how}{', renumbered' if renumbered else ''}"
    return _written(original, written, signer, kind, said)


def _written(
    original: Original, entries: list[bytes], signer: str, kind: str, how: str
) -> Mutation:
    """The export with these entries."""
    files = {path: data for path, data in original.files.items() if not path.startswith("tile/")}
    files |= log_files(entries)
    if signer != NOBODY:
        key = original.signing if signer == KEEPER else original.stranger
        files["checkpoint"] = sign(original.origin, entries, key).encode()
        # Who rewrites the record and keeps what others signed of the old one gives it away.
        files = {path: data for path, data in files.items() if not path.startswith("witnessed/")}
    return Mutation(kind, files, how, signer)


Entries = list[Any]


def _field(entries: Entries, place: int, rng: Random) -> str:
    return f": {values.changed(entries[place], rng, entries[rng.randrange(len(entries))])}"


def _opening(entries: Entries, place: int, rng: Random) -> str:
    """What a sealed choice was, or that it is lost."""
    able = [number for number, one in enumerate(entries) if one["body"].get("openings")]
    place = rng.choice(able)
    body = entries[place]["body"]
    opening = rng.choice(body["openings"])
    how = rng.choice(("choice", "salt", "whose", "gone"))
    if how == "gone":
        body["openings"].remove(opening)
    else:
        others = {one[how] for one in body["openings"]} | {f"{opening[how]}x", "0" * 64}
        opening[how] = rng.choice(sorted(others - {opening[how]}))
    return f": entry {place}, {how}"


def _result(entries: Entries, place: int, rng: Random) -> str:
    """Whom an election elected, or which count sheet says so."""
    able = [n for n, one in enumerate(entries) if one["act"] == "elections.declare"]
    place = rng.choice(able)
    body = entries[place]["body"]
    if body["elected"] and rng.random() < 0.7:
        number = rng.randrange(len(body["elected"]))
        members = sorted({one["by"] for one in entries} - set(body["elected"]))
        body["elected"][number] = rng.choice(members)
    else:
        body["sheet"] = body["sheet"][::-1]
    return f": entry {place}"


def _removed(entries: Entries, place: int, rng: Random) -> str:
    del entries[place : place + rng.choice((1, 1, 2, 10))]
    return ""


def _doubled(entries: Entries, place: int, rng: Random) -> str:
    entries.insert(place, dict(entries[place]))
    return ""


def _by_another(entries: Entries, place: int, rng: Random) -> str:
    """The same act by somebody else, beside it."""
    entries.insert(place, entries[place] | {"by": rng.choice(entries)["by"]})
    return f", by {entries[place]['by']}"


def _swapped(entries: Entries, place: int, rng: Random) -> str:
    other = rng.choice((place - 1, rng.randrange(len(entries))))
    entries[place], entries[other] = entries[other], entries[place]
    return f" and {other}"


def _moved(entries: Entries, place: int, rng: Random) -> str:
    """To another place, at the time that it is there."""
    to = rng.randrange(1, len(entries))
    one = entries.pop(place)
    entries.insert(to, one | {"time": entries[to - 1]["time"]})
    return f" to {to}"


def _cut(entries: Entries, place: int, rng: Random) -> str:
    del entries[place:]
    return ""


def _backdated(entries: Entries, place: int, rng: Random) -> str:
    entries[place]["time"] = entries[place - 1]["time"] - 1
    return ""


def _other_code(entries: Entries, place: int, rng: Random) -> str:
    entries[place]["code"] = rng.choice(("0", "2", "", "1.0", " 1"))
    return ""


def _stranger_acts(entries: Entries, place: int, rng: Random) -> str:
    """Somebody who was never a member does it."""
    entries[place]["by"] = rng.choice(("m-aaaaaaaaaaaaaaaa", "g-aaaaaaaaaaaaaaaa", "", "M"))
    return ""


def _appended(entries: Entries, place: int, rng: Random) -> str:
    """After the end, what was done before is done again, or something that most members may do."""
    again = entries[place]
    if rng.random() < 0.5:
        admitted = [one["body"]["member"] for one in entries if one["act"] == "membership.admit"]
        act = {"act": "membership.be_reachable", "body": {"yes": rng.random() < 0.5}}
        again = entries[0] | act | {"by": rng.choice(admitted)}
    entries.append(again | {"time": entries[-1]["time"]})
    entries[-1]["seq"] = len(entries) - 1
    return ""


_CHANGES: Mapping[str, Callable[[Entries, int, Random], str]] = {
    "a field": _field,
    "an opening": _opening,
    "a result": _result,
    "removed": _removed,
    "doubled": _doubled,
    "by another": _by_another,
    "swapped": _swapped,
    "moved": _moved,
    "cut": _cut,
    "backdated": _backdated,
    "another code": _other_code,
    "by a stranger": _stranger_acts,
    "appended": _appended,
}


_OFTEN = {"a field": 5, "appended": 3}


def entry_bytes(original: Original, rng: Random) -> Mutation:
    """An entry's bytes, which may be no canonical JSON any more; signed by the keeper."""
    entries = list(original.entries)
    place = rng.randrange(len(entries))
    data, how = values.nudged_bytes(entries[place], rng)
    entries[place] = data[:65_535]
    return _written(original, entries, KEEPER, "an entry's bytes", f"entry {place}: {how}")


def truly_otherwise(original: Original, rng: Random) -> Mutation:
    """The whole record as it would be if something had truly been otherwise: somebody else's name,
    another text, another choice of a voter; with everything that follows from it in its place. The
    rules may well allow it."""
    how = rng.choice(("a name", "a text", "a choice", "a choice", "a choice"))
    files = dict(original.files)
    if how == "a name":
        names = sorted(set(re.findall(rb'"(m-[a-z2-7]{16})"', b"".join(original.entries))))
        old, new = rng.choice(names), b"m-" + bytes(rng.choices(b"abcdefghij234567", k=16))
        swaps = [(old, new)]
    elif how == "a text":
        lines = files["documents.jsonl"].splitlines(keepends=True)
        place = rng.randrange(len(lines))
        opening = receipt.read_opening(lines[place].removesuffix(b"\n"))
        payload = opening.payload.replace(b"of the record", b"of this record")
        other = opening_of(payload, rng.randbytes(32), opening.domain)
        lines[place] = receipt.write_opening(other) + b"\n"
        files["documents.jsonl"] = b"".join(lines)
        swaps = [(opening.commitment.encode(), other.commitment.encode())]
    else:
        opened = [
            one
            for data in original.entries
            for one in orjson.loads(data)["body"].get("openings", ())
        ]
        old_opening = rng.choice(opened)
        choices = sorted({one["choice"] for one in opened} - {old_opening["choice"]})
        new_opening = old_opening | {"choice": rng.choice(choices), "salt": rng.randbytes(32).hex()}
        sealed = [
            opening_of(
                one["choice"].encode(), bytes.fromhex(one["salt"]), commitments.CHOICE
            ).commitment.encode()
            for one in (old_opening, new_opening)
        ]
        swaps = [
            (canonical.encode(old_opening), canonical.encode(new_opening)),
            (sealed[0], sealed[1]),
        ]
    entries = list(original.entries)
    for old, new in swaps:
        entries = [data.replace(old, new) for data in entries]
    made = _written(replace(original, files=files), entries, KEEPER, f"truly {how}", how)
    return made
