"""Judging a case: each judge says what they find, and more than half of those who may decide it.

Nobody judges their own case, nor after their term, nor twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from quorate.chapters.bulletin.remembers import Judgement
from quorate.chapters.clause import Refusal
from quorate.chapters.rights import in_office, title_of
from quorate.chapters.state import State

Judgements = Mapping[str, tuple[Judgement, str]]
"""Judge → what they said, and the commitment to their reason."""


def judges(
    state: State, office: str, parties: Iterable[str], time: int, place: str = ""
) -> frozenset[str]:
    """The holders of the office who may judge at ``time`` (ms): nobody judges a case to which they
    are a party, nor after their term.

    Nobody stands in for a judge: where none is left, what the rulebook says falls due.
    """
    held = state.offices.now.get((office, place), ())
    in_term = {holding.member for holding in held if time < holding.until}
    return in_office(state, office, place).intersection(in_term).difference(parties)


def cannot_judge(
    state: State,
    judge: str,
    *,
    rule: str,
    office: str,
    parties: Collection[str],
    able: Collection[str],
    given: Judgements,
) -> Refusal | None:
    """Why this person cannot say what they find, if so. ``able``: who may judge now; ``given``: the
    judgements that are there."""
    if judge in parties:
        return Refusal(rule, "Nobody judges their own case.", "Leave it to the others.")
    if judge not in able:
        return term_over(state, judge, office) or Refusal(
            rule, f"This is decided by {title_of(state, office)}.", "Wait for its decision."
        )
    if judge in given:
        return Refusal(rule, "You have given your judgement.", "Wait for the others.")
    return None


def found_by(given: Judgements, able: Collection[str]) -> Judgement | None:
    """What more than half of those who may judge now have said, if they have. A judgement of
    somebody who may no longer does not count."""
    opinions = [said for judge, (said, _) in given.items() if judge in able]
    decisions: tuple[Judgement, ...] = ("upheld", "dismissed")
    for decision in decisions:
        if 2 * opinions.count(decision) > len(able):
            return decision
    return None


def term_over(state: State, member: str, office: str, place: str = "") -> Refusal | None:
    """The refusal of whoever would judge if their term were not over; None for anybody else."""
    if member not in in_office(state, office, place):
        return None
    kind = "bodies" if office in state.rules.bodies else "posts"
    return Refusal(
        f"{kind}.{office}",
        "Your term is over: until a successor is chosen you carry the office on, but you do not "
        "judge, suspend or recall.",
        "Have a successor chosen.",
    )
