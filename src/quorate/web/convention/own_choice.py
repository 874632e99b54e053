"""What somebody has sealed themselves: it is shown to them before all are opened, and to nobody
else."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse

from quorate.chapters.elections.remembers import Election, SealedBallot
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.floor.remembers import SealedVote
from quorate.chapters.state import State
from quorate.count.rules import RULES
from quorate.store import keeping
from quorate.web import names
from quorate.web.lane import lane

LOST = "lost"
"""It can be opened no more: it was removed from the server, or changed there."""


def own_vote(sealed: SealedVote | None, me: str) -> str:
    """The choice that this member cast themselves; "" where they cast none, LOST."""
    if sealed is None or sealed.by != me:
        return ""
    return _opened(sealed.choice) or LOST


def own_ballot(state: State, election: Election, sealed: SealedBallot | None, me: str) -> str:
    """What this member's ballot says, in words; "" where they cast none, LOST."""
    if sealed is None or sealed.by != me:
        return ""
    marks = _opened(sealed.choice)
    if marks is None:
        return LOST
    ranks = [int(mark) for mark in marks.split(",") if mark.isdigit()]
    if not ranks:
        return "nobody: it is blank"
    if election.count == "slate-yes-no/1":
        return "yes" if ranks == [1] else "no" if ranks == [2] else marks
    if election.count.startswith("slate-"):
        on_paper = [slate.title for slate in standing_slates(election)]
    else:
        on_paper = [names.name_of(state, one.member) for one in election.standing]
    called = [on_paper[rank - 1] if 0 < rank <= len(on_paper) else str(rank) for rank in ranks]
    how = RULES[election.count].marks
    if how == "points":
        return ", ".join(f"{name} {points}" for name, points in Counter(called).items())
    if len(called) == 1 or how != "ranks":
        return ", ".join(called)
    return ", ".join(f"{place}. {name}" for place, name in enumerate(called, 1))


def for_one(page: HttpResponse, shown: str) -> HttpResponse:
    """The page, kept nowhere on its way where it shows a sealed choice."""
    if shown:
        page["Cache-Control"] = "private, no-store"
    return page


def _opened(commitment: str) -> str | None:
    found = keeping.openings(lane().place.sealing_key, {"": commitment}, {})
    return found[""][1].decode("utf-8", "replace") if found else None
