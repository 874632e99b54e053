"""What would be lost if a backup were restored: entries that it lacks, and who has seen them.

The place that it is restored over may still hold them; where that is gone, witnesses know how long
the record was, and so does whoever has kept a checkpoint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quorate import organisation
from quorate.chapters.state import State
from quorate.chapters.witnesses.remembers import Witness
from quorate.record import entry
from quorate.record.checkpoint import BadCheckpoint, Checkpoint
from quorate.store.restorable import Restorable
from quorate.store.there import Stands
from quorate.store.witness_client import Trouble, has_seen


@dataclass(frozen=True, slots=True)
class Beyond:
    """Entries that the place holds and the backup lacks: ``first`` to ``last``, by number, and when
    they were recorded (ms). ``acts``: name → how many. ``erased``: commitment → whose it was, of
    what they erase."""

    first: int
    last: int
    since: int
    until: int
    acts: dict[str, int]
    erased: dict[str, str]


@dataclass(frozen=True, slots=True)
class Saw:
    """What a witness says that it has cosigned; 0 where it could not be told, because of
    ``trouble``."""

    name: str
    size: int
    trouble: Trouble


@dataclass
class Losses:
    """What is known of it. ``kept``: entries that would be there. ``unreadable``: why the place
    cannot be read, "" where it can, or is not there. ``other``: sentences on each that holds
    another history than the backup. ``seen``: sizes of checkpoints that somebody has kept."""

    kept: int
    beyond: Beyond | None = None
    unreadable: str = ""
    other: list[str] = field(default_factory=list)
    witnesses: list[Saw] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """How many entries would be lost, as far as anybody knows."""
        longest = [self.kept, *self.seen, *(saw.size for saw in self.witnesses)]
        if self.beyond is not None:
            longest.append(self.beyond.last + 1)
        return max(longest) - self.kept

    @property
    def certain(self) -> bool:
        """Whether nothing is lost, and whoever could know better was asked."""
        silent = [saw for saw in self.witnesses if saw.trouble not in ("", "ahead")]
        return not (self.entries or self.unreadable or self.other or silent)


def hold_against_place(there: Stands, would_be: Restorable, losses: Losses) -> None:
    """Takes down what the place holds that would not be there any more."""
    size = would_be.levels.size
    if there.beyond:
        losses.beyond = beyond(there.beyond, size, would_be.state)
        kept = _opened(there.same_size, would_be)
        if kept is None or _differs(kept, would_be):
            losses.other.append(
                "The place holds another history: it was not signed over the entries that would be "
                "there."
            )
    elif there.note:
        _hold_note(there.note, "The place holds", would_be, losses)
    for name, cosigned in sorted(there.cosigned.items()):
        if cosigned > size:
            losses.witnesses.append(Saw(name, cosigned, "ahead"))


def hold_against_kept(notes: Sequence[str], would_be: Restorable, losses: Losses) -> None:
    """Takes down which checkpoints that somebody has kept would not be continued."""
    for signed in notes:
        _hold_note(signed, "A checkpoint that somebody has kept is of", would_be, losses)


def ask_witnesses(named: Iterable[Witness], would_be: Restorable, losses: Losses) -> None:
    """Asks each witness how long the record was when it saw it last."""
    for one in sorted(named, key=lambda one: one.name):
        size, trouble = has_seen(one, would_be.signed)
        if trouble == "disagrees":
            losses.other.append(f"The witness {one.name} has seen another history.")
        others = [saw for saw in losses.witnesses if saw.name != one.name or saw.size > size]
        losses.witnesses = [*others, Saw(one.name, size, trouble)]


def beyond(entries: Sequence[bytes], first: int, state: State) -> Beyond:
    """What these entries hold, which follow on ``state``, as far as they can be replayed."""
    acts: Counter[str] = Counter()
    erased: dict[str, str] = {}
    times = []
    for data in entries:
        try:
            read = entry.read(data)
        except entry.BadEntry:
            acts["unreadable"] += 1
            continue
        acts[read.name] += 1
        times.append(read.occasion.time)
        if organisation.decide(state, read.act, read.occasion) is None:
            erased |= dict(organisation.erased_with(state, read.act, read.occasion))
            state = organisation.apply(state, read.act, read.occasion)
    since, until = (times[0], times[-1]) if times else (0, 0)
    return Beyond(first, first + len(entries) - 1, since, until, dict(acts), erased)


def _hold_note(signed: str, whose: str, would_be: Restorable, losses: Losses) -> None:
    point = _opened(signed, would_be)
    if point is None:
        losses.other.append(f"{whose} something that this record's key has not signed.")
    elif point.size > would_be.levels.size:
        losses.seen.append(point.size)
    elif _differs(point, would_be):
        losses.other.append(f"{whose} another history of {point.size:,} entries.")


def _opened(signed: str, would_be: Restorable) -> Checkpoint | None:
    try:
        return would_be.keys.open(signed)
    except BadCheckpoint:
        return None


def _differs(point: Checkpoint, would_be: Restorable) -> bool:
    return would_be.levels.root_of(0, point.size) != point.root
