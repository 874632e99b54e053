"""Counting libraries side by side: each counts .blt files in a process of its own.

`python -m bench.contenders NAME ROUNDS FILE…` counts each file once to warm up, then so many times,
and prints JSON: the winners and the seconds of each file, and the process's peak memory. The time
is from the file to the result, the building of each library's own objects included; it is the
processor's, for all of these run on one thread, so that what else the machine does changes little.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Winners = list[str]


def quorate_scottish(path: Path) -> Winners:
    return _ours(path, "scottish-stv/1")


def quorate_meek(path: Path) -> Winners:
    return _ours(path, "meek-prf/1")


def quorate_without_numba(path: Path) -> Winners:
    sys.modules["numba"] = None  # type: ignore[assignment]
    return _ours(path, "scottish-stv/1")


def _ours(path: Path, rule: str) -> Winners:
    from quorate.count.blt_bundles import load_kernel, read_blt_bundles
    from quorate.count.rules import count

    load_kernel()
    return list(count(rule, read_blt_bundles(path.read_bytes()).election, b"bench").elected)


def pyrankvote(path: Path) -> Winners:
    import pyrankvote as library

    seats, names, papers = _read(path)
    candidates = [library.Candidate(name) for name in names]
    ballots = []
    for weight, order in papers:
        ballot = library.Ballot([candidates[number - 1] for number in order])
        ballots += [ballot] * weight
    result = library.single_transferable_vote(candidates, ballots, seats)
    return [winner.name for winner in result.get_winners()]


def pref_voting(path: Path) -> Winners:
    from pref_voting.profiles_with_ties import ProfileWithTies
    from pref_voting.proportional_methods import stv_scottish

    seats, names, papers = _read(path)
    rankings = [{number: rank for rank, number in enumerate(order, start=1)} for _, order in papers]
    profile = ProfileWithTies(
        rankings, [weight for weight, _ in papers], candidates=range(1, len(names) + 1)
    )
    return [names[number - 1] for number in stv_scottish(profile, num_seats=seats)]


def votelib(path: Path) -> Winners:
    from votelib.evaluate.sequential import TransferableVoteSelector

    seats, names, papers = _read(path)
    votes: dict[tuple[int, ...], int] = {}
    for weight, order in papers:
        votes[order] = votes.get(order, 0) + weight
    selector: Any = TransferableVoteSelector(quota_function="droop")
    return [names[number - 1] for number in selector.evaluate(votes, seats)]


CONTENDERS: dict[str, Callable[[Path], Winners]] = {
    "quorate": quorate_scottish,
    "quorate, Meek": quorate_meek,
    "quorate, no numba": quorate_without_numba,
    "pyrankvote": pyrankvote,
    "pref_voting": pref_voting,
    "votelib": votelib,
}


def _read(path: Path) -> tuple[int, list[str], list[tuple[int, tuple[int, ...]]]]:
    """Seats, names, and papers, for libraries that read no .blt: as short as Python can."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    end = lines.index("0")
    candidates, seats = map(int, head.split())
    papers = []
    for line in lines[:end]:
        weight, *order = map(int, line.split())
        papers.append((weight, tuple(order[:-1])))
    names = [name.strip('"') for name in lines[end + 1 : end + 1 + candidates]]
    return seats, names, papers


def main() -> None:
    name, rounds, *files = sys.argv[1:]
    contender = CONTENDERS[name]
    told = {}
    for file in map(Path, files):
        winners = contender(file)
        laps = []
        for _ in range(int(rounds)):
            start = time.process_time()
            contender(file)
            laps.append(time.process_time() - start)
        told[file.stem] = {"winners": winners, "seconds": laps}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"files": told, "peak_mb": peak / 1024}))


if __name__ == "__main__":
    main()
