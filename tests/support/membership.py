"""The members of the story's organisation: sixty, in six branches, and its first officers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product, zip_longest

from quorate.rulebook.schema import Body, Post, Rulebook
from support.small import BRANCHES

FIRST = ("Ama", "Bela", "Cho", "Dara", "Ewa", "Femi", "Gita", "Hugh", "Ines", "Joss")
LAST = ("Ashe", "Boyle", "Costa", "Dunne", "Evans", "Fox")


def members() -> list[dict[str, str]]:
    """The rows of members.csv, branch by branch."""
    names = (f"{first} {last}" for last, first in product(LAST, FIRST))
    return [
        {"name": name, "email": f"{name.lower().replace(' ', '.')}@example.org", "branch": branch}
        for branch, (_, size) in BRANCHES.items()
        for name in (next(names) for _ in range(size))
    ]


def officers(rules: Rulebook) -> list[dict[str, str]]:
    """The rows of officers.csv: nobody holds two offices, and branches take turns."""
    free = {branch: [m for m in members() if m["branch"] == branch] for branch in BRANCHES}
    return [
        {"office": office, "place": place, "email": free[branch].pop(0)["email"]}
        for office, place, seats in _offices(rules)
        for branch in _in_turn(free, place)[:seats]
    ]


def _offices(rules: Rulebook) -> Iterator[tuple[str, str, int]]:
    """Those of places first: there is less to choose from."""
    every: dict[str, Body | Post] = {**rules.posts, **rules.bodies}
    regions = sorted({region for region, _ in BRANCHES.values()})
    for name, office in every.items():
        per = office.per if isinstance(office, Post) else "organisation"
        places = {"branch": list(BRANCHES), "region": regions}.get(per, [""])
        for place in sorted(places):
            yield name, place, office.seats if isinstance(office, Body) else 1


def _in_turn(free: dict[str, list[dict[str, str]]], place: str) -> list[str]:
    """Branches of the place, one after the other, as often as they have members left to choose."""
    able = [
        [branch] * (len(left) - 2)
        for branch, left in free.items()
        if place in ("", branch, BRANCHES[branch][0])
    ]
    return [branch for row in zip_longest(*able) for branch in row if branch is not None]
