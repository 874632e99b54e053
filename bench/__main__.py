"""Measured speeds, as a table: `make bench`. Each figure stands beside a bare baseline of the same
run. Nothing here passes or fails."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import booth, counting, lane, secret_ballots, verifying
from bench.figures import Row
from support import postgres


def main() -> None:
    table = Table("What", "Median", "Beside it", "Ratio")
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(Path(folder)):
            print(f"{row.what}: {row.ours}", file=sys.stderr, flush=True)  # it takes long
            table.add_row(row.what, row.ours, row.beside, row.ratio)
    Console(width=150).print(table)


def _rows(place: Path) -> Iterator[Row]:
    yield from counting.rows()
    yield from verifying.rows(place)
    yield from secret_ballots.rows()
    yield from _apart("bench.box", place / "box", "SQLite")
    yield from _box_on_postgresql(place / "box-on-postgresql")
    yield from booth.rows()
    yield from lane.rows(place)
    yield from _apart("bench.signing", place / "signing")
    yield from _apart("bench.appending", place / "appending")
    yield from _on_postgresql(place / "appending-on-postgresql")
    yield from _apart("bench.starting", place, verifying.long_record(place))
    yield from _apart("bench.pages", place)


def _on_postgresql(place: Path) -> Iterator[Row]:
    programs = postgres.programs()
    if programs is not None:
        with postgres.cluster(programs) as new_database:
            yield from _apart("bench.appending", place, new_database())


def _box_on_postgresql(place: Path) -> Iterator[Row]:
    programs = postgres.programs()
    if programs is not None:
        with postgres.cluster(programs) as new_database:
            yield from _apart("bench.box", place, "PostgreSQL", new_database())


def _apart(module: str, *words: object) -> Iterator[Row]:
    """In a process of its own: a process has room for one organisation."""
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        if line.count("\t") == 3:  # what it says besides is no row
            yield Row(*line.split("\t"))


main()
