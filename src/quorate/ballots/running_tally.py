"""The tally of a box that is still open, kept up as ballots come, so that it is there at the close.

Products and lists do not depend on the order of what is in them; only of several ballots of one
credential the last counts. A ballot that is replaced is divided out again. The outcome is that of
``tally.tally`` over the whole box, to the byte.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from quorate.ballots import tally
from quorate.ballots.ballot import ciphertexts, read_ballot
from quorate.ballots.common import Ciphertext, multiplied, nothing
from quorate.ballots.elections import Election
from quorate.ballots.groups.group import Group
from quorate.ballots.questions import Homomorphic

Choices = tuple[tuple[Ciphertext[Any], ...], ...]
"""A ballot's ciphertexts, for each question."""


class _Latest(NamedTuple):
    nth: int
    choices: Choices


class RunningTally:
    """Of one election."""

    def __init__(self, election: Election[Any]) -> None:
        self._election = election
        self._latest: dict[str, _Latest] = {}
        none = nothing(election.group)
        self._sums: list[list[Ciphertext[Any]]] = [
            [none] * question.length if isinstance(question, Homomorphic) else []
            for question in election.questions
        ]

    @property
    def counted(self) -> int:
        """How many ballots are in it, the last of each credential."""
        return len(self._latest)

    def take(self, credential: str, nth: int, data: bytes) -> None:
        """A ballot that the door has let in, the ``nth`` of its credential; once, and in any
        order."""
        before = self._latest.get(credential)
        if before is not None and before.nth > nth:
            return
        read = read_ballot(self._election, data)
        latest = _Latest(nth, tuple(map(ciphertexts, read.answers)))
        self._latest[credential] = latest
        group = self._election.group
        for place, sums in enumerate(self._sums):
            for j in range(len(sums)):
                sums[j] = multiplied(group, sums[j], latest.choices[place][j])
                if before is not None:
                    sums[j] = _divided(group, sums[j], before.choices[place][j])

    def write(self) -> bytes:
        """The tally's bytes, as they go into the archive."""
        group = self._election.group
        made = tuple(
            tuple(self._sums[place])
            if isinstance(question, Homomorphic)
            else tally.in_order(group, (one.choices[place][0] for one in self._latest.values()))
            for place, question in enumerate(self._election.questions)
        )
        return tally.write_tally(group, made)


def _divided(group: Group[Any], left: Ciphertext[Any], right: Ciphertext[Any]) -> Ciphertext[Any]:
    return Ciphertext(group.divide(left.alpha, right.alpha), group.divide(left.beta, right.beta))
