"""Who may name and dismiss a witness: for a branch its own officer, for others the rulebook's."""

from __future__ import annotations

from quorate.chapters.clause import FOUNDER, Refusal
from quorate.chapters.offices.holding import place_for
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


def may_name(state: State, branch: str, by: str) -> Refusal | None:
    """None if ``by`` names the witness of this branch, or with "" those of others."""
    rules = state.rules.witnesses
    if by == FOUNDER:
        return None
    if not branch:
        return needs_office(state, by, rules.outside_by, "witnesses.outside_by")
    place = place_for(state, rules.branch_by, branch)
    return needs_office(state, by, rules.branch_by, "witnesses.branch_by", place)
