"""An election of a branch by secret ballot, carried as far as a test needs it."""

from __future__ import annotations

from quorate.chapters.calendar import DAY
from quorate.chapters.elections.remembers import Election
from support.key_register import KeyRegister, Trusted
from support.pure import Pure
from support.secret_poll import Poll
from support.secret_year import claim, come_to_keys, name_all, register_of, rolled, three
from support.small import Small, founded_with, rules_text

BRANCH, SECRETARY, TREASURER = "A1", "branch-secretary", "branch-treasurer"
OPEN = "elections.open_poll"
TERMS = {"keys_hours": "97", "claims_hours": "36", "mix_hours": "35", "nominations_days": "7"}
"""The roll stands when nominations end, at the latest."""

_TREASURER = """
[posts.branch-treasurer]
title = "Branch treasurer"
per = "branch"
chosen_by = "branch"
count = "plurality-at-large/1"
answers_to = "the members of the branch"
paid = false
secret = true
"""


def in_places(pure: Pure | None = None, **changed: str) -> Small:
    """The small organisation, whose branches elect a secretary and a treasurer by secret ballot."""
    text = rules_text("open-convention", **(TERMS | changed)) + _TREASURER
    head = f"[posts.{SECRETARY}]\n"
    assert head in text
    return founded_with(text.replace(head, head + "secret = true\n"), pure)


def call(small: Small, place: str = BRANCH, office: str = SECRETARY, **fields: object) -> int:
    """The poll is called with the shortest dates: the election's number."""
    rules = small.state.rules.elections
    opens = small.pure.time + rules.nominations_days * DAY
    closes = opens + rules.poll_days * DAY
    by = small.holder(SECRETARY, place)
    small.pure.do(by, OPEN, office=office, place=place, opens=opens, closes=closes, **fields)
    return len(small.state.elections.elections)


def election(small: Small, number: int) -> Election:
    return small.state.elections.elections[number]


def keyed(small: Small, keys: Trusted | None = None) -> KeyRegister:
    """The trustees of the last register have their keys."""
    name_all(small, keys)
    come_to_keys(small, keys)
    number = len(small.state.secret.registers)
    return KeyRegister(keys or three(), number, small.state.founding.origin)


def closed(small: Small, own: KeyRegister, claims: int | None = None) -> None:
    """So many members of the branch have claimed a key, all by default, and no more can."""
    for member in small.members[BRANCH][:claims]:
        claim(small, own, member)
    small.pure.go_to(register_of(small, own.number).closes or 0)
    small.pure.let_fall_due()
    own.close()


def voting(
    small: Small, candidates: int = 3, claims: int | None = None, keys: Trusted | None = None
) -> Poll:
    """The box of the branch's secretary is there."""
    made = Poll(small, KeyRegister(keys or three()), call(small))
    for member in small.members[BRANCH][:candidates]:
        small.pure.do(member, "elections.nominate", election=made.number, member=member)
    made.own = keyed(small, keys)
    closed(small, made.own, claims)
    rolled(small, made.own)
    small.pure.go_to(made.election.opens)
    small.pure.let_fall_due()
    return made
