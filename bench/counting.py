"""Counting: five real wards, a million ballots, and from ten thousand to ten million, beside other
libraries where they count the same. Each contender has a process of its own, one after another.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.ballots import blt_of
from bench.figures import Row

WARDS = sorted((Path(__file__).parents[1] / "tests" / "real" / "elections").glob("*.blt"))
PEERS = ("pyrankvote", "votelib", "pref_voting")
ON_A_MILLION = ("pyrankvote",)
"""pref_voting takes a minute and more for it, and votelib gives up: "infinite loop in STV"."""
ROUNDS = 3
PEERS_PYTHON = Path(sys.prefix) / "peers" / "bin" / "python"
"""They have an environment of their own: `make bench` makes it."""
MILLION = 1_000_000
CURVE = (10_000, 100_000, MILLION, 10 * MILLION)


@dataclass(frozen=True, slots=True)
class Lap:
    """``seconds``: the median of each file. ``peak``: of the process, in MB."""

    winners: dict[str, frozenset[str]]
    seconds: dict[str, float]
    peak: float

    @property
    def whole(self) -> float:
        """Seconds for all files together."""
        return sum(self.seconds.values())


def rows() -> Iterator[Row]:
    yield from _wards()
    yield from _million()
    yield from _curve()


def _wards() -> Iterator[Row]:
    """In turns, so that whatever else the machine does meets both alike."""
    for peer in PEERS:
        turns = [(_counted("quorate", WARDS, 15), _counted(peer, WARDS, 3)) for _ in range(ROUNDS)]
        ours, theirs = turns[0]
        wrong = sum(theirs.winners[ward] != ours.winners[ward] for ward in ours.winners)
        verdict = f"wrong in {wrong}" if wrong else "right in all"
        yield Row(
            "five wards, file to result",
            f"{median(our.whole for our, _ in turns) * 1000:.1f} ms",
            f"{peer} ({verdict}): {median(their.whole for _, their in turns) * 1000:.0f} ms",
            f"{median(their.whole / our.whole for our, their in turns):.1f}",
        )


def _million() -> Iterator[Row]:
    path = blt_of(MILLION)
    ours = _counted("quorate", [path], 5)
    seconds = ours.seconds[path.stem]
    what = "1,000,000 ballots, 20 candidates, 5 seats"
    for peer in ON_A_MILLION:
        theirs = _counted(peer, [path], 1)
        same = "same" if theirs.winners == ours.winners else "other"
        taken = theirs.seconds[path.stem]
        yield Row(
            what,
            f"{seconds:.3f} s, peak {ours.peak:.0f} MB",
            f"{peer} ({same} winners): {taken:.2f} s, {theirs.peak:,.0f} MB",
            f"{taken / seconds:.1f}",
        )
    for other in ("quorate, Meek", "quorate, no numba"):
        lap = _counted(other, [path], 3)
        taken = lap.seconds[path.stem]
        yield Row(
            f"{what}: {other.removeprefix('quorate, ')}",
            f"{taken:.3f} s, peak {lap.peak:.0f} MB",
            f"our Scottish: {seconds:.3f} s",
            f"{taken / seconds:.2f}",
        )


def _curve() -> Iterator[Row]:
    """Time for each ballot, and the share of the fastest size's as a bar."""
    laps = {size: _counted("quorate", [blt_of(size)], 3) for size in CURVE}
    each = {size: next(iter(lap.seconds.values())) / size for size, lap in laps.items()}
    least = min(each.values())
    for size, lap in laps.items():
        yield Row(
            f"{size:,} ballots",
            f"{each[size] * size:.3f} s, peak {lap.peak:,.0f} MB",
            f"{each[size] * 1e9:.0f} ns a ballot {'▇' * round(8 * each[size] / least)}",
            f"{each[size] / least:.2f}",
        )


def _counted(contender: str, files: list[Path], rounds: int) -> Lap:
    python = PEERS_PYTHON if contender in PEERS else sys.executable
    command = [python, "-m", "bench.contenders", contender, str(rounds), *map(str, files)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Lap(
        {name: frozenset(file["winners"]) for name, file in told["files"].items()},
        {name: median(file["seconds"]) for name, file in told["files"].items()},
        told["peak_mb"],
    )
