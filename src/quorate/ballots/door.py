"""The door of the ballot box: what is cast while voting is open, checked before it goes in.

The cheapest questions come first, so that nobody keeps the box busy with what costs them nothing to
make: length, form, election, roll, whether it is there already, how many this credential has cast,
the signature. What only the holder of a credential can get as far as, the proofs, comes last and
takes nearly all of the time.

``verify`` asks the same of a whole archive. What the door lets in, it finds nothing wrong with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any, Literal

from quorate.ballots import ballot, credentials
from quorate.ballots.elections import fingerprint, read_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed
from quorate.ballots.questions import Homomorphic

Why = Literal["length", "form", "election", "roll", "repeated", "too many", "signature", "proofs"]
_NUMBER = re.compile(rb'(?<=")[0-9]+(?=")')


class NotAdmitted(Exception):
    """The ballot stays outside. ``kind``: which question it fails."""

    def __init__(self, kind: Why, why: str) -> None:
        super().__init__(why)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Admitted:
    """A ballot that may go in. ``credential``: as the roll writes it. ``tracker``: its SHA-256 in
    base 64, by which its voter finds it."""

    data: bytes
    credential: str
    tracker: str


def too_many(ballots_each: int) -> NotAdmitted:
    """The key has cast as many as are let in."""
    return NotAdmitted(
        "too many", f"{ballots_each} ballots were cast with this key, which is the most."
    )


def unproved(why: str) -> NotAdmitted:
    """A proof in it does not hold."""
    return NotAdmitted("proofs", f"{why}.".capitalize())


class Door:
    """Of one election. ``election``, ``roll``: their bytes, as in the archive's Setup, which
    somebody has verified. ``ballots_each``: so many ballots of one credential are let in at most,
    replaced ones included. Raises Malformed."""

    def __init__(self, election: bytes, roll: bytes, ballots_each: int) -> None:
        self.election = read_election(election)
        self.ballots_each = ballots_each
        group = self.election.group
        self._phi = fingerprint(election)
        self._key = elgamal(group, self.election.public_key)
        self._roll = {one.key for one in credentials.read_roll(group, roll)}
        self.longest = self._longest()

    def admit(self, data: bytes, there: Container[str], cast: Callable[[str], int]) -> Admitted:
        """The ballot, if it may go in. ``there``: the trackers of those that are in, or wait to go
        in. ``cast``: of a credential, how many of those are its. Raises NotAdmitted."""
        read, admitted = self._looked_at(data, there, cast)
        try:
            ballot.verify_answers(self._key, self.election, self._phi, read)
        except Invalid as error:
            raise unproved(str(error)) from None
        return admitted

    def look_at(self, data: bytes, there: Container[str], cast: Callable[[str], int]) -> Admitted:
        """The same but for the proofs in it, which somebody has still to check. Raises
        NotAdmitted."""
        return self._looked_at(data, there, cast)[1]

    def _looked_at(
        self, data: bytes, there: Container[str], cast: Callable[[str], int]
    ) -> tuple[ballot.Ballot[Any], Admitted]:
        read, admitted = self._in_form(data)
        if admitted.tracker in there:
            raise NotAdmitted("repeated", "This very ballot is in the box already.")
        if cast(admitted.credential) >= self.ballots_each:
            raise too_many(self.ballots_each)
        try:
            ballot.verify_signature(self.election.group, read)
        except Invalid as error:
            raise NotAdmitted("signature", f"{error}.".capitalize()) from None
        return read, admitted

    def _in_form(self, data: bytes) -> tuple[ballot.Ballot[Any], Admitted]:
        """The ballot as it reads: of this election, by somebody on the roll."""
        if len(data) > self.longest:
            raise NotAdmitted(
                "length", f"A ballot of this election has {self.longest:,} bytes at most."
            )
        try:
            read = ballot.read_ballot(self.election, data)
        except Malformed as error:
            raise NotAdmitted("form", f"It is not in form: {error}.") from None
        if read.election_uuid != self.election.uuid or read.election_hash != self._phi:
            raise NotAdmitted("election", "It is for another election.")
        if read.credential not in self._roll:
            raise NotAdmitted("roll", "Its key is not on this election's roll.")
        credential = self.election.group.write(read.credential)
        return read, Admitted(data, credential, fingerprint(data))

    def _longest(self) -> int:
        """The bytes of the longest ballot: one that is made, with every number in it as long as
        they get."""
        group, questions = self.election.group, self.election.questions
        votes = [
            [0] * one.allows_blank + [1] * one.min + [0] * (len(one.answers) - one.min)
            if isinstance(one, Homomorphic)
            else [0] * len(one.answers)
            for one in questions
        ]
        made = ballot.cast(self._key, self.election, self._phi, 1, votes)
        written = ballot.write_ballot(self.election, made)
        scalar = len(str(group.q - 1))
        element = 1 + max(map(len, _NUMBER.findall(written)))  # none of so many is two digits short

        def as_long_as_it_gets(number: re.Match[bytes]) -> bytes:
            return b"9" * (scalar if len(number[0]) <= scalar else element)

        return len(_NUMBER.sub(as_long_as_it_gets, written))
