"""How many members each branch has, counted once for each state of the membership."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from quorate.chapters.membership.remembers import Membership


@dataclass(frozen=True, slots=True)
class Counted:
    """Branch → members in good standing; those of them whom others may write to."""

    standing: Mapping[str, int]
    reachable: Mapping[str, int]


_LAST: list[tuple[Membership, Counted]] = []
"""The newest only: a state is never changed, so what was counted of it stays right."""


def counted(membership: Membership) -> Counted:
    """The members of each branch, counted."""
    for known, found in _LAST:
        if known is membership:
            return found
    good = [m for m in membership.members.values() if m.standing == "good"]
    found = Counted(
        Counter(member.branch for member in good),
        Counter(member.branch for member in good if member.reachable),
    )
    _LAST[:] = [(membership, found)]
    return found
