"""What the pages say about recalls: who can start one, how far its demand has come, its votes."""

from __future__ import annotations

from dataclasses import dataclass

from immutables import Map

from quorate.chapters.clause import Occasion
from quorate.chapters.floor.remembers import Choice
from quorate.chapters.offices import demand_recall
from quorate.chapters.offices import recall as by_body
from quorate.chapters.offices.assemblies import ASSEMBLIES, voice_in, voices_in
from quorate.chapters.offices.holding import office_rules
from quorate.chapters.offices.remembers import Holding, RecallVote
from quorate.chapters.state import State

CHOICES = (("for", "For the recall"), ("against", "Against it"), ("abstain", "Abstain"))
BASES = {
    "cast": "cast",
    "voting": "cast with abstentions",
    "present": "who voted",
    "seats": "who may vote",
}
_NO_TEXT = "0" * 64
"""Stands for a reason that is not written yet, when the rules are asked whether one may act."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in an office. ``can_demand``: whoever looks can demand a vote on their recall;
    ``can_recall``: they can recall as a member of the body that may. ``demanded`` of ``enough``
    voices demand it by now; ``by_me``: whoever looks is one of them."""

    holding: Holding
    can_demand: bool
    can_recall: bool
    demanded: int
    enough: int
    by_me: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it was demanded in the name of a member, or of a seat. ``text``: a commitment."""

    member: str
    seat: str
    text: str


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote that is opened. ``replaced``: how many earlier ones it replaced."""

    by: str
    choice: Choice
    replaced: int


def held(state: State, office: str, place: str, member: str | None, time: int) -> tuple[Line, ...]:
    """Who holds the office there, and what ``member`` can do about it at ``time``."""
    return tuple(
        _line(state, holding, member, time)
        for holding in state.offices.now.get((office, place), ())
    )


def _line(state: State, holding: Holding, member: str | None, time: int) -> Line:
    office, place = holding.office
    rules = office_rules(state, office)
    assembly = rules.recalled_by if rules is not None else None
    demands: Map[str, str] = state.offices.demands.get((holding.office, holding.member), Map())
    voices: tuple[str, ...] = ()
    if demands and assembly in ASSEMBLIES:
        voices = voices_in(state, assembly, place, time)
    about = {"office": office, "place": place, "member": holding.member, "reason": _NO_TEXT}
    occasion = Occasion(state.size, time, member or "")
    own = voice_in(state, assembly or "", place, member, "", time) if member and voices else None
    return Line(
        holding=holding,
        can_demand=member is not None
        and demand_recall.allowed(state, demand_recall.DemandRecall(**about), occasion) is None,
        can_recall=member is not None
        and by_body.allowed(state, by_body.Recall(**about), occasion) is None,
        demanded=sum(voice in demands for voice in voices),
        enough=demand_recall.enough(state, voices) if voices else 0,
        by_me=isinstance(own, str) and own in demands,
    )


def reasons(vote: RecallVote) -> tuple[Reason, ...]:
    """Why it was demanded, by each in whose name it was."""
    of_seats = vote.assembly == "convention"
    return tuple(
        Reason("" if of_seats else voice, voice if of_seats else "", text)
        for voice, text in sorted(vote.reasons.items())
    )


def roll(vote: RecallVote) -> tuple[Cast, ...]:
    """Who voted how, once the vote is over; nothing before."""
    if vote.tally is None:
        return ()
    return tuple(
        Cast(vote.sealed[voice].by, choice, len(vote.sealed[voice].before))
        for voice, choice in sorted(vote.opened_choices.items())
    )
