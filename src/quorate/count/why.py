"""Why somebody was not elected, read off the count sheet in plain sentences."""

from __future__ import annotations

from quorate.count.sheet import Sheet, Stage, figure, listed


def why_not(sheet: Sheet, candidate: str) -> list[str]:
    """Why the candidate was not elected, in plain sentences. Raises ValueError for no such name."""
    if candidate not in sheet.candidates:
        raise ValueError(f'no candidate "{candidate}"; there are {listed(sheet.candidates)}')
    if candidate in sheet.withdrawn:
        return [f"{candidate} withdrew before the count."]
    for one in sheet.elections:
        if one.candidate == candidate:
            return [
                f"{candidate} was elected, at stage {one.stage}, with {figure(one.votes)} "
                f"votes: {one.how}."
            ]
    if len(sheet.stages) == 1:
        return [*_outvoted(sheet, candidate), *_ties(sheet, candidate), *sheet.remarks]
    return [
        *_start(sheet, candidate),
        *_end(sheet, candidate),
        *_ties(sheet, candidate),
        *_seats(sheet),
    ]


def _outvoted(sheet: Sheet, candidate: str) -> list[str]:
    """For a count of one stage: the candidate's votes beside those of the last elected."""
    stage = sheet.stages[0]
    own = stage.votes_of(candidate)
    said = [f"{candidate} had {figure(own)} votes."]
    if sheet.quota is not None:
        said.append(f"{figure(sheet.quota)} were needed.")
    elif sheet.elections:
        last = min(sheet.elections, key=lambda one: one.votes)
        places = "The only place" if sheet.seats == 1 else "The last place"
        said.append(f"{places} went to {last.candidate} with {figure(last.votes)} votes.")
        if last.votes > own:
            said.append(f"{candidate} was {figure(last.votes - own)} votes behind.")
    return said


def _start(sheet: Sheet, candidate: str) -> list[str]:
    """Where the candidate began, and the most votes they ever had."""
    first = sheet.stages[0].votes_of(candidate)
    said = [f"{candidate} had {figure(first)} first preferences."]
    if sheet.quota is not None:
        said[0] = f"{said[0][:-1]}; the quota was {figure(sheet.quota)}."
    most = max(sheet.stages, key=lambda stage: stage.votes_of(candidate))
    if most.votes_of(candidate) > first:
        gained = figure(most.votes_of(candidate) - first)
        said.append(
            f"Transfers added {gained} votes: {figure(most.votes_of(candidate))} at stage "
            f"{most.number}."
        )
    return said


def _end(sheet: Sheet, candidate: str) -> list[str]:
    """How it ended: excluded at a stage, or left over when the last seat was filled."""
    for before, stage in zip(sheet.stages, sheet.stages[1:], strict=False):
        if stage.action.kind == "exclusion" and stage.action.of == candidate:
            said = _excluded(sheet, candidate, before, stage)
            # Without transfers all votes were distributed anew: none went from one to another.
            return [*said, _passed_on(candidate, stage)] if stage.transfers else said
    last = sheet.stages[-1]
    return [
        f"When the last seat was filled, at stage {last.number}, {candidate} had "
        f"{figure(last.votes_of(candidate))} votes and no seat was left."
    ]


def _excluded(sheet: Sheet, candidate: str, before: Stage, stage: Stage) -> list[str]:
    """The exclusion, and the continuing candidate who was next."""
    own = before.votes_of(candidate)
    gone = {name for earlier in sheet.stages[: before.number] for name in earlier.elected}
    gone |= {
        earlier.action.of
        for earlier in sheet.stages[: before.number]
        if earlier.action.kind == "exclusion" and earlier.action.of
    }
    others = {
        name: votes
        for name, votes in before.votes
        if name not in gone and name != candidate and name not in sheet.withdrawn
    }
    said = (
        f"At stage {stage.number} no surplus was left to transfer, and {candidate} was excluded "
        f"with {figure(own)} votes, the fewest of the {len(others) + 1} still in the count"
    )
    next_lowest = min(others, key=lambda name: others[name])
    if others[next_lowest] == own:
        return [f"{said}, together with {next_lowest}."]
    return [
        f"{said}; the next, {next_lowest}, had {figure(others[next_lowest])}, "
        f"{figure(others[next_lowest] - own)} more."
    ]


def _passed_on(candidate: str, stage: Stage) -> str:
    """Where the excluded candidate's votes went."""
    gained: dict[str, int] = {}
    for transfer in stage.transfers:
        if transfer.to is not None:
            gained[transfer.to] = gained.get(transfer.to, 0) + transfer.papers
    if not gained:
        return f"No paper of {candidate} had a further preference."
    most = sorted(gained.items(), key=lambda item: -item[1])
    shown = listed(f"{papers} to {name}" for name, papers in most)
    return f"The papers of {candidate} went to their next preferences: {shown}."


def _ties(sheet: Sheet, candidate: str) -> list[str]:
    return [f"A tie: {tie.says}" for tie in sheet.ties if candidate in tie.candidates]


def _seats(sheet: Sheet) -> list[str]:
    seats = "seat" if sheet.seats == 1 else f"{sheet.seats} seats"
    taken = listed(f"{one.candidate} (stage {one.stage})" for one in sheet.elections)
    return [f"The {seats} went to {taken}."]
