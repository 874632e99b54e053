"""What was signed, changed or signed by others: checkpoints, what witnesses cosigned, receipts."""

from __future__ import annotations

import json
from random import Random

from quorate.record import canonical
from support.mutating import values
from support.mutating.mutation import KEEPER, NOBODY, STRANGER, Mutation
from support.mutating.original import Original, cosign, given, sign


def checkpoint(original: Original, rng: Random) -> Mutation:
    """The checkpoint says something else, signed by a stranger or not anew, or is an older one."""
    files, how = dict(original.files), rng.choice(("older", "stranger", "lines", "fork", "both"))
    signed = files["checkpoint"].decode()
    signer = NOBODY
    if how == "older":
        size = rng.randrange(1, len(original.entries))
        signed = sign(original.origin, original.entries[:size], original.signing)
    elif how in ("stranger", "both"):
        anew = sign(original.origin, original.entries, original.stranger)
        signed = anew if how == "stranger" else signed + anew.rpartition("\n\n")[2]
        signer = STRANGER
    elif how == "fork":
        entries = list(original.entries)
        entries[rng.randrange(len(entries))] += b" "
        signed, signer = sign(original.origin, entries, original.signing), KEEPER
    else:
        lines = signed.split("\n")
        values.changed({"lines": lines}, rng, {"lines": lines[::-1]})
        signed = "\n".join(line for line in lines if isinstance(line, str))
    files["checkpoint"] = signed.encode()
    return Mutation("checkpoint", files, how, signer)


def witnessed(original: Original, rng: Random) -> Mutation:
    """What is in witnessed/ was signed by others, of another history, at another time, or not."""
    files = dict(original.files)
    path = rng.choice(sorted(one for one in files if one.startswith("witnessed/")))
    lines = files[path].decode().split("\n")
    how = rng.choice(("line gone", "time", "fork", "more", "swapped", "false name", "nobody's"))
    if how == "line gone":
        del lines[rng.randrange(4, len(lines) - 1)]
    elif how == "swapped":
        lines[5], lines[6] = lines[6], lines[5]
    elif how == "false name":
        one, other = (lines[number].split(" ") for number in rng.sample((5, 6, 7), 2))
        lines.insert(5, f"{one[0]} {one[1]} {other[2]}")
    elif how in ("time", "more", "fork", "nobody's"):
        entries = list(original.entries[: rng.randrange(1, len(original.entries) + 1)])
        if how == "fork":
            entries[rng.randrange(len(entries))] += b" "
        keeper = original.stranger if how == "nobody's" else original.signing
        signed = sign(original.origin, entries, keeper)
        keys = original.cosigning if how != "more" else ()
        lines = cosign(signed, keys, rng.randrange(1, 2**40)).split("\n")
    files[path] = "\n".join(lines).encode()
    return Mutation("witnessed", files, f"{path}: {how}")


def receipts(original: Original, rng: Random) -> Mutation:
    """A receipt is changed, or made up by whoever has no key."""
    place, other = rng.sample(sorted(original.receipts), 2)
    text, another = original.receipts[place], original.receipts[other]
    how = rng.choice(("bytes", "bytes", "part", "lines", "stranger", "entry", "choice"))
    if how == "bytes":
        data, said = values.nudged_bytes(text.encode(), rng)
        text, how = data.decode("utf-8", "surrogateescape"), f"bytes {said}"
    elif how == "part":
        name = rng.choice(("ENTRY", "PROOF", "OPENING"))
        mine, theirs = _part(text, name), _part(another, name)
        text = text.replace(mine, theirs) if mine else text + theirs
        how = f"part {name} of {other}"
    elif how == "lines":
        lines = text.split("\n")
        values.changed({"lines": lines}, rng, {"lines": another.split("\n")})
        text = "\n".join(line for line in lines if isinstance(line, str))
    elif how == "stranger":
        text = given(original.entries, place, original.origin, original.stranger)
    elif how == "entry":
        entry = json.loads(original.entries[place])
        how += f" {values.changed(entry, rng, json.loads(original.entries[other]))}"
        mine = _part(text, "ENTRY").split("\n")[1]
        text = text.replace(mine, canonical.encode(entry).decode())
    else:
        text = _other_choice(text)
    return Mutation("receipt", original.files, f"receipt of {place}: {how}", receipts=(text,))


def _other_choice(text: str) -> str:
    """What the receipt opens is something else."""
    part = _part(text, "OPENING")
    if not part:
        return text
    opening = json.loads(part.split("\n")[1])
    opening["payload"] = "Zm9y" if opening["payload"] != "Zm9y" else "YWdhaW5zdA=="
    return text.replace(part.split("\n")[1], canonical.encode(opening).decode())


def _part(text: str, name: str) -> str:
    """A part of a receipt with its first and last line; "" where there is none."""
    begin, end = f"-----BEGIN {name}-----\n", f"-----END {name}-----\n"
    if begin not in text:
        return ""
    return begin + text.partition(begin)[2].partition(end)[0] + end
