"""The rulebook's rule on witnesses as a policy that other programs read: C2SP tlog-policy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from quorate.chapters.state import State
from quorate.chapters.witnesses.remembers import Witness as Named
from quorate.record import cosignature, note
from quorate.record.policy import Group, Policy, Witness

_BRANCHES, _OUTSIDE, _QUORUM = "the-branches", "the-others", "enough"


def policy_for(state: State, *logs: note.Verifier) -> Policy | None:
    """Which of the witnesses that are named suffice, by the rulebook in force.

    None where it asks for none, or for more than are named: then nothing can be witnessed.
    """
    rule, named = state.rules.witnesses, state.witnesses
    if not rule.asked_for:
        return None
    branches, others = (
        [one for one in those if any(_keys(one))]
        for those in (named.of_branches(), named.of_others())
    )
    sides = (
        (_BRANCHES, rule.branches, branches),
        (_OUTSIDE, rule.outside, others),
    )
    if any(needed > len(those) for _, needed, those in sides):
        return None
    groups = [
        Group(side, needed, tuple(one.name for one in those))
        for side, needed, those in sides
        if needed
    ]
    both = Group(_QUORUM, len(groups), tuple(group.name for group in groups))
    every = (*branches, *others)
    return Policy(
        logs=logs,
        witnesses=tuple(key for one in every for key in _keys(one)),
        groups=(*(_any_key(one) for one in every if len(one.keys) > 1), *groups, both),
        quorum=_QUORUM,
    )


def cosigned_by(named: Sequence[Named], signed: str) -> dict[str, int]:
    """Which of these witnesses cosigned the checkpoint, with any of their keys, and when
    (seconds). Raises BadNote, also for a false cosignature."""
    keys = {key.key: one.name for one in named for key in _keys(one)}
    found: dict[str, int] = {}
    for key, time in cosignature.cosigned(signed, tuple(keys)).items():
        found[keys[key]] = max(time, found.get(keys[key], 0))
    return found


def readable_keys(named: Named) -> tuple[str, ...]:
    """Its keys as texts, those that can be read."""
    return tuple(key.key.text() for key in _keys(named))


def _keys(named: Named) -> Iterator[Witness]:
    """Its keys; one that cannot be read is none, and a witness without a key counts nowhere."""
    for number, text in enumerate(named.keys, 1):
        name = named.name if len(named.keys) == 1 else f"{named.name}/{number}"
        try:
            yield Witness(name, cosignature.read_cosigner(text), named.url)
        except note.BadNote:
            continue


def _any_key(named: Named) -> Group:
    """A witness that signs with several keys has cosigned when one of them has."""
    return Group(named.name, 1, tuple(key.name for key in _keys(named)))


def enough(state: State, names: Collection[str]) -> bool:
    """Whether the witnesses of these names suffice, by the rulebook in force."""
    named = state.witnesses
    if not named.now or not state.rules.witnesses.asked_for:
        return False
    rule = state.rules.witnesses
    branches = sum(one.name in names for one in named.of_branches())
    others = sum(one.name in names for one in named.of_others())
    return branches >= rule.branches and others >= rule.outside


def suffices(state: State, names: Collection[str]) -> bool:
    """Whether these witnesses suffice, or are all that are named where too few are."""
    every = set(state.witnesses.now)
    return enough(state, names) or (not enough(state, every) and every <= set(names))


def witnessed_to(state: State, sizes: Mapping[str, int]) -> int:
    """How many entries enough witnesses have cosigned; ``sizes``: name → of the longest record it
    has. Whoever cosigns a record has seen every shorter one that it continues."""
    for size in sorted(set(sizes.values()), reverse=True):
        if enough(state, {name for name, seen in sizes.items() if seen >= size}):
            return size
    return 0
