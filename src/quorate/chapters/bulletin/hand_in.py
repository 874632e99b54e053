"""bulletin.hand_in: a member hands in a contribution, and has a receipt at once.

Nobody has to agree to it. What it says stands outside the record, under a commitment; what an
amendment changes in the rulebook stands in it, in the rulebook's own terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from quorate.chapters.bulletin.clock import open_for
from quorate.chapters.bulletin.remembers import Contribution, Kind, Version
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.floor.amendments import adopted_to, changes_as_amended
from quorate.chapters.floor.coming_back import coming_back
from quorate.chapters.proposals.remembers import Proposal
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.state import State
from quorate.rulebook.amending import Change, amended, rule_at
from quorate.rulebook.reading import FaultyRulebook, tables_of
from quorate.rulebook.schema import Rulebook

Changes = Annotated[tuple[Change, ...], Field(max_length=100)]
Words = Annotated[int, Field(ge=1, le=10_000_000)]


@dataclass(frozen=True, slots=True)
class HandIn:
    """``words``: of the text. ``amends``: for an amendment, what kind of thing it amends.

    ``about``: the contribution that it replies to or amends. ``changes``: for an amendment to the
    rulebook, each rule's dotted path and its new value.
    """

    kind: Kind
    text: Document
    words: Words
    amends: Literal["", "rulebook", "programme", "proposal"] = ""
    about: Number | None = None
    changes: Changes = ()


def allowed(state: State, act: HandIn, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    convention = open_for(state, occasion.time)
    if isinstance(convention, Refusal):
        return convention
    if act.words > convention.rules.bulletin.words:
        return too_long(act.words, convention.rules)
    if act.kind in ("proposal", "amendment") and (
        convention.rules.proposals.may_propose == "delegates"
        and seat_of(state, convention.number, member.id) is None
    ):
        return Refusal(
            "proposals.may_propose",
            "Only delegates may hand in proposals.",
            "Ask a delegate of your branch to hand it in, or hand it in as a perspective.",
        )
    if act.about is not None and act.about not in state.bulletin.contributions:
        return Refusal("record.subject", f"There is no contribution {act.about}.", "Check it.")
    if act.kind == "amendment":
        return _no_amendment(state, act)
    if act.amends or act.changes:
        return Refusal(
            "bulletin.opens", "Only an amendment amends something.", "Choose the kind “amendment”."
        )
    if act.kind == "reply" and act.about is None:
        return Refusal("bulletin.opens", "A reply names what it replies to.", "Name its number.")
    return None


def too_long(words: int, rules: Rulebook) -> Refusal:
    """The refusal of a text that is longer than the rulebook allows."""
    return Refusal(
        "bulletin.words",
        f"The text has {words:,} words; {rules.bulletin.words:,} are allowed.",
        "Shorten it, or hand it in as several contributions.",
    )


def _no_amendment(state: State, act: HandIn) -> Refusal | None:
    if not act.amends:
        return Refusal("proposals.may_propose", "An amendment says what it amends.", "Say what.")
    if act.amends == "proposal":
        target = state.bulletin.contributions.get(act.about or 0)
        convention = state.floor.current or 0
        if (
            target is None
            or not target.decidable
            or (
                target.convention != convention
                and target.number not in coming_back(state, convention)
            )
        ):
            return Refusal(
                "proposals.may_propose",
                f"There is no proposal {act.about} before this convention.",
                "Look for its number in the bulletin.",
            )
        if target.withdrawn is not None or target.refused:
            return Refusal(
                "proposals.may_propose",
                f"Proposal {act.about} is withdrawn or refused.",
                "Hand in a proposal of your own.",
            )
    return not_these_changes(state, act.amends, act.about, act.changes)


def not_these_changes(
    state: State, amends: str, about: int | None, changes: tuple[Change, ...]
) -> Refusal | None:
    """Why an amendment to this cannot change the rulebook so, if so. An amendment to a change of
    the rulebook says in the same terms what it changes of it: its words alone would do nothing."""
    if amends == "rulebook":
        return _cannot_change(state.rules, changes)
    target = state.bulletin.contributions.get(about or 0) if amends == "proposal" else None
    if target is not None and changes_rules(state, target):
        return _cannot_change(_as_proposed(state, target), changes)
    if changes:
        return Refusal("proposals.may_propose", "Only the rulebook has rules.", "Leave them out.")
    return None


def changes_rules(state: State, contribution: Contribution) -> bool:
    """Whether it amends the rulebook, or amends what does."""
    if contribution.amends == "proposal" and contribution.about is not None:
        return changes_rules(state, state.bulletin.contributions[contribution.about])
    return contribution.amends == "rulebook"


def _as_proposed(state: State, contribution: Contribution) -> Rulebook:
    """The rulebook as it would be with the latest version of the proposal, and the amendments to
    it that an earlier convention has adopted, if it can stand so."""
    rules = state.rules
    if contribution.amends == "proposal" and contribution.about is not None:
        rules = _as_proposed(state, state.bulletin.contributions[contribution.about])
    changes = [*contribution.latest.changes]
    for number in adopted_to(state, contribution.number):
        changes += changes_as_amended(state, number)
    try:
        return amended(rules, changes)
    except FaultyRulebook:
        return rules


def _cannot_change(rules: Rulebook, changes: tuple[Change, ...]) -> Refusal | None:
    """Why the rulebook could not stand with these changes, if so."""
    if not changes:
        return Refusal(
            "proposals.may_propose",
            "An amendment to the rulebook says which rules it changes.",
            "Name each rule and its new value.",
        )
    tables = tables_of(rules)
    for each in changes:
        # Only here: of two adopted amendments that remove the same rule, the second still stands.
        if each.value is None and rule_at(tables, each.path) is None:
            return Refusal(
                "proposals.may_propose",
                f"There is no rule {each.path} to be removed.",
                "Check its path.",
            )
    try:
        result = amended(rules, changes)
    except FaultyRulebook as error:
        first = error.faults[0]
        return Refusal(
            "proposals.may_propose",
            f"The rulebook could not stand with it: {first.path} {first.what}.",
            "Mend the change.",
        )
    if result == rules:
        return Refusal("proposals.may_propose", "It changes nothing.", "Check the new values.")
    return None


def change(state: State, act: HandIn, occasion: Occasion) -> State:
    number = len(state.bulletin.contributions) + 1
    contribution = Contribution(
        number=number,
        kind=act.kind,
        author=occasion.by,
        branch=state.membership.members[occasion.by].branch,
        convention=state.floor.current or 0,
        versions=(Version(act.text, act.words, occasion.sequence, occasion.time, act.changes),),
        amends=act.amends,
        about=act.about,
    )
    bulletin = state.bulletin._replace(
        contributions=state.bulletin.contributions.set(number, contribution),
        unprinted=(*state.bulletin.unprinted, number),
    )
    state = state._replace(bulletin=bulletin)
    if contribution.decidable:
        proposals = state.proposals.proposals.set(number, Proposal(number))
        state = state._replace(proposals=state.proposals._replace(proposals=proposals))
    return state


CLAUSE = Clause(
    name="bulletin.hand_in",
    act=HandIn,
    who="Any member in good standing, while the bulletin is open.",
    rules=(
        "bulletin.opens",
        "bulletin.closes",
        "bulletin.words",
        "proposals.may_propose",
        "record.subject",
    ),
    changes="The contribution has a number, and will be in the next issue.",
    allowed=allowed,
    change=change,
)
