"""Secret ballots: verified beside sirona and belenios-tool, shuffled, and ten thousand of them from
the booth to the result. The time is the processor's where programs stand side by side, for each
verifies on one core; where several processes work, it is the clock's.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Row
from quorate.ballots import recomputed, shuffles
from quorate.ballots.groups.group import Group
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.verify.ballot_checks import Checker, faults
from quorate.ballots.verify.whole import verify
from support.belenios import SIRONA, put_into
from support.secret_election import CHAIR, RANKED, Held, begun

ROUNDS = 3
CHOICE = [[0, 1, 0, 0, 0]]
CORES = os.cpu_count() or 1


def rows() -> Iterator[Row]:
    recomputed.load_kernel(wait=True)
    yield from _beside(ED25519, 100, "sirona", _sirona())
    yield from _beside(BELENIOS_2048, 40, "belenios-tool", _belenios_tool())
    yield _without_kernel()
    yield _on_all_cores()
    yield from _shuffle()
    yield from _whole()


def _held(group: Group[Any], ballots: int) -> tuple[Held, list[bytes]]:
    held = begun(group, [CHAIR], ballots, single=1)
    return held, [held.cast(voter, CHOICE) for voter in range(ballots)]


def _beside(group: Group[Any], ballots: int, name: str, command: list[str] | None) -> Iterator[Row]:
    """In turns, so that whatever else the machine does meets both alike."""
    held, cast = _held(group, ballots)
    checker = Checker(held.raw)
    assert not any(map(checker.fault, cast[:5]))
    bare = _bare(group)
    turns = []
    for _ in range(ROUNDS):
        began = time.process_time()
        assert not any(map(checker.fault, cast))
        ours = ballots / (time.process_time() - began)
        theirs = None if command is None else ballots / _seconds_of(command, held.content)
        turns.append((ours, theirs, 1 / bare()))
    rate = median(ours for ours, _, _ in turns)
    what = f"{group.name} ballots of 5 candidates verified, on one core"
    powers = median(per_second / ours for ours, _, per_second in turns)
    yield Row(what, f"{rate:.0f}/s", f"the library's bare powers: {powers:.0f} in that time", "")
    if command is None:
        yield Row(what, f"{rate:.0f}/s", f"{name} is not installed", "")
        return
    pairs = [(ours, theirs) for ours, theirs, _ in turns if theirs is not None]
    yield Row(
        what,
        f"{rate:.0f}/s",
        f"{name}, the whole archive: {median(theirs for _, theirs in pairs):.1f}/s",
        f"{median(ours / theirs for ours, theirs in pairs):.1f}",
    )


def _bare(group: Group[Any]) -> Callable[[], float]:
    """Seconds of one power in the group."""
    base, exponent = group.power(group.g, 4711), group.q - 815

    def measured() -> float:
        began = time.process_time()
        for _ in range(500):
            group.power(base, exponent)
        return (time.process_time() - began) / 500

    return measured


def _without_kernel() -> Row:
    """In turns: what numba's compiled code wins."""
    held, cast = _held(ED25519, 100)
    checker, kernel, turns = Checker(held.raw), recomputed._kernel, []
    for _ in range(ROUNDS):
        rates = []
        for recomputed._kernel in (kernel, None):
            began = time.process_time()
            assert not any(map(checker.fault, cast))
            rates.append(100 / (time.process_time() - began))
        turns.append(rates)
    recomputed._kernel = kernel
    return Row(
        "Ed25519 ballots of 5 candidates verified, on one core",
        f"{median(ours for ours, _ in turns):.0f}/s",
        f"without compiled code: {median(bare for _, bare in turns):.0f}/s",
        f"{median(ours / bare for ours, bare in turns):.1f}",
    )


def _on_all_cores() -> Row:
    """The clock's time, with the start of the processes."""
    many = 4_000
    held, cast = _held(ED25519, many)
    began = time.monotonic()
    assert not any(faults(held.raw, cast, 1))
    alone = time.monotonic() - began
    began = time.monotonic()
    assert not any(faults(held.raw, cast, CORES))
    together = time.monotonic() - began
    return Row(
        f"{many:,} Ed25519 ballots verified, by {CORES} processes",
        f"{many / together:.0f}/s",
        f"by one: {many / alone:.0f}/s",
        f"{alone / together:.1f}",
    )


def _shuffle() -> Iterator[Row]:
    held = begun(ED25519, [RANKED], 1000, single=1)
    for voter in range(1000):
        held.cast(voter, [[1, 2, 3, 4, 5]])
    held.close()
    before = shuffles.nh_ciphertexts(held.election, held.tally)
    began = time.process_time()
    made = shuffles.shuffle(held.key, held.phi, before)
    proved = time.process_time() - began
    began = time.process_time()
    assert shuffles.verify(held.key, held.phi, before, made)
    verified = time.process_time() - began
    yield Row("a shuffle of 1,000 ranked ballots, proved", f"{proved:.1f} s", "", "")
    yield Row("the same, verified", f"{verified:.1f} s", "", "")


def _whole() -> Iterator[Row]:
    """From 100 ballots to 10,000: cast, verified at the door, tallied, decrypted, verified."""
    for ballots in (100, 1_000, 10_000):
        began = time.monotonic()
        held, cast = _held(ED25519, ballots)
        booth = time.monotonic() - began
        began = time.monotonic()
        assert not any(faults(held.raw, cast, CORES))
        door = time.monotonic() - began
        began = time.monotonic()
        held.close()
        held.open(1)
        counted = time.monotonic() - began
        began = time.monotonic()
        assert verify(held.content, CORES).sound
        audit = time.monotonic() - began
        whole = booth + door + counted + audit
        yield Row(
            f"{ballots:,} ballots: encrypted, verified at the door, counted, verified",
            f"{whole:.0f} s, {1000 * whole / ballots:.1f} ms each",
            f"{booth:.1f} + {door:.1f} + {counted:.1f} + {audit:.1f} s",
            "",
        )


def _sirona() -> list[str] | None:
    node = shutil.which("node")
    return [node, str(SIRONA), "election", "verify"] if node and SIRONA.exists() else None


def _belenios_tool() -> list[str] | None:
    tool = shutil.which("belenios-tool")
    return None if tool is None else [tool, "election", "verify"]


def _seconds_of(command: list[str], content: bytes) -> float:
    """The processor's time that a program takes over the archive."""
    with tempfile.TemporaryDirectory() as folder:
        put_into(Path(folder), content)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    for row in rows():
        print(row.what, row.ours, row.beside, row.ratio, sep="\t", flush=True)
