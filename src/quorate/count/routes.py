"""The routes that papers take under Meek's method, so that an iteration need not touch papers.

A paper gives each elected candidate in its order a share, and what is left to the first hopeful
one. So all that matters of it is its route: those elected candidates, and the one it ends with
(or nobody). Routes are the nodes of a tree; papers lie at the node where theirs ends. There are
few: with e elected and h hopeful candidates at most (h + 1) × e! × 3, whatever the papers.
A route changes only if the candidate it ends with is elected or excluded; then its papers move.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quorate.count.bundles import Numbers, Weights
from quorate.count.piles import INVALID, NOBODY, Piles, open_to

ROOT = 0
_TABLE = 1 << 22
"""Up to so many keys are looked up in a table, more are sorted."""


@dataclass(slots=True, eq=False)
class Routes:
    """``nodes``: of each bundle, the node it lies at. The lists are by node: the node before,
    the candidate, how many candidates up to it, and how many papers lie there."""

    piles: Piles
    numbers: int
    nodes: NDArray[np.int32]
    before: list[int] = field(default_factory=lambda: [ROOT])
    candidate: list[int] = field(default_factory=lambda: [NOBODY])
    depth: list[int] = field(default_factory=lambda: [0])
    papers: list[int] = field(default_factory=lambda: [0])
    known: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The routes of one length: parallel arrays."""

    nodes: Numbers
    before: Numbers
    candidates: Numbers
    papers: Weights
    """All that pass through the node or lie at it."""


def routes_of(piles: Piles, numbers: int) -> Routes:
    """The routes at the beginning, when papers lie with their first preference.

    ``numbers``: how many candidates there are.
    """
    routes = Routes(piles, numbers, np.zeros(len(piles.holder), np.int32))
    counted = np.flatnonzero(piles.holder != INVALID)
    _lay(routes, counted, piles.holder[counted], frozenset())
    return routes


def lead_on(
    routes: Routes, candidate: int, hopeful: Collection[int], elected: Collection[int]
) -> None:
    """Moves the papers whose routes end with a candidate who is elected now, or excluded."""
    which = routes.piles.held_by(candidate)
    for node, ends_with in enumerate(routes.candidate):
        if ends_with == candidate:
            routes.papers[node] = 0
    still_open = open_to([*hopeful, *elected], routes.numbers)
    if candidate not in elected:
        routes.nodes[which] = np.array(routes.before, np.int32)[routes.nodes[which]]
    while len(which):
        to = routes.piles.hand_on(which, still_open)
        which = _lay(routes, which, to, elected)


def levels_of(routes: Routes, dtype: Any) -> list[Level]:
    """The routes that have papers, the shortest first. ``dtype``: of the numbers of papers."""
    through = list(routes.papers)
    for node in range(len(through) - 1, ROOT, -1):
        through[routes.before[node]] += through[node]
    by_depth: dict[int, list[int]] = {}
    for node in range(ROOT + 1, len(through)):
        if through[node]:
            by_depth.setdefault(routes.depth[node], []).append(node)
    return [
        Level(
            np.array(nodes),
            np.array([routes.before[node] for node in nodes]),
            np.array([routes.candidate[node] for node in nodes]),
            np.array([through[node] for node in nodes], dtype),
        )
        for _, nodes in sorted(by_depth.items())
    ]


def _lay(
    routes: Routes, which: Numbers, to: NDArray[np.int16], elected: Collection[int]
) -> Numbers:
    """Lays bundles at the node for ``to`` behind theirs; those with more of a route to go."""
    base = routes.numbers + 1
    key = routes.nodes[which].astype(np.int64) * base + to
    keys, place = _distinct(key, len(routes.before) * base)
    found = np.array([_node(routes, one) for one in keys.tolist()], np.int32)
    routes.nodes[which] = found[place]
    for one, papers in routes.piles.papers_by(place, which, len(keys)).items():
        node = int(found[one])
        if routes.candidate[node] not in elected:
            routes.papers[node] += papers
    passing = np.zeros(base, np.bool_)
    passing[list(elected)] = True
    return which[passing[to]]


def _node(routes: Routes, key: int) -> int:
    node = routes.known.get(key)
    if node is None:
        before, candidate = divmod(key, routes.numbers + 1)
        node = routes.known[key] = len(routes.before)
        routes.before.append(before)
        routes.candidate.append(candidate)
        routes.depth.append(routes.depth[before] + 1)
        routes.papers.append(0)
    return node


def _distinct(keys: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The different keys, all below ``size``, ascending; the place of each key among them."""
    if size > _TABLE:
        different, place = np.unique(keys, return_inverse=True)
        return different, place
    table = np.zeros(size, np.int32)
    table[keys] = 1
    different = np.flatnonzero(table)
    table[different] = np.arange(len(different))
    return different, table[keys]
