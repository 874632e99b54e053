"""membership.admit: somebody becomes a member, from this entry on.

Whatever date of joining a list or a letter claims, rights run from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import FOUNDER, Clause, Occasion, Refusal
from quorate.chapters.fields import Code, Person, Pseudonym
from quorate.chapters.membership.belonging import entered
from quorate.chapters.membership.remembers import Member
from quorate.chapters.offices.holding import place_for
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class Admit:
    """``member``: a new random pseudonym. ``person``: their sheet of personal data."""

    member: Pseudonym
    branch: Code
    person: Person


def allowed(state: State, act: Admit, occasion: Occasion) -> Refusal | None:
    if act.member in state.membership.members:
        return Refusal("record.names", "This pseudonym is taken.", "Draw another one at random.")
    if act.person in state.membership.persons:
        return Refusal(
            "record.names",
            "Somebody was admitted with this personal sheet: nobody is admitted twice.",
            "Commit to the person's own sheet, with a fresh salt.",
        )
    if act.branch not in state.membership.branches:
        return Refusal(
            "record.subject",
            f"There is no branch {act.branch}.",
            "Look up the branch's code, or open the branch first.",
        )
    if occasion.by == FOUNDER:
        return None
    rule = state.rules.membership
    office = rule.roll_attested_by if rule.admission == AUTOMATIC else rule.admission
    place = place_for(state, office, act.branch)
    return needs_office(state, occasion.by, office, "membership.admission", place)


def change(state: State, act: Admit, occasion: Occasion) -> State:
    involved = state.rules.membership.challenge_parties == "involved"
    member = Member(
        id=act.member,
        branch=act.branch,
        person=act.person,
        admitted=occasion.time,
        entry=occasion.sequence,
        in_branch_since=occasion.time,
        entered_by=occasion.by if involved and occasion.by != FOUNDER else "",
    )
    return state._replace(membership=entered(state.membership, member))


CLAUSE = Clause(
    name="membership.admit",
    act=Admit,
    who="The founder; later whoever the rulebook names, for the members of their branch.",
    rules=("membership.admission", "record.names", "record.subject"),
    changes="The person is a member in good standing of the branch, from this entry on.",
    allowed=allowed,
    change=change,
)
