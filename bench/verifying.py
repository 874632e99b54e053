"""`quorate verify` on 200,000 entries, beside hashing the same bytes: as a function, and as the
command on the exported folder with the start of its process; and the command on 1,000,000, from the
beginning and going on from an earlier check. On one core, in seconds of the processor, so that what
else the machine does counts as little as it can.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench import organisation
from bench.figures import Row
from quorate.record import folder, log_files, verify
from quorate.record.uncollected import uncollected

ENTRIES = 200_000
LONG = 1_000_000
ROUNDS = 3
PROGRAM = Path(sys.executable).parent / "quorate"


def rows(place: Path) -> Iterator[Row]:
    """A whole year's record, then one of admissions only."""
    year = organisation.whole_year(ENTRIES, members=100_000, proposals=2_000, ballots=26_000)
    yield from _measured("a whole year", organisation.export(year, place / "year"))
    admitted = organisation.admissions_only(ENTRIES)
    yield from _measured("admissions only", organisation.export(admitted, place / "admissions"))
    del year, admitted
    yield from _long(long_record(place), place / "kept")


def long_record(place: Path) -> Path:
    """The export of a year of so many members that its record has 1,000,000 entries; made once."""
    export = place / "long"
    if not export.exists():
        year = organisation.whole_year(
            LONG, members=100_000, proposals=2_000, ballots=26_000, seats=500
        )
        organisation.export(year, export)
    return export


def _long(export: Path, kept: Path) -> Iterator[Row]:
    """Once each: it takes minutes where the machine is slow. ``kept``: as a check has kept it."""
    bare = _lap(_hashed, export)
    for name in ("", ", nothing new since an earlier check"):
        took, clock, peak = _with_peak([PROGRAM, "verify", export, "--continue", kept])
        yield Row(
            f"verify {LONG:,} entries, the command{name}",
            f"{took:.1f} s ({clock:.1f} s on the clock), peak {peak:.0f} MB",
            f"hashing them: {bare:.1f} s",
            f"{took / bare:.1f}",
        )


_BESIDE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""A program in between: the peak of a program is at least what the one held that began it."""


def _with_peak(command: list[object]) -> tuple[float, float, float]:
    """Seconds of the processor and on the clock, and the most memory that it held, in MB."""
    start = time.perf_counter()
    words = [sys.executable, "-c", _BESIDE, *map(str, command)]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    took, peak = map(float, said.split())
    return took, time.perf_counter() - start, peak


def _measured(what: str, export: Path) -> Iterator[Row]:
    """Rounds of all three in turn, so that whatever else the machine does meets them alike."""
    turns = (_hashed, _verified, _command)
    with uncollected():  # as the command does to its end
        laps = [tuple(_lap(work, export) for work in turns) for _ in range(ROUNDS)]
    for name, turn in (("", 1), (", the command, its start included", 2)):
        yield Row(
            f"verify {ENTRIES:,} entries, {what}{name}",
            f"{ENTRIES / median(lap[turn] for lap in laps):,.0f} entries/s",
            f"hashing them: {ENTRIES / median(lap[0] for lap in laps):,.0f}/s",
            f"{median(lap[0] / lap[turn] for lap in laps):.3f}",
        )


def _lap(work: Callable[[Path], None], export: Path) -> float:
    start = _spent()
    work(export)
    return _spent() - start


def _spent() -> float:
    """Seconds of the processor that this process has used, and those that it has waited for."""
    return sum(os.times()[:4])


def _hashed(export: Path) -> None:
    for entry in log_files.entries(export):
        hashlib.sha256(entry).digest()


def _verified(export: Path) -> None:
    report = verify.verify(folder.open_export(export))
    if not report.sound or report.state.size != ENTRIES:
        raise AssertionError(report.findings)


def _command(export: Path) -> None:
    subprocess.run([PROGRAM, "verify", export], check=True, capture_output=True)
