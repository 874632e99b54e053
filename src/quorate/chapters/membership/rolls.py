"""Rolls: how a branch's roll is written down, and what a decided challenge changes in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from immutables import Map

from quorate.chapters.calendar import DAY
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.membership.remembers import BranchRoll, Burst, Challenge, Membership, Roll
from quorate.rulebook.schema import Rulebook


def digest(members: tuple[str, ...]) -> str:
    """Hex SHA-256 of the pseudonyms, sorted, joined by newlines."""
    return hashlib.sha256("\n".join(members).encode()).hexdigest()


def frozen(membership: Membership, convention: int, cut_off: int, rules: Rulebook) -> Roll:
    """The roll of every branch as it stands now, with bursts of admissions shown."""
    since = cut_off - rules.membership.burst_days * DAY
    branches, bursts = {}, []
    for code in sorted(membership.branches):
        members = members_in_good_standing(membership, code)
        branches[code] = BranchRoll(code, members, digest(members))
        fresh = sum(membership.members[m].in_branch_since >= since for m in members)
        if members and fresh >= rules.membership.burst_share * len(members):
            bursts.append(Burst(code, fresh, len(members)))
    return Roll(convention, cut_off, Map(branches), tuple(bursts))


def after(roll: BranchRoll, challenge: Challenge) -> BranchRoll:
    """The roll after an upheld challenge."""
    members = set(roll.members)
    if challenge.about == "missing":
        members.add(challenge.member)
    else:
        members.discard(challenge.member)
    ordered = tuple(sorted(members))
    return replace(roll, members=ordered, digest=digest(ordered))
