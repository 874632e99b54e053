"""Clients that hold on to their connection and count how long each answer took."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

SHIFT = "QUORATE_BENCH_SHIFT"
"""In the server's environment: how far its clock is ahead of the machine's, ms."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A POST of JSON, or of text that is written already. ``token``: of the member who asks, "" for
    none."""

    path: str
    body: dict[str, Any] | bytes
    token: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """``waits``: seconds until each answer. ``whole``: seconds from the first request to the last
    answer. ``refused``: requests that were not answered with 200 or 201."""

    waits: tuple[float, ...]
    whole: float
    refused: int

    @property
    def rate(self) -> float:
        return len(self.waits) / self.whole

    @property
    def median(self) -> float:
        return 1000 * median(self.waits)

    @property
    def p99(self) -> float:
        return 1000 * quantiles(self.waits, n=100)[98]


def steady(port: int, asked: Sequence[Asked], clients: int) -> Load:
    """So many clients, each asking again as soon as it is answered."""

    async def client(share: Sequence[Asked]) -> list[tuple[float, int]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answers = []
        for one in share:
            start = time.perf_counter()
            status = await post(reader, writer, one)
            answers.append((time.perf_counter() - start, status))
        writer.close()
        return answers

    async def everyone() -> Load:
        start = time.perf_counter()
        answers = await asyncio.gather(*(client(asked[n::clients]) for n in range(clients)))
        return _load([one for share in answers for one in share], time.perf_counter() - start)

    return asyncio.run(everyone())


def burst(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    """Requests that come evenly within so many seconds, each on a connection of its own, whether
    or not the ones before are answered."""

    async def client(one: Asked, at: float, start: float) -> tuple[float, int]:
        await asyncio.sleep(start + at - time.perf_counter())
        began = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            status = await post(reader, writer, one)
            writer.close()
        except OSError:
            status = 0
        return time.perf_counter() - began, status

    async def everyone() -> Load:
        start = time.perf_counter()
        step = seconds / len(asked)
        answers = await asyncio.gather(
            *(client(one, number * step, start) for number, one in enumerate(asked))
        )
        return _load(answers, time.perf_counter() - start)

    return asyncio.run(everyone())


def _load(answers: Sequence[tuple[float, int]], whole: float) -> Load:
    refused = sum(status not in (200, 201) for _, status in answers)
    return Load(tuple(wait for wait, _ in answers), whole, refused)


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Asked) -> int:
    """The status of the answer."""
    body = asked.body if isinstance(asked.body, bytes) else json.dumps(asked.body).encode()
    token = f"Authorization: Bearer {asked.token}\r\n" if asked.token else ""
    head = (
        f"POST {asked.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{token}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    status = int((await reader.readuntil(b"\r\n")).split()[1])
    length = 0
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    await reader.readexactly(length)
    return status
