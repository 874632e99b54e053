"""The path of a ballot box, as a picture: votes, shuffling, papers, decrypting, result."""

from __future__ import annotations

from quorate.chapters.elections.papers import entered_in_all
from quorate.chapters.elections.remembers import Election
from quorate.chapters.plain import counted
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State
from quorate.web.secret import box_steps
from quorate.web.secret.path import PathStep, at


def path(state: State, election: Election, box: Box, now: int) -> list[PathStep]:
    """The steps that this election has, the one that is under way marked."""
    needed = box.rules.needed
    closed = box.closed is not None
    parts = [("Votes", f"{counted(box.heads[-1].ballots, 'ballot')} in the box", closed)]
    if box_steps.ranked(state, box):
        shuffled = min(len(box.shuffles), needed)
        said = f"{shuffled} of {needed} trustees have shuffled"
        parts.append(("Shuffling", said, closed and not box_steps.to_shuffle(state, box)))
    if election.papers or box_steps.papers_until(state, box, now) is not None:
        said = f"{counted(entered_in_all(election), 'paper')} entered"
        over = box_steps.papers_until(state, box, now) is None
        parts.append(("Papers", said, over))
    decrypted = len(box.decryptions)
    said = f"{decrypted} of {needed} trustees have decrypted"
    parts += [
        ("Decrypting", said, decrypted == needed),
        ("Result", "stated" if box.whole else "to be stated", box.whole),
    ]
    under_way = next((n for n, (_, _, done) in enumerate(parts) if not done), len(parts))
    due = _due(state, election, box, parts[under_way][0], now) if under_way < len(parts) else None
    return [
        PathStep(
            label,
            detail if place <= under_way else "",
            at(place, under_way, due, now, ended=bool(box.void)),
            due if place == under_way else None,
        )
        for place, (label, detail, _) in enumerate(parts)
    ]


def _due(state: State, election: Election, box: Box, label: str, now: int) -> int | None:
    """Until when (ms) what is under way has to be done."""
    if label == "Votes":
        return election.closes
    if label == "Papers":
        return box_steps.papers_until(state, box, now)
    return box_steps.opened_by(box)
