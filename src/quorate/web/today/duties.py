"""What the holder of an office owes now: rolls, written answers, judgements."""

from __future__ import annotations

from quorate.chapters.dates import current
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.today.owed import unanswered
from quorate.web.today.things import Thing


def duties(state: State, me: str, now: int) -> list[Thing]:
    """What the holder of an office owes now."""
    convention = current(state)
    if convention is None:
        return []
    things = []
    rules = convention.rules
    branch = state.membership.members[me].branch
    roll = state.membership.rolls.get(convention.number)
    if roll is not None and holds(state, me, rules.membership.roll_attested_by, branch):
        mine = roll.branches.get(branch)
        if mine is not None and mine.attested_digest != mine.digest:
            things.append(
                Thing(
                    "Attest your branch's roll",
                    f"{len(mine.members)} members stand on it.",
                    f"/branches/{branch}",
                    "Look at it",
                )
            )
    if holds(state, me, rules.proposals.answer_from):
        open_answers = unanswered(state, convention)
        if open_answers:
            due = convention.dates.answers_due
            things.append(
                Thing(
                    f"{len(open_answers)} proposals await a written answer",
                    names.contribution_title(state, open_answers[0]),
                    f"/bulletin/{open_answers[0]}",
                    "Answer the first",
                    due,
                    late=now > due,
                )
            )
    if holds(state, me, rules.bulletin.appeal_to):
        for number, c in sorted(state.bulletin.contributions.items()):
            appeal = c.refusal.appeal if c.refusal else None
            if c.refusal is None or appeal is None or me in (c.author, c.refusal.by):
                continue
            if appeal.decision is None and me not in appeal.judgements:
                things.append(
                    Thing(
                        "An appeal waits for your judgement",
                        names.contribution_title(state, number),
                        f"/bulletin/{number}",
                        "Read it",
                        appeal.due,
                    )
                )
    return things
