"""What somebody can do about an election now: stand, nominate, agree to a slate, vote, count."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Refusal
from quorate.chapters.elections.electorate import lately_come, may_nominate, voter
from quorate.chapters.elections.nominate import taking_nominations
from quorate.chapters.elections.papers import papers_over_by
from quorate.chapters.elections.remembers import Candidate, Election, Slate
from quorate.chapters.elections.slates import may_propose
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.offices.assemblies import belongs
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.web.secret.steps import void_because


@dataclass(frozen=True, slots=True)
class MySlate:
    """A slate on which the person who asks is named. ``answer``: what they said, None for nothing
    yet. ``yes``, ``no``: the acts' fields."""

    slate: Slate
    answer: bool | None
    yes: dict[str, object]
    no: dict[str, object]


@dataclass(frozen=True, slots=True)
class Tellers:
    """What a teller can do about the papers: ``enter`` more, ``end`` the entering, which is
    another's than theirs who entered any."""

    enter: bool
    end: bool


def lately_come_here(state: State, election: Election) -> int:
    """How many members of the branch or region came too late to vote in this election, while it is
    not decided."""
    if election.came_by is None or election.result is not None or election.void:
        return 0
    membership = state.membership
    return sum(
        lately_come(state, election, membership.members[member])
        for code in membership.branches
        if belongs(state, code, election.place)
        for member in members_in_good_standing(membership, code)
    )


def my_candidacy(election: Election, me: str) -> Candidate | None:
    """The nomination of this member, if there is one."""
    return next((c for c in election.candidates if c.member == me), None)


def my_slates(state: State, election: Election, me: str, now: int) -> list[MySlate]:
    """The slates that name this member, while they can say whether they agree."""
    if not me or taking_nominations(state, election, now) is not None:
        return []
    return [
        MySlate(
            slate=slate,
            answer=True if me in slate.consents else False if me in slate.declined else None,
            yes={"election": election.number, "slate": slate.number, "yes": "yes"},
            no={"election": election.number, "slate": slate.number},
        )
        for slate in election.slates
        if me in slate.members
    ]


def can_put_forward(state: State, election: Election, me: str, now: int) -> bool:
    """Whether this member can nominate somebody, or propose a slate where slates stand."""
    if not me or election.count.startswith("slate-"):
        return bool(me) and may_propose(state, election, me, now) is None
    refusal = taking_nominations(state, election, now) or may_nominate(state, election, me)
    return refusal is None


def putting_forward(election: Election) -> str:
    """What it is called to put somebody forward here."""
    return "Propose a slate" if election.count.startswith("slate-") else "Nominate"


def votes_here(state: State, election: Election, me: str) -> str | Refusal | None:
    """Whose vote this member casts on this page, or why none; nothing for who is not signed in and
    where votes are cast on paper, or by secret ballot, which has a page of its own."""
    open_here = not election.paper and not election.register
    return voter(state, election, me) if me and open_here else None


def tellers(state: State, election: Election, me: str, now: int) -> Tellers:
    """What this member can do about the papers of a poll on paper that has closed, or about those
    beside a ballot box."""
    rules = state.rules
    if election.convention in state.floor.conventions:
        rules = state.floor.conventions[election.convention].rules
    entering = election.paper and election.closed is None and now >= election.closes
    entering = entering or _beside_a_box(state, election, now)
    enter = bool(me) and entering and holds(state, me, rules.delegates.credentials_by)
    return Tellers(enter, enter and me not in election.entered_by)


def called_off(state: State, election: Election) -> str:
    """Why it is void before anybody voted, as sentences; "" where it is not."""
    if not election.void or election.closed is None or election.closed > election.opens:
        return ""
    register = state.secret.registers.get(election.register)
    if register is None:
        return (
            "Delegates have demanded a secret ballot, and the roll of voting keys was not there "
            "yet. It is called anew when it is."
        )
    return f"{void_because(register)} It can be called anew, with another register."


def _beside_a_box(state: State, election: Election, now: int) -> bool:
    """Whether papers of those without a key can still be entered."""
    box = state.secret.boxes.get(election.number)
    if box is None or box.closed is None or box.void:
        return False
    return now < papers_over_by(state, election, box.closed)
