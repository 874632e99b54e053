"""Texts that cannot be erased now, because something is to be decided by them, or stands by them.

So nobody takes a proposal from the table by having it erased, nor the grounds of a case from those
who judge it.
"""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.bulletin.contested import appeal_until
from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.erasing.remembers import Written
from quorate.chapters.state import State

RULE = "erasing.decided_by"
_LATER = "Ask again when that is over."
_LOOKED_AT = ("bulletin.hand_in", "bulletin.revise", "proposals.answer")
"""What these acts hold is looked for where it stands."""


def held(state: State, text: str, time: int) -> Refusal | None:
    """Why the text has to stay at ``time`` (ms), if so."""
    why = _why_held(state, text, time)
    return None if why is None else Refusal(RULE, why, _LATER)


def _why_held(state: State, text: str, time: int) -> str | None:
    if text not in state.erasing.written:
        return "No text of this record has this commitment."
    if _is_a_sheet(state, text):
        return (
            "This is somebody's personal sheet. A member alone has it erased; a guest's goes at "
            "their wish, by whoever invited them."
        )
    return next(filter(None, _everywhere(state, text, time)), None)


def _everywhere(state: State, text: str, time: int) -> Iterator[str | None]:
    """Why it has to stay, wherever it stands: whoever knows its words and salt can hand it in again
    as something else, and would else have it erased there."""
    for contribution in contributions_of(state, text):
        yield _of_contribution(state, contribution, time)
    for number, proposal in state.proposals.proposals.items():
        if proposal.answer is not None and proposal.answer.text == text:
            yield _of_contribution(state, state.bulletin.contributions[number], state.time)
    for written in state.erasing.all_of(text):
        if written.act not in _LOOKED_AT:
            yield _of_act(state, text, written)


def _is_a_sheet(state: State, text: str) -> bool:
    """Of a member or a guest. Pages ask it, so it looks at no member one by one."""
    guests = (g for a in state.delegates.assemblies.values() for g in a.guests.values())
    return text in state.membership.persons or any(guest.person == text for guest in guests)


def contributions_of(state: State, text: str) -> list[Contribution]:
    """The contributions of which this is a version, the first first: none for any other text."""
    found = [
        contribution
        for contribution in state.bulletin.contributions.values()
        if any(version.text == text for version in contribution.versions)
    ]
    return sorted(found, key=lambda contribution: contribution.number)


def _of_contribution(state: State, contribution: Contribution, time: int) -> str | None:
    number = contribution.number
    for refusal in contribution.refusals:
        if refusal.contested or (
            refusal.appeal is None and time < appeal_until(state, contribution, refusal)
        ):
            return "It was refused, and an appeal is open or can be made: judges must read it."
    if not contribution.decidable:
        return None
    outcome = _outcome(state, number)
    if outcome == "adopted":
        return "It was adopted: what a convention has decided can be read by everybody."
    over = contribution.withdrawn is not None or contribution.refused
    lapsed = state.proposals.proposals[number].lapsed is not None
    if outcome == "referred" or (
        outcome is None and not over and not lapsed and _sits(state, contribution)
    ):
        return "A convention can still decide on it: who seconds it and votes must read it."
    return None


def _outcome(state: State, proposal: int) -> str | None:
    """What the last convention that decided on it did with it."""
    every = state.floor.conventions
    items = [every[n].items[proposal] for n in sorted(every) if proposal in every[n].items]
    return items[-1].outcome if items else None


def _sits(state: State, contribution: Contribution) -> bool:
    convention = current(state)
    return contribution.convention in (0, convention.number if convention is not None else None)


def _of_act(state: State, text: str, written: Written) -> str | None:
    if written.act.startswith("erasing."):
        return "It says why a text is to go or to stay: that stands for good."
    if written.act.startswith("founding."):
        return "It is in force."
    if _candidate_stands(state, text):
        return "Whoever votes in an election that is not over must be able to read it."
    if current(state) is not None:
        return "It belongs to a case or a decision: that stays while a convention is called."
    if _case_open(state, written):
        return "The case that it belongs to is not over: who decides it must be able to read it."
    return None


def _candidate_stands(state: State, text: str) -> bool:
    """Whether it is a candidate's statement in an election that is not over."""
    return any(
        election.result is None
        and not election.void
        and any(candidate.statement == text for candidate in election.candidates)
        for election in state.elections.elections.values()
    )


def _case_open(state: State, written: Written) -> bool:
    """Whether a recall or a suspension of the member whom the act named is under way."""
    member = state.membership.members.get(written.about)
    return (
        any(vote.tally is None for vote in state.offices.votes.values())
        or bool(state.offices.recalls or state.offices.demands)
        or written.about in state.membership.voices
        or written.about in state.membership.suspensions
        or (member is not None and member.standing == "suspended")
    )
