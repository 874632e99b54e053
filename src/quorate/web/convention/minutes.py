"""Minutes of a convention, made from the record and nothing else."""

from __future__ import annotations

from quorate.chapters.floor.remembers import Tally
from quorate.chapters.plain import on
from quorate.chapters.rights import title_of
from quorate.chapters.state import State
from quorate.rulebook.fractions import write_share
from quorate.rulebook.words import share_in_words
from quorate.texts.typeset import Piece, Section
from quorate.web import names


def arithmetic(tally: Tally) -> str:
    """Such as "131 of 180 is 72.8 %; two thirds, 120, were needed"."""
    share = share_in_words(write_share(tally.share))
    percent = f"{100 * tally.in_favour / tally.base:.1f}" if tally.base else "0.0"
    return (
        f"{tally.in_favour} of {tally.base} is {percent} %; {tally.needed} were needed "
        f"(the rule asks for {share})"
    )


def minutes(state: State, number: int) -> tuple[Section, ...]:
    """Presence, decisions with their arithmetic, elections with their results."""
    convention = state.floor.conventions[number]
    decisions, elections = [], []
    for place, proposal in enumerate(convention.agenda or (), 1):
        item = convention.items.get(proposal)
        contribution = state.bulletin.contributions[proposal]
        votes = [state.floor.votes[v] for v in convention.votes]
        lines = []
        for vote in votes:
            if vote.proposal == proposal and vote.tally is not None:
                t = vote.tally
                lines.append(
                    f"Vote {vote.number} on the {vote.question}: {t.in_favour} for, {t.against} "
                    f"against, {t.abstained} abstained, {t.present} of {t.seats} seats present. "
                    f"{arithmetic(t)}: **{'carried' if t.carried else 'not carried'}**."
                )
        if item is not None and item.owner:
            due = f", until {on(item.due)}" if item.due else ""
            lines.append(f"Referred to {title_of(state, item.owner)}{due}.")
        outcome = item.outcome if item else "no outcome yet"
        decisions.append(
            Piece(
                title=names.contribution_title(state, proposal),
                kicker=f"ITEM {place} · NUMBER {proposal} · {outcome.upper()}",
                byline=f"{names.name_of(state, contribution.author)}, "
                f"{state.membership.branches[contribution.branch].name}",
                markdown="\n\n".join(lines) or "Not put to the vote.",
            )
        )
    for _, election in sorted(state.elections.elections.items()):
        if election.convention == number and election.fills != "delegates":
            result = election.result
            text = "\n".join(
                f"- {names.name_of(state, member)}" for member in (result.elected if result else ())
            )
            elections.append(
                Piece(
                    title=title_of(state, election.office).removeprefix("the ").capitalize(),
                    kicker=f"ELECTION {election.number} · {election.count}",
                    byline=f"{len(election.opened)} ballots",
                    markdown=text or "Nobody elected.",
                )
            )
    opening = _opening(state, number)
    return tuple(
        section
        for section in (
            Section("Opening and close", (opening,)),
            Section("Decisions", tuple(decisions)),
            Section("Elections", tuple(elections)),
        )
        if section.pieces
    )


def _opening(state: State, number: int) -> Piece:
    convention = state.floor.conventions[number]
    lines = [f"Called by {names.name_of(state, convention.called_by)} on {on(convention.called)}."]
    if convention.opened is not None:
        lines.append(f"Opened on {on(convention.opened)}.")
    if convention.closed is not None:
        lines.append(f"Closed on {on(convention.closed)}.")
    if convention.lot is not None:
        draw = state.lots.draws[convention.lot]
        lines.append(f"The order of the agenda was drawn by lot {draw.number}, seed `{draw.seed}`.")
    return Piece(
        title="The convention",
        kicker=f"CONVENTION {number}",
        byline=convention.place,
        markdown="\n\n".join(lines),
    )
