"""A small organisation for tests of the rules: 3 regions, 6 branches, 60 members, posts filled."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from quorate.chapters.clause import FOUNDER
from quorate.chapters.offices.holding import seats_of, vacant
from quorate.chapters.state import State
from quorate.rulebook.reading import preset
from support.pure import Pure, document, person, pseudonym

BRANCHES = {
    "A1": ("A", 16),
    "A2": ("A", 14),
    "B1": ("B", 10),
    "B2": ("B", 8),
    "C1": ("C", 7),
    "C2": ("C", 5),
}
"""Branch → its region and how many members it has."""

SEATS = 12

LEADERSHIP = ("steering-committee", "credentials-committee")
"""The bodies that the preset has elected by secret ballot."""


@dataclass
class Small:
    """The organisation's record, and who its members are."""

    pure: Pure
    members: dict[str, list[str]] = field(default_factory=dict)

    @property
    def state(self) -> State:
        return self.pure.state

    @property
    def everyone(self) -> list[str]:
        return [member for branch in self.members.values() for member in branch]

    def holder(self, office: str, place: str = "") -> str:
        """The first who holds the office."""
        return self.holders(office, place)[0]

    def refused(self, by: str, act: str, rule: str, **fields: object) -> str:
        """The act is refused under this rule; what the refusal says."""
        refusal = self.pure.tried(by, act, **fields)
        assert refusal is not None, f"{act} was allowed"
        assert refusal.rule == rule, refusal
        assert refusal.because
        assert refusal.instead
        return refusal.because

    def suspend(self, member: str) -> None:
        """More than half of those who may suspend the member do so; it takes effect as it must."""

        def decided() -> bool:
            known = self.state.membership
            return known.members[member].standing == "suspended" or member in known.suspensions

        for judge in self.holders(self.state.rules.membership.suspended_by):
            if judge != member and not decided():
                self.pure.do(judge, "membership.suspend", member=member, reason=document("why"))
        assert decided()

    def restore(self, member: str) -> None:
        """More than half of those who may suspend the member restore them, or take it back."""
        for judge in self.holders(self.state.rules.membership.suspended_by):
            known = self.state.membership
            if judge == member:
                continue
            if known.members[member].standing == "suspended" or member in known.suspensions:
                self.pure.do(judge, "membership.restore", member=member)
        assert self.state.membership.members[member].standing == "good"

    def holders(self, office: str, place: str = "") -> list[str]:
        return [holding.member for holding in self.state.offices.now[office, place]]


def rules_text(name: str, **changed: str) -> str:
    """A preset with 12 seats, under which a suspension takes effect at once, a new member has a
    voice at once, and leaders are elected in the open, so that tests need neither wait for them nor
    have trustees; ``changed``: a rule's last name → its new value, where it first stands;
    recall__voice_after is the one in the table recall.

    A name that is in the text nowhere is a mistake of the test.
    """
    text = preset(name)
    small = {"members_per_delegate": "5"}
    if name == "open-convention":
        small = {"seats": str(SEATS)} | leadership(secret=False)
    small |= {"suspension_after": "0", "recall__voice_after": "0"}
    for rule, value in (small | changed).items():
        table, _, last = rule.rpartition("__")
        before, head, after = text.partition(f"[{table}]\n") if table else ("", "", text)
        after, count = re.subn(rf"(?m)^{last} = .*$", f"{last} = {value}", after, count=1)
        text = before + head + after
        assert count == 1, f"the preset has no rule {rule}"
    return text


def leadership(*, secret: bool) -> dict[str, str]:
    """The change of the preset that has its leadership elected so."""
    return {f"bodies.{body}__secret": str(secret).lower() for body in LEADERSHIP}


def text_in_the_open(rules: str) -> str:
    """The rulebook's text, with everything elected in the open."""
    return rules.replace("\nsecret = true\n", "\nsecret = false\n")


def in_the_open(tables: dict[str, Any]) -> dict[str, Any]:
    """The rulebook's tables, with every body elected in the open."""
    changed = copy.deepcopy(tables)
    for body in changed["bodies"].values():
        body["secret"] = False
    return changed


def founded(name: str = "open-convention", **changed: str) -> Small:
    """The founded organisation under a preset, with these rules changed."""
    return founded_with(rules_text(name, **changed))


def founded_with(rules: str, pure: Pure | None = None) -> Small:
    """The founded organisation under this rulebook (TOML), in this record, or a new one."""
    pure = Pure() if pure is None else pure
    small = Small(pure)
    pure.do(FOUNDER, "founding.adopt", origin="small.example", rules_text=rules)
    for region in sorted({region for region, _ in BRANCHES.values()}):
        pure.do(FOUNDER, "membership.open_region", code=region, name=f"Region {region}")
    number = 0
    for branch, (region, size) in BRANCHES.items():
        pure.do(
            FOUNDER, "membership.open_branch", code=branch, name=f"Branch {branch}", region=region
        )
        small.members[branch] = []
        for _ in range(size):
            number += 1
            pure.do(
                FOUNDER,
                "membership.admit",
                member=pseudonym(number),
                branch=branch,
                person=person(number),
            )
            small.members[branch].append(pseudonym(number))
    _fill_offices(small)
    pure.do(FOUNDER, "founding.complete")
    return small


def _fill_offices(small: Small) -> None:
    """The first holders, as many as there are seats; nobody holds two, branches take turns."""
    taken: set[str] = set()
    of_places_first = sorted(vacant(small.state), key=lambda office: (office[1] == "", office))
    for office, place in of_places_first:
        in_turn = [
            member
            for row in zip_longest(
                *(
                    members
                    for branch, members in small.members.items()
                    if place in ("", branch, BRANCHES[branch][0])
                )
            )
            for member in row
            if member is not None and member not in taken
        ]
        for member in in_turn[: seats_of(small.state, office)]:
            taken.add(member)
            small.pure.do(FOUNDER, "offices.install", office=office, place=place, member=member)
