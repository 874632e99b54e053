"""Sealed votes and ballots, as a record tells of them: lost, opened, replaced, or still sealed."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.elections.open_ballots import OpenBallots
from quorate.chapters.elections.vote import VoteInElection
from quorate.chapters.floor.open_votes import OpenVotes, replaced_vote
from quorate.chapters.floor.vote import CastVote
from quorate.chapters.lots.open_numbers import OpenNumbers
from quorate.chapters.offices.count_recall import CountRecall
from quorate.chapters.offices.vote_recall import VoteRecall
from quorate.chapters.state import State
from quorate.record import entry
from quorate.record.report import Finding, Withheld


def lost_in(state: State, read: entry.Entry) -> Iterator[Finding]:
    """A finding for each sealed choice that this entry calls lost, in the state before it.

    The voter's client sealed it and the record held it: that nobody can open it is the doing of
    whoever keeps the server, whether by fault or on purpose.
    """
    act = read.act
    if isinstance(act, OpenNumbers):
        yield from _lost_numbers(act, read)
    if not isinstance(act, OpenVotes | OpenBallots | CountRecall):
        return
    for whose in act.lost:
        who, seat = _voter(state, act, whose)
        yield Finding(
            f"calls a sealed vote lost that stands in the record: {_what(act)}, {seat}, cast by "
            f"{who}. Whoever keeps the server has not kept it",
            read.occasion.sequence,
            read.name,
            _RULES[type(act)],
        )


def _lost_numbers(act: OpenNumbers, read: entry.Entry) -> Iterator[Finding]:
    """The numbers of a lot that members handed in and the keeper could not open."""
    if act.lost:
        what = (
            f"the keeper could not open a number that was handed in for lot {act.of} (by "
            f"{', '.join(act.lost)}): it cancelled the lot"
        )
        yield Finding(what, read.occasion.sequence, read.name, "lots.source")


_RULES: dict[type, str] = {
    OpenVotes: "floor.majorities",
    OpenBallots: "delegates.election_closes",
    CountRecall: "recall.majority",
}


def _what(act: OpenVotes | OpenBallots | CountRecall) -> str:
    if isinstance(act, OpenVotes):
        return f"vote {act.of} of the floor"
    return f"election {act.of}" if isinstance(act, OpenBallots) else f"recall vote {act.of}"


def _voter(state: State, act: OpenVotes | OpenBallots | CountRecall, whose: str) -> tuple[str, str]:
    """Who cast it, and in whose name, in words."""
    if isinstance(act, OpenVotes):
        seat, _, replaced = whose.partition("/")
        sealed = state.floor.votes[act.of].sealed[seat]
        earlier = f", the vote {replaced} that it replaced" if replaced else ""
        # Who sat there when an earlier vote was cast stands in that entry, not in the state.
        return ("whoever sat there" if replaced else sealed.by), f"seat {seat}{earlier}"
    if isinstance(act, OpenBallots):
        return state.elections.elections[act.of].sealed[whose].by, f"voter {whose}"
    return state.offices.votes[act.of].sealed[whose].by, f"voice {whose}"


def withheld(state: State) -> Iterator[Withheld]:
    """The sealed choices that no export holds at this place of the record, and why."""
    yield from _waiting(
        sum(len(vote.sealed) for vote in state.floor.votes.values() if vote.tally is None),
        ("sealed vote of the floor", "sealed votes of the floor"),
        "Nobody may learn it before its vote is closed.",
    )
    yield from _waiting(
        sum(
            len(election.sealed) - len(election.opened) - len(election.lost)
            for election in state.elections.elections.values()
        ),
        ("sealed ballot", "sealed ballots"),
        "Nobody may learn it before its poll is over.",
    )
    yield from _waiting(
        sum(len(vote.sealed) for vote in state.offices.votes.values() if vote.tally is None),
        ("sealed vote on a recall", "sealed votes on a recall"),
        "Nobody may learn it before its vote is over.",
    )
    polls = (*state.elections.elections.values(), *state.offices.votes.values())
    yield from _waiting(
        sum(len(sealed.before) for poll in polls for sealed in poll.sealed.values()),
        ("replaced ballot", "replaced ballots"),
        "Its voter replaced it, so it is never opened; the voter's own receipt opens it.",
    )


def _waiting(number: int, what: tuple[str, str], because: str) -> Iterator[Withheld]:
    if number:
        yield Withheld(number, what[0] if number == 1 else what[1], because)


def chosen(payload: bytes) -> str:
    """A sealed choice in words."""
    return payload.decode("utf-8", "replace") or "blank"


def what_became(state: State, act: object) -> str:
    """What the record says of a vote that this act cast; "" for another act."""
    if isinstance(act, CastVote):
        return _of_the_floor(state, act)
    if isinstance(act, VoteInElection):
        return _of_the_election(state, act)
    if isinstance(act, VoteRecall):
        return _of_the_recall(state, act)
    return ""


def _of_the_floor(state: State, act: CastVote) -> str:
    vote = state.floor.votes.get(act.vote)
    if vote is None:
        return _UNKNOWN
    for seat, sealed in vote.sealed.items():
        if sealed.choice == act.choice:
            return _fate(
                seat in vote.lost,
                vote.opened_choices.get(seat, "spoilt" if seat in vote.spoilt else None),
            )
        for number, (choice, _) in enumerate(sealed.before, 1):
            if choice == act.choice:
                name = replaced_vote(seat, number)
                said = _fate(name in vote.replaced_lost, vote.replaced.get(name))
                return f"{said} It was replaced by a later vote of the seat."
    return _UNKNOWN


def _of_the_election(state: State, act: VoteInElection) -> str:
    election = state.elections.elections.get(act.election)
    for voter, sealed in () if election is None else election.sealed.items():
        assert election is not None
        if sealed.choice == act.ballot:
            opened = election.opened.get(voter)
            ranks = None if opened is None else ",".join(map(str, opened.ranks)) or "blank"
            return _fate(voter in election.lost, ranks)
        if act.ballot in sealed.before:
            return _REPLACED
    return _UNKNOWN


def _of_the_recall(state: State, act: VoteRecall) -> str:
    vote = state.offices.votes.get(act.recall)
    for voice, sealed in () if vote is None else vote.sealed.items():
        assert vote is not None
        if sealed.choice == act.choice:
            return _fate(
                voice in vote.lost,
                vote.opened_choices.get(voice, "spoilt" if voice in vote.spoilt else None),
            )
        if act.choice in sealed.before:
            return _REPLACED
    return _UNKNOWN


_UNKNOWN = "The record does not know this vote."
_REPLACED = "It was replaced by a later one, and is not opened."


def _fate(lost: bool, opened: str | None) -> str:
    if lost:
        return "The record calls it lost."
    return "It is still sealed." if opened is None else f"The record opened it as: {opened}."
