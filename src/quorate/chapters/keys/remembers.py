"""What the chapter on keys remembers: which keys sign the record, and every change of them.

A key is a text, as C2SP signed-note writes it: name+id+base64(type ‖ key).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Change:
    """The ``number``-th change of the keys, at the entry ``entry``, at ``time`` (ms), by ``by``.

    ``agreed``: the old keys signed it. ``witnessed``: of one that they did not, how many entries
    the checkpoint covers that witnesses had cosigned under the old keys; 0 for none.
    """

    number: int
    entry: int
    time: int
    by: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    agreed: bool
    witnessed: int = 0


class Keys(NamedTuple):
    """``named``: the keys that the first entry names; () where it names none."""

    named: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def now(self) -> tuple[str, ...]:
        """The keys in force; () where nothing has named any."""
        return self.changes[-1].new if self.changes else self.named

    @property
    def ever(self) -> frozenset[str]:
        """Every key that was in force once."""
        return frozenset((*self.named, *(key for c in self.changes for key in (*c.old, *c.new))))
