"""An election by secret ballot, from its call to its result, as trustees' and voters' devices hold
it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from quorate.ballots import ballot, box, choices, result, roll_of_keys, tally, trustee
from quorate.ballots import register as registers
from quorate.ballots.door import Door
from quorate.ballots.elections import Election as Asked
from quorate.ballots.elections import read_election
from quorate.ballots.elgamal import ElGamal, elgamal
from quorate.ballots.questions import Homomorphic
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Part
from quorate.ballots.roll_of_keys import hash_of
from quorate.chapters.elections.remembers import Election
from quorate.chapters.secret.remembers import Box
from support.key_register import KeyRegister
from support.pure import Pure
from support.secret_year import closed, in_secret, keyed, rolled, trustees
from support.small import Small
from support.year import delegates, delegates_elected, poll

BODY = "steering-committee"
MARKS = {"method": '"individual"', "count": '"plurality-at-large/1"'}
"""What makes the election of the body one of crosses."""


@dataclass
class Poll:
    """``number``: of the election. ``made``: shuffles and decryptions by their hash."""

    small: Small
    own: KeyRegister
    number: int
    made: dict[str, bytes] = field(default_factory=dict)

    @property
    def election(self) -> Election:
        return self.small.state.elections.elections[self.number]

    @property
    def box(self) -> Box:
        return self.small.state.secret.boxes[self.number]

    @property
    def asked(self) -> Asked[Any]:
        return read_election(self.box.asked.encode())

    @property
    def key(self) -> ElGamal[bytes]:
        return elgamal(GROUP, self.asked.public_key)

    @property
    def door(self) -> Door:
        assert self.own.roll is not None
        roll = roll_of_keys.write_roll(self.own.roll)
        return Door(self.box.asked.encode(), roll, self.box.rules.ballots_each)

    def ballot(self, member: str, *chosen: int) -> bytes:
        """What the member's device makes of their choice: marks, or candidates in their order."""
        asked = self.asked
        (question,) = asked.questions
        votes = (
            choices.of_marks(question, chosen)
            if isinstance(question, Homomorphic)
            else choices.of_ranks(len(question.answers), [(one,) for one in chosen])
        )
        made = ballot.cast(self.key, asked, self.box.phi, self.own.voters[member], [votes])
        return ballot.write_ballot(asked, made)

    def cast(self, member: str, *chosen: int) -> bytes:
        data = self.ballot(member, *chosen)
        self.small.pure.boxes.cast(self.number, self.door, data)
        return data

    def close(self) -> None:
        self.small.pure.go_to(self.election.closes)
        self.small.pure.let_fall_due()

    def papers_over(self) -> None:
        """Nobody enters papers any more."""
        self.small.pure.go_to(self.election.closes + self.box.rules.papers_minutes * 60_000)

    def shuffled(self, owner: int) -> dict[str, Any]:
        """What the trustee hands in."""
        own = self.own.trusted.key(owner)
        tallied = self._to_decrypt()
        part = trustee.shuffle_box(own, self.asked, self.box.phi, self.box.last, tallied)
        return self._part("shuffle", part)

    def decrypted(self, owner: int, by: int | None = None) -> dict[str, Any]:
        """What the trustee hands in. ``by``: whose key they use, if not their own."""
        own = replace(self.own.trusted.key(owner), x=self.own.trusted.decrypting(by or owner))
        part = trustee.decrypt_box(own, self.box.phi, self.box.last, self._to_decrypt())
        return self._part("decryption", part)

    def shuffle(self, owner: int) -> None:
        self._do(owner, "secret.shuffle_box", self.shuffled(owner))

    def decrypt(self, owner: int) -> None:
        self._do(owner, "secret.decrypt_box", self.decrypted(owner))

    def result(self) -> dict[str, Any]:
        """What the decryptions give, as it is stated."""
        by = {part.owner: self.made[part.data] for part in self.box.decryptions}
        (found,) = box.result_of(
            self.asked, self.own.trusted.keys, self._to_decrypt(), by, self.box.counted
        )
        if isinstance(self.asked.questions[0], Homomorphic):
            return {"election": self.number, "sums": found}
        groups = result.grouped(found)
        rankings = [{"weight": weight, "numbers": numbers} for weight, numbers in groups]
        return {"election": self.number, "rankings": rankings}

    def state(self) -> None:
        self.small.pure.do(self.small.members["C2"][-1], "secret.result", **self.result())
        self.small.pure.let_fall_due()

    def _part(self, what: str, part: Part) -> dict[str, Any]:
        self.made[hash_of(part.data)] = part.data
        return {
            "election": self.number,
            "before": part.before,
            what: self.small.pure.beside(part.data),
            "signature": registers.write_signature(part.signature).decode(),
        }

    def _do(self, owner: int, act: str, fields: dict[str, Any]) -> None:
        self.small.pure.do(trustees(self.small)[owner - 1], act, **fields)

    def _tally(self) -> bytes:
        return self.small.pure.boxes.tallies[self.box.tally]

    def _to_decrypt(self) -> tally.EncryptedTally[Any]:
        last = self.made[self.box.last] if self.box.shuffles else None
        return box.to_decrypt(self.asked, self._tally(), last)


def rolled_convention(
    without: int = 0, pure: Pure | None = None, **changed: str
) -> tuple[Small, KeyRegister]:
    """The convention sits, and the roll of keys stands. ``without``: so many delegates have
    claimed no key."""
    small = delegates_elected(in_secret(pure, **changed))
    own = keyed(small)
    closed(small, own, without)
    rolled(small, own)
    return small, own


def called(small: Small, own: KeyRegister, candidates: int = 5, office: str = BODY) -> Poll:
    """The poll is called, and so many delegates stand."""
    made = Poll(small, own, poll(small, office).number)
    for member in delegates(small)[:candidates]:
        small.pure.do(member, "elections.nominate", election=made.number, member=member)
    return made


def voting(without: int = 0, candidates: int = 5, **changed: str) -> Poll:
    """The box is there."""
    made = called(*rolled_convention(without, **changed), candidates)
    made.small.pure.go_to(made.election.opens)
    made.small.pure.let_fall_due()
    return made
