"""What a rotation of the record's keys and a replacement have in common."""

from __future__ import annotations

from quorate.chapters.clause import FOUNDER, Occasion, Refusal
from quorate.chapters.keys import statement
from quorate.chapters.keys.remembers import Change
from quorate.chapters.keys.statement import How, signed_by
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

RULE = "record.keys"


def may_change(state: State, by: str, office: str, rule: str) -> Refusal | None:
    """None if ``by`` holds the office that the rule names, or founds the organisation."""
    return None if by == FOUNDER else needs_office(state, by, office, rule)


def fits(state: State, number: int, old: tuple[str, ...], new: tuple[str, ...]) -> Refusal | None:
    """None if it is the next change, ``old`` are the keys in force, and ``new`` can follow them."""
    keys, origin = state.keys, state.founding.origin
    if number != len(keys.changes) + 1 or (keys.now and old != keys.now):
        return Refusal(
            RULE,
            "This is not the next change of the keys that sign the record now.",
            "Make the change anew: quorate key rotate DIR.",
        )
    for which in (old, new):
        if what := statement.unfit(origin, which):
            return Refusal(RULE, f"These cannot be the record's keys: {what}.", "Make new ones.")
    if set(new) & (keys.ever | set(old)):
        return Refusal(
            RULE,
            "A key that has signed the record does not come back.",
            "Make new ones: quorate key new DIR.",
        )
    return None


def disagree(
    new: tuple[str, ...], signatures: tuple[str, ...], stated: str, how: How
) -> Refusal | None:
    """The refusal of a change to which the new keys have not signed the statement."""
    if signed_by(new, signatures, stated):
        return None
    return Refusal(
        "record.keys",
        "The new keys have not signed this: whoever holds them has to agree.",
        f"Make the change where the new keys are: quorate key {how} DIR.",
    )


def changed(
    state: State,
    occasion: Occasion,
    old: tuple[str, ...],
    new: tuple[str, ...],
    *,
    agreed: bool,
    witnessed: int = 0,
) -> State:
    """The state in which the new keys sign."""
    change = Change(
        number=len(state.keys.changes) + 1,
        entry=occasion.sequence,
        time=occasion.time,
        by=occasion.by,
        old=old,
        new=new,
        agreed=agreed,
        witnessed=witnessed,
    )
    return state._replace(keys=state.keys._replace(changes=(*state.keys.changes, change)))
