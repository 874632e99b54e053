"""What the holder of an office owes now: rolls, written answers, judgements, reports; and what
became of one's own texts and one's own standing."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.bulletin.appeal import AppealAct
from quorate.chapters.bulletin.contested import appeal_until
from quorate.chapters.bulletin.judge_appeal import JudgeAppeal
from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution
from quorate.chapters.dates import current
from quorate.chapters.erasing.judge import JudgeErasing
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.followup.tasks import may_report
from quorate.chapters.membership.judge_challenge import JudgeChallenge
from quorate.chapters.membership.suspensions import to_come
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.may import ANY_TEXT, may
from quorate.web.membership.suspension import suspension
from quorate.web.templatetags.saying import place, when
from quorate.web.today.owed import unanswered
from quorate.web.today.things import Thing


def refused_texts(state: State, me: str, now: int) -> Iterator[Thing]:
    """The member's own texts that were refused, while they can appeal."""
    for number, found in sorted(state.bulletin.contributions.items()):
        for refusal in found.refusals if found.author == me else ():
            if may(state, me, now, AppealAct(number, ANY_TEXT, refusal.version)):
                until = appeal_until(state, found, refusal)
                title = f"Your text was refused: {names.contribution_title(state, number)}"
                detail = f"{_which(found, refusal)}Read why. You can appeal."
                yield Thing(title, detail, f"/bulletin/{number}", "Look at it", until)


def _which(contribution: Contribution, refusal: BulletinRefusal) -> str:
    """Which version was refused, where there are several."""
    if len(contribution.versions) == 1:
        return ""
    return f"Version {contribution.numbered(refusal.version)}. "


def own_standing(state: State, me: str, now: int) -> Iterator[Thing]:
    """That the member is suspended, or is to be, and from when."""
    said = suspension(state, me, now, when)
    if said:
        to_be = to_come(state, me) is not None
        title = f"Your membership is {'to be ' if to_be else ''}suspended"
        yield Thing(title, said, "/account/", "Look at it")


def duties(state: State, me: str, now: int) -> Iterator[Thing]:
    """What the holder of an office owes now."""
    yield from _reports(state, me, now)
    yield from _appeals(state, me, now)
    yield from _erasing(state, me, now)
    convention = current(state)
    if convention is not None:
        yield from _challenges(state, convention, me, now)
        yield from _roll(state, convention, me)
        yield from _answers(state, convention, me, now)


def _reports(state: State, me: str, now: int) -> Iterator[Thing]:
    """Decisions that the member has to carry out, by an office of theirs."""
    for number, task in sorted(state.followup.tasks.items()):
        if may_report(state, number, me):
            what = "Referred to you" if task.returns else "Carry out"
            yield Thing(
                f"{what}: {names.contribution_title(state, number)}",
                "Report on it when it is done, or how far it has come.",
                f"/bulletin/{number}",
                "Open it",
                task.due,
                late=now > task.due,
            )


def _appeals(state: State, me: str, now: int) -> Iterator[Thing]:
    """Appeals that the member has not judged yet."""
    for number, found in sorted(state.bulletin.contributions.items()):
        for one in found.contested:
            judgement = JudgeAppeal(number, "upheld", ANY_TEXT, one.version)
            if one.appeal is not None and may(state, me, now, judgement):
                title = "An appeal waits for your judgement"
                detail = f"{_which(found, one)}{names.contribution_title(state, number)}"
                yield Thing(title, detail, f"/bulletin/{number}", "Read it", one.appeal.due)


def _erasing(state: State, me: str, now: int) -> Iterator[Thing]:
    """Requests to erase a text that the member has not judged yet."""
    for number, request in sorted(state.erasing.requests.items()):
        if request.decision is None and may(
            state, me, now, JudgeErasing(number, "dismissed", ANY_TEXT)
        ):
            yield Thing(
                "Somebody asks that a text be erased",
                names.title_of(request.text),
                f"/record/erasing#request-{number}",
                "Read why",
                request.due,
            )


def _challenges(state: State, convention: Convention, me: str, now: int) -> Iterator[Thing]:
    """Challenges to rolls that the member has not judged yet."""
    for number, challenge in sorted(state.membership.challenges.items()):
        if challenge.decision is None and may(
            state, me, now, JudgeChallenge(number, "upheld", ANY_TEXT)
        ):
            yield Thing(
                "A challenge to a roll waits for your judgement",
                place(challenge.branch),
                f"/branches/{challenge.branch}",
                "Read it",
                convention.dates.roll_final,
            )


def _roll(state: State, convention: Convention, me: str) -> Iterator[Thing]:
    """The roll of the member's branch, for whoever attests it."""
    branch = state.membership.members[me].branch
    roll = state.membership.rolls.get(convention.number)
    if roll is None or not holds(state, me, convention.rules.membership.roll_attested_by, branch):
        return
    mine = roll.branches.get(branch)
    if mine is not None and mine.attested_digest != mine.digest:
        title = "Attest your branch's roll"
        detail = f"{len(mine.members)} members stand on it."
        yield Thing(title, detail, f"/branches/{branch}", "Look at it")


def _answers(state: State, convention: Convention, me: str, now: int) -> Iterator[Thing]:
    """The written answers that the member's office owes."""
    if not holds(state, me, convention.rules.proposals.answer_from):
        return
    waiting = unanswered(state, convention)
    if waiting:
        due = convention.dates.answers_due
        number = len(waiting)
        yield Thing(
            f"{number} proposal{'s await' if number > 1 else ' awaits'} a written answer",
            names.contribution_title(state, waiting[0]),
            f"/bulletin/{waiting[0]}",
            "Answer the first" if number > 1 else "Answer it",
            due,
            late=now > due,
        )
