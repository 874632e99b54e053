"""Minutes of a convention, made from the record and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.elections.papers import entered_in_all
from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor.amendments import every_adopted_to, main_question
from quorate.chapters.floor.open_votes import majority_for
from quorate.chapters.floor.presence import seats_needed
from quorate.chapters.floor.remembers import Convention, Tally, Vote
from quorate.chapters.offices.remembers import RecallVote
from quorate.chapters.plain import counted, listed, on
from quorate.chapters.rights import title_of
from quorate.chapters.state import State
from quorate.rulebook.schema import Majority
from quorate.rulebook.words import count_in_words, majority_in_words
from quorate.texts.typeset import Piece, Section
from quorate.web import names


def minutes(state: State, number: int) -> tuple[Section, ...]:
    """Presence, decisions with their arithmetic, elections and recalls with their results."""
    convention = state.floor.conventions[number]
    agenda = enumerate(convention.agenda or (), 1)
    elections = sorted(state.elections.elections.items())
    recalls = sorted(state.offices.votes.items())
    sections = (
        Section("Opening and close", (_opening(state, convention), *_people(state, number))),
        Section("Decisions", tuple(_item(state, convention, p, place) for place, p in agenda)),
        Section(
            "Elections",
            tuple(
                _election(state, election)
                for _, election in elections
                if election.convention == number and election.fills != "delegates"
            ),
        ),
        Section(
            "Recalls",
            tuple(_recall(state, vote) for _, vote in recalls if vote.convention == number),
        ),
    )
    return tuple(section for section in sections if section.pieces)


def arithmetic(tally: Tally, majority: Majority) -> str:
    """Such as "131 of 180 is 72.8 %; 120 were needed (at least two thirds of the votes for and
    against)"."""
    percent = f"{100 * tally.in_favour / tally.base:.1f}" if tally.base else "0.0"
    were = "was" if tally.needed == 1 else "were"
    return (
        f"{tally.in_favour} of {tally.base} is {percent} %; {tally.needed} {were} needed "
        f"({majority_in_words(majority)})"
    )


def _opening(state: State, convention: Convention) -> Piece:
    lines = [f"Called by {names.name_of(state, convention.called_by)} on {on(convention.called)}."]
    if convention.opened is not None:
        lines.append(f"Opened on {on(convention.opened)}.")
    if convention.closed is not None:
        lines.append(f"Closed on {on(convention.closed)}.")
    if convention.lapsed is not None:
        lines.append(f"Lapsed on {on(convention.lapsed)}, because it was not over in time.")
    if convention.lot is not None:
        draw = state.lots.draws[convention.lot]
        lines.append(f"The order of the agenda was drawn by lot {draw.number}, seed `{draw.seed}`.")
    return Piece(
        title="The convention",
        kicker=f"CONVENTION {convention.number}",
        byline=convention.place,
        markdown="\n\n".join(lines),
    )


def _people(state: State, number: int) -> Iterator[Piece]:
    """Who could be there: seats, credentials, quorum, guests."""
    assembly = state.delegates.assemblies.get(number)
    if assembly is None:
        return
    filled = sum(seat.holder is not None for seat in assembly.seats.values())
    needed = seats_needed(state, state.floor.conventions[number])
    lines = [
        f"{filled} of {len(assembly.seats)} seats were filled, from "
        f"{len(assembly.delegations)} branches. The credentials of "
        f"{len(assembly.credentialed)} were checked.",
        f"The quorum is {needed} seats. How many were present stands with each vote.",
    ]
    guests = [names.guest_name(guest) for guest in assembly.guests.values()]
    if guests:
        lines.append("Guests, with a voice and no vote: " + "; ".join(guests) + ".")
    yield Piece("Delegates and guests", "CREDENTIALS", "", "\n\n".join(lines))


def _item(state: State, convention: Convention, number: int, place: int) -> Piece:
    item = convention.items.get(number)
    contribution = state.bulletin.contributions[number]
    votes = (state.floor.votes[vote] for vote in convention.votes)
    lines = [_vote(state, v) for v in votes if v.proposal == number and v.tally is not None]
    amended = every_adopted_to(state, number, item.time if item else convention.ended)
    if amended:
        lines.insert(0, f"As amended by {listed([f'number {one}' for one in amended])}.")
    if item is not None and item.owner:
        due = f", until {on(item.due)}" if item.due else ""
        main = main_question(state, number)
        with_it = "" if main == number else f", with proposal {main}, which it amends"
        lines.append(f"Referred to {title_of(state, item.owner)}{due}{with_it}.")
    outcome = item.outcome if item else "no outcome yet"
    branch = state.membership.branches[contribution.branch].name
    return Piece(
        title=names.contribution_title(state, number),
        kicker=f"ITEM {place} · NUMBER {number} · {outcome.upper()}",
        byline=f"{names.name_of(state, contribution.author)}, {branch}",
        markdown="\n\n".join(lines) or "Not put to the vote.",
    )


def _vote(state: State, vote: Vote) -> str:
    tally = vote.tally
    if tally is None:
        return ""
    return (
        f"Vote {vote.number} on the {vote.question}, opened on {on(vote.opened)}: {_said(tally)}, "
        f"{tally.present} of {tally.seats} seats present. "
        f"{arithmetic(tally, majority_for(state, vote))}: "
        f"**{_outcome(tally, 'carried', 'not carried')}**."
    )


def _outcome(tally: Tally, carried: str, not_carried: str) -> str:
    if tally.undecided:
        return "not decided, because of the votes that are lost; to be held again"
    if tally.too_few:
        return "not decided, because fewer seats than the quorum took part; to be held again"
    return carried if tally.carried else not_carried


def _said(tally: Tally) -> str:
    said = f"{tally.in_favour} for, {tally.against} against, {tally.abstained} abstained"
    if tally.spoilt:
        said += f", {len(tally.spoilt)} spoilt ({', '.join(tally.spoilt)})"
    if tally.lost:
        said += f", {len(tally.lost)} lost, which could not be opened"
    return said


def _election(state: State, election: Election) -> Piece:
    result = election.result
    elected = result.elected if result else ()
    text = "\n".join(f"- {names.name_of(state, member)}" for member in elected)
    if election.void:
        lost = f"{len(election.lost)} ballots are lost, which could not be opened"
        anew = f"; held anew as election {election.anew}" if election.anew else ""
        text = f"Void: {lost if election.lost else 'fewer seats than the quorum voted'}{anew}."
    return Piece(
        title=title_of(state, election.office).removeprefix("the ").capitalize(),
        kicker=f"ELECTION {election.number}",
        byline=f"{_votes(state, election)}, counted by {count_in_words(election.count)}",
        markdown=text or "Nobody elected.",
    )


def _votes(state: State, election: Election) -> str:
    """How many voted; for papers, whose word it is."""
    if not election.paper:
        return counted(len(election.opened), "ballot")
    papers = counted(entered_in_all(election), "paper")
    if not election.ended_by:
        return f"{papers} entered so far"
    tellers = listed([names.name_of(state, teller) for teller in election.entered_by])
    ended = names.name_of(state, election.ended_by)
    if not election.papers:
        return f"no papers, as {tellers} and {ended} said"
    return f"{papers}, entered by {tellers} and ended by {ended}"


def _recall(state: State, vote: RecallVote) -> Piece:
    office = title_of(state, vote.office[0])
    said = ""
    if vote.tally is not None:
        outcome = _outcome(vote.tally, "recalled", "not recalled")
        if vote.tally.too_few:
            voted = counted(len(vote.sealed), "seat")
            outcome = f"not decided: {voted} voted, and {vote.quorum} had to"
        said = f"{_said(vote.tally)}. {arithmetic(vote.tally, vote.majority)}: **{outcome}**."
    return Piece(
        title=f"{names.name_of(state, vote.member)}, {office}",
        kicker=f"RECALL {vote.number}",
        byline=f"opened on {on(vote.opened)}",
        markdown=said or "The vote is open.",
    )
