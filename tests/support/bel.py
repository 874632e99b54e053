"""Archives of elections taken apart and put together again, by a reading of our own: nothing here
uses `quorate.ballots`, so it can say what that must not."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

Json = Any


@dataclass(frozen=True)
class Step:
    """An event with the data that stands before it, its payload last; hashes are made anew when it
    is written. ``owner``: of a shuffle or a decryption. ``sizes``: of a tally."""

    type: str
    data: tuple[bytes, ...] = ()
    owner: int = 0
    sizes: tuple[int, int] = (0, 0)

    def json(self, place: int = 0) -> Json:
        return json.loads(self.data[place])

    def with_json(self, value: Json, place: int = 0) -> Step:
        data = list(self.data)
        data[place] = compact(value)
        return replace(self, data=tuple(data))


Steps = list[Step]


def compact(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def records(content: bytes) -> list[tuple[str, bytes]]:
    """The names and bodies of an archive's records."""
    found, at = [], 0
    while at < len(content):
        name = content[at : at + 100].rstrip(b"\0").decode()
        size = int(content[at + 124 : at + 135], 8)
        found.append((name, content[at + 512 : at + 512 + size]))
        at += 512 + (size + 511) // 512 * 512
    return found


def taken_apart(content: bytes) -> tuple[int, Steps]:
    """The timestamp and the steps of a good archive."""
    header, *rest = records(content)
    timestamp = int(json.loads(header[1])["timestamp"])
    waiting: list[bytes] = []
    steps: Steps = []
    for name, body in rest:
        if name.endswith(".data.json"):
            waiting.append(body)
            continue
        kind = json.loads(body)["type"]
        payload = json.loads(waiting[-1]) if waiting else {}
        if kind in ("Shuffle", "PartialDecryption"):
            steps.append(Step(kind, (waiting[0],), owner=payload["owner"]))
        elif kind == "EncryptedTally":
            sizes = (payload["num_tallied"], payload["total_weight"])
            steps.append(Step(kind, (waiting[0],), sizes=sizes))
        else:
            steps.append(Step(kind, tuple(waiting[:3])))
        waiting = []
    return timestamp, steps


def together(timestamp: int, steps: Steps) -> bytes:
    """An archive of these steps, with hashes and heights that fit."""
    header = compact({"version": 1, "timestamp": str(timestamp)})
    written = record("BELENIOS", timestamp, header)
    parent = None
    for height, step in enumerate(steps):
        data = [*step.data, *_payload(step)]
        for body in data:
            written += record(f"{digest(body)}.data.json", timestamp, body)
        event = event_bytes(parent, height, step.type, digest(data[-1]) if data else None)
        written += record(f"{digest(event)}.event.json", timestamp, event)
        parent = digest(event)
    return written


def event_bytes(parent: str | None, height: int, type: str, payload: str | None) -> bytes:
    event: dict[str, Json] = {} if parent is None else {"parent": parent}
    event |= {"height": height, "type": type}
    return compact(event | ({} if payload is None else {"payload": payload}))


def record(name: str, timestamp: int, body: bytes) -> bytes:
    fields = [
        (name.encode(), 100),
        (b"0000644", 8),
        (b"0000000", 8),
        (b"0000000", 8),
        (b"%011o" % len(body), 12),
        (b"%011o" % timestamp, 12),
        (b"        ", 8),
        (b"0", 356),
    ]
    header = b"".join(value.ljust(length, b"\0") for value, length in fields)
    checksum = b"%06o\0 " % sum(header)
    padded = body + bytes(-len(body) % 512)
    return header[:148] + checksum + header[156:] + padded


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def one_archive(folder: Path) -> bytes:
    (found,) = folder.glob("*.bel")
    return found.read_bytes()


def _payload(step: Step) -> list[bytes]:
    if step.type == "Setup":
        election, trustees, credentials = map(digest, step.data)
        return [compact({"election": election, "trustees": trustees, "credentials": credentials})]
    if step.type == "EncryptedTally":
        num, weight = step.sizes
        hash = digest(step.data[0])
        return [compact({"num_tallied": num, "total_weight": weight, "encrypted_tally": hash})]
    if step.type in ("Shuffle", "PartialDecryption"):
        return [compact({"owner": step.owner, "payload": digest(step.data[0])})]
    return []
