"""Why somebody was not elected, read off the count sheet in plain sentences.

Only what the sheet states is said: figures as they stand in it, the sheet's own words for what a
stage did, and comparisons of figures of one stage. What might have happened is not guessed at.
"""

from __future__ import annotations

from decimal import Decimal

from quorate.count.figures import figure, some
from quorate.count.sheet import Elected, Pairwise, Sheet, Stage, listed
from quorate.count.why_lists import why_so_many


def why_not(sheet: Sheet, candidate: str) -> list[str]:
    """Why the candidate was not elected, in plain sentences. Raises ValueError for no such name."""
    if candidate not in sheet.candidates:
        raise ValueError(f'no candidate "{candidate}"; there are {listed(sheet.candidates)}')
    if candidate in sheet.withdrawn:
        return [f"{candidate} withdrew before the count."]
    if sheet.lists is not None:
        return [*why_so_many(sheet, sheet.lists, candidate), *sheet.remarks]
    elections = [one for one in sheet.elections if one.candidate == candidate]
    if elections:
        return [_elected(sheet, one) for one in elections]
    if not sheet.stages:
        return [f"{candidate} is not among those elected.", *sheet.remarks]
    if not sheet.papers.valid and not sheet.elections and (sheet.by_order or sheet.pairwise):
        return [*sheet.remarks, _seats(sheet)]
    if sheet.pairwise is not None:
        pairs = _in_pairs(sheet.pairwise, sheet.elected, candidate)
        return [*pairs, *_ties(sheet, candidate), *sheet.remarks]
    if len(sheet.stages) == 1 and not sheet.by_order:
        said = [*_outvoted(sheet, candidate), *_ties(sheet, candidate)]
    else:
        said = [*_votes(sheet, candidate), *_end(sheet, candidate), *_ties(sheet, candidate)]
    return [*said, *(remark for remark in sheet.remarks if remark not in said), _seats(sheet)]


def _elected(sheet: Sheet, one: Elected) -> str:
    votes = some(one.votes, sheet.figures)
    return f"{one.candidate} was elected, at stage {one.stage}, with {votes}: {one.how}."


def _in_pairs(pairwise: Pairwise, elected: tuple[str, ...], candidate: str) -> list[str]:
    """The candidate compared with whoever is elected, and who defeats the candidate."""
    own = pairwise.candidates.index(candidate)
    said = []
    for winner in elected:
        other = pairwise.candidates.index(winner)
        said.append(
            f"{_prefer(pairwise.prefer[own][other])} {candidate} to {winner}, who is elected, "
            f"and {_prefer(pairwise.prefer[other][own])} {winner} to {candidate}."
        )
        if pairwise.paths is not None:
            said.append(
                f"The strongest path of defeats from {winner} to {candidate} has a strength of "
                f"{some(pairwise.paths[other][own], 'papers')}, that back of "
                f"{some(pairwise.paths[own][other], 'papers')}."
            )
    for one in pairwise.defeats:
        if one.loser == candidate:
            ignored = "" if one.dropped is None else f" (not used: {one.dropped})"
            said.append(f"{one.winner} defeats {candidate}, {one.votes} to {one.against}{ignored}.")
    return said or [f"Nobody is elected, and nobody defeats {candidate}."]


def _outvoted(sheet: Sheet, candidate: str) -> list[str]:
    """For a count of one stage: the candidate's votes beside what was needed, or who had more."""
    own, figures = sheet.stages[0].votes_of(candidate), sheet.figures
    said = [f"{candidate} had {some(own, figures) if own else f'no {figures}'}."]
    if sheet.quota is not None and candidate == (*sheet.elected, *sheet.not_elected)[0]:
        # Where a question is put yes is named first, and it alone needs a majority.
        short = f"; {_were(sheet.quota - own)} missing" if own < sheet.quota else ""
        said.append(f"{_were(sheet.quota)} needed{short}.")
    if sheet.elections and sheet.quota is None:
        said.append(_beside_last(sheet, candidate, sheet.stages[0]))
    return said


def _beside_last(sheet: Sheet, candidate: str, stage: Stage) -> str:
    """The candidate's votes beside those of the one elected with the fewest, at a stage."""
    last = min(sheet.elections, key=lambda one: stage.votes_of(one.candidate))
    votes, own = stage.votes_of(last.candidate), stage.votes_of(candidate)
    if len(sheet.elections) == 1:
        who = f"{last.candidate}, who was elected, had {some(votes, sheet.figures)}"
    else:
        who = f"Of those elected, {last.candidate} had the fewest {sheet.figures}, {figure(votes)}"
    if votes > own:
        return f"{who}, {figure(votes - own)} more than {candidate}."
    if votes == own:
        return f"{who}, as many as {candidate}."
    return f"{who}, fewer than {candidate}; how {last.candidate} was elected: {last.how}."


def _votes(sheet: Sheet, candidate: str) -> list[str]:
    """Where the candidate began, and the most votes they ever had."""
    first = sheet.stages[0].votes_of(candidate)
    most = max(sheet.stages, key=lambda stage: stage.votes_of(candidate))
    if not most.votes_of(candidate):
        return [f"{candidate} had no votes at any stage."]
    what = "first preferences" if sheet.by_order else "votes"
    quota = sheet.stages[0].quota or sheet.quota
    needed = "" if quota is None else f"; the quota was {figure(quota)}"
    said = [f"{candidate} began with {some(first, what)}{needed}."]
    gained = most.votes_of(candidate) - first
    if gained > 0:
        said.append(
            f"Transfers added {figure(gained)}: the most that {candidate} had was "
            f"{figure(most.votes_of(candidate))}, at stage {most.number}."
        )
    elif sheet.by_order and len(sheet.stages) > 1:
        said.append(f"No transfer added any votes to those of {candidate}.")
    return said


def _end(sheet: Sheet, candidate: str) -> list[str]:
    """How it ended: excluded at a stage, or left over when the last seat was filled."""
    for place, stage in enumerate(sheet.stages):
        if candidate in stage.excluded:
            before = sheet.stages[max(place - 1, 0)]
            return _excluded(sheet, candidate, before, stage)
    return _left_over(sheet, candidate)


def _excluded(sheet: Sheet, candidate: str, before: Stage, stage: Stage) -> list[str]:
    """The exclusion in the sheet's words, who was next, and who had overtaken the candidate."""
    says = stage.action.says
    if candidate not in says:
        says = f"{candidate} was excluded. {says}"
    said = [f"Stage {stage.number}: {says}"]
    if before is stage:
        return said
    own = before.votes_of(candidate)
    rivals = {
        name: before.votes_of(name)
        for name in _continuing(sheet, before)
        if name != candidate and name not in stage.excluded
    }
    if rivals:
        still = len(rivals) + len(stage.excluded)
        lowest = min(rivals, key=lambda name: rivals[name])
        if rivals[lowest] > own:
            said.append(
                f"Of the {still} who were still in the count, the next, {lowest}, had "
                f"{figure(rivals[lowest])}, {figure(rivals[lowest] - own)} more than {candidate}."
            )
            said += _overtaken(sheet, candidate, lowest, before)
        elif rivals[lowest] == own:
            equal = listed(name for name, votes in rivals.items() if votes == own)
            said.append(f"{equal} had as many votes as {candidate}.")
    if len(stage.excluded) == 1 and stage.transfers and not stage.votes_of(candidate):
        said.append(_passed_on(candidate, stage))
    return said


def _left_over(sheet: Sheet, candidate: str) -> list[str]:
    """Never excluded, and no seat left: votes beside those of whoever took the last one."""
    last = sheet.stages[-1]
    own = last.votes_of(candidate)
    if len(sheet.elections) < sheet.seats:
        return [f"At the end, at stage {last.number}, {candidate} had {some(own, 'votes')}."]
    said = [
        f"When the last seat was filled, at stage {sheet.elections[-1].stage}, {candidate} was "
        "still in the count, and no seat was left."
    ]
    quota = last.quota or sheet.quota
    if quota is not None:
        # Where the quota changes from stage to stage, which of them is said.
        then = "" if last.quota in (None, sheet.stages[0].quota) else f", by then {figure(quota)}"
        short = f", {figure(quota - own)} short of the quota{then}" if own < quota else ""
        said.append(f"{candidate} then had {some(own, 'votes')}{short}.")
    rival = sheet.elections[-1]
    at = sheet.stages[rival.stage - 1] if rival.stage <= len(sheet.stages) else last
    had = at.votes_of(candidate)
    if rival.votes > had:
        said.append(
            f"The last seat went to {rival.candidate} with {some(rival.votes, 'votes')}, "
            f"{figure(rival.votes - had)} more than {candidate}: {rival.how}."
        )
        said += _overtaken(sheet, candidate, rival.candidate, at)
    else:
        votes = some(rival.votes, "votes")
        said.append(f"The last seat went to {rival.candidate} with {votes}: {rival.how}.")
    return said


def _overtaken(sheet: Sheet, candidate: str, rival: str, at: Stage) -> list[str]:
    """Where a rival who is ahead at the end was not ahead before: the stage that changed it."""
    earlier = sheet.stages[: at.number]
    for before, stage in zip(reversed(earlier[:-1]), reversed(earlier[1:]), strict=True):
        own, theirs = before.votes_of(candidate), before.votes_of(rival)
        if own < theirs:
            continue
        gained = stage.votes_of(candidate) - own
        where = "ahead of" if own > theirs else "equal with"
        return [
            f"Up to stage {before.number} {candidate} was {where} {rival}, {figure(own)} to "
            f"{figure(theirs)}. Then stage {stage.number} gave {rival} "
            f"{some(stage.votes_of(rival) - theirs, 'votes')} and {candidate} "
            f"{figure(gained) if gained else 'none'}. {stage.action.says}"
        ]
    return []


def _passed_on(candidate: str, stage: Stage) -> str:
    """Where the excluded candidate's votes went."""
    gained: dict[str, Decimal] = {}
    for transfer in stage.transfers:
        if transfer.to is not None:
            gained[transfer.to] = gained.get(transfer.to, Decimal(0)) + transfer.votes
    if not gained:
        return f"No vote of {candidate} passed on to anybody."
    most = sorted(gained.items(), key=lambda item: -item[1])
    shown = [f"{figure(votes)} to {name}" for name, votes in most]
    lost = sum((one.votes for one in stage.transfers if one.to is None), Decimal(0))
    if lost:
        shown.append(f"{figure(lost)} to nobody")
    return f"The votes of {candidate} passed on: {listed(shown)}."


def _continuing(sheet: Sheet, at: Stage) -> list[str]:
    """Who is neither elected, excluded nor withdrawn at the end of a stage."""
    gone = set(sheet.withdrawn)
    for stage in sheet.stages[: at.number]:
        gone |= {*stage.elected, *stage.excluded}
    return [name for name, _ in at.votes if name not in gone]


def _ties(sheet: Sheet, candidate: str) -> list[str]:
    return [
        f"There was a tie at stage {tie.stage}: {tie.says}"
        for tie in sheet.ties
        if candidate in tie.candidates
    ]


def _seats(sheet: Sheet) -> str:
    if not sheet.elections:
        return "Nobody was elected."
    one_stage = len(sheet.stages) <= 1
    taken = listed(
        one.candidate if one_stage else f"{one.candidate} (stage {one.stage})"
        for one in sheet.elections
    )
    return f"Elected: {taken}."


def _prefer(papers: int) -> str:
    return f"{some(papers, 'papers')} {'prefers' if papers == 1 else 'prefer'}"


def _were(votes: Decimal) -> str:
    return f"{figure(votes)} {'was' if votes == 1 else 'were'}"
