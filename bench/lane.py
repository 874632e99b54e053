"""The write lane under votes, beside a bare Django view that inserts one row, over HTTP, both on
the same server process: at a steady load of 16 clients, in a burst of 2,000 votes, and at 200 votes
a second.

A convention of 2,000 delegates sits and a vote is open. In the burst each seat votes; under the
steady load seats vote again, giving a reason, so that each request is one entry more.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median

from bench.clients import SHIFT, Asked, Load, burst, steady
from bench.figures import Row
from support import postgres

CLIENTS = 16
SEATS = 2_000
EACH_ROUND = 800
ROUNDS = 3
BURST_SECONDS = 2.0
EVENLY_SECONDS = 10.0
"""2,000 votes within it: 200 a second."""

_number = count()


def rows(place: Path) -> Iterator[Row]:
    """On SQLite, then on a PostgreSQL of the bench's own, if its programs are installed."""
    yield from _on(place / "sqlite", "SQLite", "")
    programs = postgres.programs()
    if programs is None:
        yield Row("votes, PostgreSQL", "not measured: it is not installed", "", "")
        return
    with postgres.cluster(programs) as new_database:
        yield from _on(place / "postgresql", "PostgreSQL", new_database())


def _on(place: Path, database: str, address: str) -> Iterator[Row]:
    staged = [sys.executable, "-m", "bench.staging", str(place), str(SEATS), address]
    told = subprocess.run(staged, check=True, capture_output=True, text=True).stdout
    seats = [tuple(line.split()) for line in told.splitlines()]
    with served(place) as port:
        yield from _measured(port, database, seats)


def _measured(port: int, database: str, seats: list[tuple[str, ...]]) -> Iterator[Row]:
    """A delegate goes out and comes back beforehand, so the server has read the record by then."""
    goes = [_act(name, {}, seats[0]) for name in ("floor.leave", "floor.arrive")]
    steady(port, goes, 1)
    bare_burst = burst(port, [_row() for _ in seats], BURST_SECONDS)
    votes_burst = burst(port, [_vote("/api/acts", seat, "") for seat in seats], BURST_SECONDS)
    yield _burst_row(database, votes_burst, bare_burst)
    again = [_vote("/api/acts", seat, "mistake") for seat in seats]
    bare_evenly = burst(port, [_row() for _ in seats], EVENLY_SECONDS)
    yield _evenly_row(database, burst(port, again, EVENLY_SECONDS), bare_evenly)
    for path, what in (("/bare/vote", "the lane in a bare view"), ("/api/acts", "the API")):
        bare, votes = [], []
        for _ in range(ROUNDS):
            again = [_vote(path, seat, "mistake") for seat in islice(cycle(seats), EACH_ROUND)]
            bare.append(steady(port, [_row() for _ in again], CLIENTS))
            votes.append(steady(port, again, CLIENTS))
        yield _steady_row(f"votes/s, {CLIENTS} clients, {database}, {what}", votes, bare)


def _vote(path: str, seat: tuple[str, ...], reason: str) -> Asked:
    member, _ = seat
    fields = {"vote": 1, "choice": "for", "reason": reason}
    if path == "/api/acts":
        return _act("floor.vote", fields, seat)
    return Asked(path, {"by": member, "fields": fields})


def _act(name: str, fields: dict[str, object], seat: tuple[str, ...]) -> Asked:
    return Asked("/api/acts", {"act": name, "fields": fields}, seat[1])


def _row() -> Asked:
    return Asked("/bare/row", {"by": "bench", "key": str(next(_number))})


def _steady_row(what: str, ours: list[Load], bare: list[Load]) -> Row:
    ratio = median(a.rate / b.rate for a, b in zip(ours, bare, strict=True))
    return Row(what, _steady(ours), f"bare row: {_steady(bare)}", f"{ratio:.2f}")


def _steady(loads: list[Load]) -> str:
    return (
        f"{median(load.rate for load in loads):,.0f}/s, "
        f"median {median(load.median for load in loads):.0f} ms, "
        f"p99 {median(load.p99 for load in loads):.0f} ms, "
        f"refused {sum(load.refused for load in loads)}"
    )


def _burst_row(database: str, ours: Load, bare: Load) -> Row:
    return Row(
        f"{SEATS:,} votes within {BURST_SECONDS:.0f} s, {database}, the API",
        _burst(ours),
        f"bare rows: {_burst(bare)}",
        f"{bare.whole / ours.whole:.2f}",
    )


def _evenly_row(database: str, ours: Load, bare: Load) -> Row:
    """The answer carries the receipt, under a checkpoint over the act."""
    return Row(
        f"checkpoint and receipt out, {SEATS / EVENLY_SECONDS:.0f} acts/s, {database}, the API",
        _evenly(ours),
        f"bare rows: {_evenly(bare)}",
        f"{ours.median / bare.median:.1f}",
    )


def _evenly(load: Load) -> str:
    late = sum(wait > 1 for wait in load.waits)
    return (
        f"median {load.median:,.0f} ms, p99 {load.p99:,.0f} ms, later than 1 s: {late} of "
        f"{len(load.waits):,}, refused {load.refused}"
    )


def _burst(load: Load) -> str:
    return f"last answered after {load.whole:.1f} s, p99 {load.p99:,.0f} ms, refused {load.refused}"


@contextmanager
def served(place: Path, shift: int | None = None) -> Iterator[int]:
    """The bench's server on a port of its own, until the block ends. ``shift``: how far its clock
    is ahead, ms."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "QUORATE_DIR": str(place)}
    environment |= {} if shift is None else {SHIFT: str(shift)}
    program = [sys.executable, "-m", "bench.served", str(place), str(port)]
    server = subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                steady(port, [_row()], 1)
                break
            except OSError:
                if server.poll() is not None:
                    raise
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()
