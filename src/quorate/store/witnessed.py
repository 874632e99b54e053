"""What the witnesses have seen of the record: who has cosigned how much of it, who is silent, who
was shown another, and whether a result is declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.chapters.state import State
from quorate.chapters.witnesses.remembers import Witness
from quorate.record import entry, witness_rule
from quorate.store import entries
from quorate.store.asking import ask
from quorate.store.witnessing import GRAVE

HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What one witness has seen. ``size``: entries it has cosigned, 0 for none; ``time``: when it
    did so last (ms). ``trouble``: of its last answer. ``silent``: it has not cosigned what has
    stood here for longer than the rulebook lets a witness be silent."""

    witness: Witness
    size: int
    time: int
    trouble: str
    silent: bool

    @property
    def last_entry(self) -> int:
        """The last entry that it has seen."""
        return self.size - 1

    @property
    def grave(self) -> bool:
        """Whether it has seen another record than this."""
        return self.trouble in GRAVE


@dataclass(frozen=True, slots=True)
class Witnessed:
    """``to``: entries that enough witnesses have cosigned; ``by``: how many have cosigned those, or
    any at all where it is none."""

    seen: tuple[Seen, ...]
    to: int

    @property
    def last_entry(self) -> int:
        """The last entry that is witnessed."""
        return self.to - 1

    @property
    def by(self) -> int:
        return sum(one.size >= max(self.to, 1) for one in self.seen)

    @property
    def silent(self) -> tuple[Seen, ...]:
        return tuple(one for one in self.seen if one.silent and not one.grave)

    @property
    def grave(self) -> tuple[Seen, ...]:
        return tuple(one for one in self.seen if one.grave)


def witnessed(state: State, now: int) -> Witnessed:
    """What the witnesses that are named have seen at ``now`` (ms)."""
    last = {name: (size, time) for name, size, time in ask(_LAST)}
    troubles = dict(ask("SELECT witness, trouble FROM store_asked"))
    rule = state.rules.witnesses
    patience = rule.silent_hours * HOUR
    seen = []
    for name in sorted(state.witnesses.now):
        witness = state.witnesses.now[name]
        size, time = last.get(name, (0, 0))
        since = max(witness.named, _time_of(size, state))
        silent = size < state.size and now - since > patience
        seen.append(Seen(witness, size, time, troubles.get(name, ""), silent))
    sizes = {one.witness.name: one.size for one in seen if one.size}
    return Witnessed(tuple(seen), witness_rule.witnessed_to(state, sizes))


_LAST = (
    "SELECT witness, size, time FROM store_cosigned AS latest WHERE size = "
    "(SELECT max(size) FROM store_cosigned WHERE witness = latest.witness)"
)


def _time_of(sequence: int, state: State) -> int:
    """When the entry at this place was recorded (ms); now, where there is none yet."""
    if sequence >= state.size:
        return state.time
    return entry.read(entries.there(sequence)).occasion.time


Declared = Literal["declared", "waits", "unwitnessed"]
"""Whether a result is declared. "waits": until enough witnesses have cosigned it; "unwitnessed": it
has waited as long as the rulebook lets it."""


def declared(state: State, to: int, result: int, since: int, now: int) -> Declared:
    """Whether a result is declared at ``now`` (ms), which stands in the entry ``result`` since
    ``since`` (ms), where ``to`` entries are witnessed.

    Where fewer witnesses are named than the rulebook asks for, nothing waits for them.
    """
    rule = state.rules.witnesses
    if rule.results == "at-once":
        return "declared"
    names = set(state.witnesses.now)
    if not witness_rule.enough(state, names):
        return "unwitnessed"
    if to > result:
        return "declared"
    return "unwitnessed" if now - since > rule.silent_hours * HOUR else "waits"
