"""What the chair does next: the page of the convention and the chair's Today ask here."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.calendar import MINUTE
from quorate.chapters.clause import Refusal
from quorate.chapters.elections.open_poll import OpenPoll
from quorate.chapters.floor.close import CloseConvention, owed_elections
from quorate.chapters.floor.close_vote import CloseVote
from quorate.chapters.floor.open_vote import OpenVote, next_item, question_on
from quorate.chapters.floor.remembers import Convention, Vote
from quorate.chapters.offices.holding import places
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.web.may import may, refusal


@dataclass(frozen=True, slots=True)
class Next:
    """``open_vote``: the one that is open, ``closing``: why it cannot be closed yet, None where it
    can. ``following``: the next item, ``putting``: why it cannot be put to the vote yet. ``call``:
    offices, each with its place, whose election is to be called. ``ending``: why the convention
    cannot close yet."""

    open_vote: Vote | None
    closing: Refusal | None
    following: int | None
    putting: Refusal | None
    call: tuple[tuple[str, str], ...]
    ending: Refusal | None


def in_the_chair(state: State, convention: Convention, me: str, now: int) -> Next | None:
    """What this member does next in the chair of a convention that sits; None for anybody else."""
    if (
        convention.opened is None
        or convention.ended is not None
        or not holds(state, me, convention.rules.floor.chaired_by)
    ):
        return None
    vote = open_vote(state, convention)
    following = next_item(convention)
    putting = None
    if following is not None:
        question = question_on(state.bulletin.contributions[following])
        putting = refusal(state, me, now, OpenVote(following, question))
    return Next(
        open_vote=vote,
        closing=refusal(state, me, now, CloseVote(vote.number)) if vote else None,
        following=following,
        putting=putting,
        call=_to_call(state, convention, me, now),
        ending=refusal(state, me, now, CloseConvention()),
    )


def open_vote(state: State, convention: Convention) -> Vote | None:
    """The vote that is open on the floor, if one is."""
    if convention.votes:
        vote = state.floor.votes[convention.votes[-1]]
        if vote.tally is None:
            return vote
    return None


def _to_call(
    state: State, convention: Convention, me: str, now: int
) -> tuple[tuple[str, str], ...]:
    """The elections that the convention owes, and that can be called now."""
    rules, time = state.rules.elections, max(now, state.time)
    opens = time + rules.nominations_minutes * MINUTE
    closes = opens + rules.poll_minutes * MINUTE
    return tuple(
        (office, place)
        for office in owed_elections(state, convention)
        for place in places(state, office)
        if may(state, me, now, OpenPoll(office, opens, closes, place))
    )
