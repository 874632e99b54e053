"""The told year's secret ballot: from the trustees' keys to a result, with a paper beside it."""

from __future__ import annotations

from quorate.chapters.calendar import MINUTE
from support.key_register import KeyRegister
from support.secret_poll import Poll
from support.secret_year import claim, come_to_keys, devices, name_all, register_of, rolled
from support.small import Small
from support.written import do
from support.year import delegates


def keys_made(small: Small) -> KeyRegister | None:
    """The trustees have their keys, of whom the first that was drawn declined; None under rules
    that elect nobody in secret."""
    small.pure.let_fall_due()
    if not small.state.secret.registers:
        return None
    name_all(small)
    do(small, register_of(small).drawn[0], "secret.decline", register=1)
    come_to_keys(small)
    return devices(small)


def keys_claimed(small: Small, keys: KeyRegister | None) -> None:
    """Every delegate claims a key but the last, who votes on paper."""
    if keys is not None:
        for member in delegates(small)[:-1]:
            claim(small, keys, member)


def roll_made(small: Small, keys: KeyRegister | None) -> None:
    """When no key can be claimed any more the trustees make the roll."""
    if keys is None:
        return
    closes = register_of(small).closes
    assert closes is not None
    small.pure.go_to(closes)
    small.pure.let_fall_due()
    keys.close()
    rolled(small, keys)


def elected_in_secret(small: Small, keys: KeyRegister, number: int) -> None:
    """Half rank in the order of the paper, half in the other; one changes their mind. The last
    votes on paper. Two trustees shuffle, two decrypt, and anybody states the result."""
    held = Poll(small, keys, number)
    small.pure.let_fall_due()
    order = [n + 1 for n in range(len(held.election.standing))]
    voters = delegates(small)[:-1]
    for turn, member in enumerate(voters):
        held.cast(member, *(order if turn % 2 else order[::-1]))
    small.pure.go_to(held.election.opens + small.state.rules.secret.batch_minutes * MINUTE)
    held.cast(voters[0], *order)
    held.close()
    counting, ending = small.holders(small.state.rules.delegates.credentials_by)[:2]
    paper = [{"weight": 1, "ranks": order}]
    do(small, counting, "elections.enter_papers", election=number, papers=paper)
    do(small, ending, "elections.end_papers", election=number, total=1)
    for owner in (1, 2):
        held.shuffle(owner)
    for owner in (3, 1):
        held.decrypt(owner)
    held.state()
