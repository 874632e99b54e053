"""Files changed by whoever holds an export and no key: their bytes, whole files, older tiles, and
the lines of texts and sheets."""

from __future__ import annotations

import json
from random import Random

from quorate import commitments
from quorate.record import canonical, receipt
from support.mutating import values
from support.mutating.mutation import Mutation
from support.mutating.original import Original, log_files, opening_of


def some_bytes(original: Original, rng: Random) -> Mutation:
    path = _file(original, rng)
    data, how = values.nudged_bytes(original.files[path], rng)
    return Mutation("bytes", {**original.files, path: data}, f"{path}: {how}")


def whole_files(original: Original, rng: Random) -> Mutation:
    """A file is gone, in another's place, or under another name."""
    files = dict(original.files)
    path, other = _file(original, rng), _file(original, rng)
    how = rng.choice(("gone", "empty", "instead", "beside"))
    if how == "gone":
        del files[path]
    elif how == "empty":
        files[path] = b""
    elif how == "instead":
        files[path] = files[other]
    else:
        folder = path.rpartition("/")[0]
        name = rng.choice(("003", "000.p/7", "x000/001", "x", "64/000", "1000", "001.p/256", "é"))
        files[f"{folder}/{name}".lstrip("/")] = files[other]
    return Mutation("files", files, f"{path}: {how} ({other})")


def older_tiles(original: Original, rng: Random) -> Mutation:
    """What was served when the record was shorter stands beside what is there now."""
    size = rng.randrange(1, len(original.entries))
    older = log_files(original.entries[:size])
    path = rng.choice(sorted(older))
    data, how = older[path], "as it was"
    if rng.random() < 0.5:
        data, how = values.nudged_bytes(data, rng)
    return Mutation("older tiles", {**original.files, path: data}, f"{path}: {how}")


def openings(original: Original, rng: Random) -> Mutation:
    """A text or a sheet is changed, gone, doubled, swapped, put in, or opened otherwise."""
    path = rng.choice(("documents.jsonl", "people.jsonl"))
    lines = [json.loads(line) for line in original.files[path].splitlines()]
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    how = rng.choice(
        ("a field", "gone", "doubled", "swapped", "payload", "salt", "made up", "file")
    )
    files = dict(original.files)
    if how == "a field":
        how += f" {values.changed(lines[place], rng, lines[other])}"
    elif how == "gone":
        del lines[place]
    elif how == "doubled":
        lines.insert(other, lines[place])
    elif how == "swapped":
        lines[place], lines[other] = lines[other], lines[place]
    elif how in ("payload", "salt"):
        lines[place][how], lines[other][how] = lines[other][how], lines[place][how]
    elif how == "made up":
        salt = rng.randbytes(32)
        domain = rng.choice(_DOMAINS)
        made = opening_of(b"{}", salt, domain)
        lines.insert(place, json.loads(receipt.write_opening(made)))
    else:
        line = json.dumps(lines.pop(place), separators=(",", ":"), sort_keys=True)
        files["documents.jsonl" if path == "people.jsonl" else "people.jsonl"] += (
            f"{line}\n".encode()
        )
    files[path] = b"".join(canonical.encode(line) + b"\n" for line in lines)
    return Mutation("openings", files, f"{path}, {place}: {how}")


_DOMAINS = (commitments.DOCUMENT, commitments.PERSON, commitments.CHOICE)


def _file(original: Original, rng: Random) -> str:
    return rng.choice(sorted(original.files))
