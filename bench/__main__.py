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

from bench import counting, lane, verifying
from bench.figures import Row


def main() -> None:
    table = Table("What", "Median", "Beside it", "Ratio")
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(Path(folder)):
            table.add_row(row.what, row.ours, row.beside, row.ratio)
    Console(width=150).print(table)


def _rows(place: Path) -> Iterator[Row]:
    yield from counting.rows()
    yield from verifying.rows(place)
    yield from lane.rows(place)
    yield from _pages(place)


def _pages(place: Path) -> Iterator[Row]:
    """In a process of its own: a process has room for one organisation."""
    command = [sys.executable, "-m", "bench.pages", str(place)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        yield Row(*line.split("\t"))


main()
