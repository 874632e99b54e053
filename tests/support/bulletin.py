"""The bulletin of the small organisation while it is open, for tests of bulletin and proposals."""

from __future__ import annotations

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.calendar import DAY
from quorate.chapters.proposals.remembers import Proposal
from support.pure import document
from support.small import Small, founded
from support.year import called, convention

EDITOR = "bulletin-editor"


def days_before(small: Small, days: int) -> int:
    """So many days of 24 hours before the hour of the opening, ms."""
    return convention(small).dates.opens - days * DAY


def open_bulletin(name: str = "open-convention", **changed: str) -> Small:
    """The convention is called, and its bulletin has just opened."""
    small = called(founded(name, **changed))
    small.pure.go_to(days_before(small, 140))
    return small


def contribution(small: Small, number: int) -> Contribution:
    return small.state.bulletin.contributions[number]


def proposal(small: Small, number: int) -> Proposal:
    return small.state.proposals.proposals[number]


def revise(small: Small, number: int, text: str, **fields: object) -> str:
    """The author hands in a new version; its commitment."""
    version = document(text)
    small.pure.do(
        contribution(small, number).author,
        "bulletin.revise",
        contribution=number,
        text=version,
        words=100,
        **fields,
    )
    return version


def second(small: Small, member: str, number: int, version: str = "") -> None:
    """The member seconds this version, or the latest."""
    version = version or contribution(small, number).latest.text
    small.pure.do(member, "proposals.second", proposal=number, version=version)


def refuse(small: Small, number: int, reason: str = "threat", version: str = "") -> None:
    """The editor refuses this version, or the latest, in their name."""
    small.pure.do(
        small.holder(EDITOR),
        "bulletin.refuse",
        contribution=number,
        version=version or contribution(small, number).latest.text,
        reason=reason,
        remark=document("why"),
    )


def appeal(small: Small, number: int, version: str = "") -> None:
    """The author appeals against the refusal of this version, or the only one."""
    small.pure.do(
        contribution(small, number).author,
        "bulletin.appeal",
        contribution=number,
        grounds=document(f"grounds {version}"),
        version=version,
    )


def judge(small: Small, number: int, member: str, decision: str, version: str = "") -> None:
    small.pure.do(
        member,
        "bulletin.judge_appeal",
        contribution=number,
        decision=decision,
        reason=document(f"found {version}"),
        version=version,
    )


def printed(small: Small) -> list[tuple[int, ...]]:
    """What each issue carried."""
    return [issue.contributions for issue in small.state.bulletin.issues]
